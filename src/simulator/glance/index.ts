import { titleOf } from '../keystone/refusals.ts'
import { answer, type Call, type Route, route } from '../kit/call.ts'
import type { Refusal } from '../kit/refusal.ts'
import type { Service } from '../kit/service.ts'
import { imageImported } from './image-table.ts'
import { imageRoutes } from './images.ts'
import { imageMembers, images } from './kinds.ts'
import { memberRoutes } from './members.ts'

function versions(call: Call): object {
  const numbers = [15, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
  return {
    versions: numbers.map((minor, at) => ({
      id: `v2.${minor}`,
      status: at === 0 ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${call.world.url}/image/v2/` }],
    })),
  }
}

const fixed: readonly Route[] = [
  route('GET /', (call) => ({ status: 300, body: versions(call) }), { open: true }),
  route('GET /versions', (call) => answer(versions(call)), { open: true }),
  route('GET /v2/info/import', () =>
    answer({
      'import-methods': {
        description: 'Import methods available.',
        type: 'array',
        value: ['glance-direct', 'web-download', 'copy-image'],
      },
    }),
  ),
  route('GET /v2/info/stores', () => answer({ stores: [{ id: 'store', default: 'true' }] })),
  route('GET /v2/schemas/image', () =>
    answer({
      name: 'image',
      properties: schemaProperties,
      additionalProperties: { type: 'string' },
      links: [],
    }),
  ),
  route('GET /v2/schemas/images', () => answer({ name: 'images', properties: {} })),
]

const texts = [
  'id',
  'name',
  'status',
  'visibility',
  'checksum',
  'owner',
  'created_at',
  'updated_at',
  'container_format',
  'disk_format',
  'self',
  'file',
  'schema',
  'direct_url',
  'os_hash_algo',
  'os_hash_value',
  'stores',
]
const readOnly = new Set([
  'status',
  'checksum',
  'created_at',
  'updated_at',
  'self',
  'file',
  'schema',
  'direct_url',
  'os_hash_algo',
  'os_hash_value',
  'stores',
])

const schemaProperties: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    texts.map((name) => [
      name,
      { type: ['null', 'string'], ...(readOnly.has(name) ? { readOnly: true } : {}) },
    ]),
  ),
  protected: { type: 'boolean' },
  os_hidden: { type: 'boolean' },
  size: { type: ['null', 'integer'], readOnly: true },
  virtual_size: { type: ['null', 'integer'], readOnly: true },
  min_ram: { type: 'integer' },
  min_disk: { type: 'integer' },
  tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
}

/** Glance writes its refusals for people: as a page, or as plain text for those who take no page. */
function dress({ status, message }: Refusal, accept = ''): unknown {
  const title = `${status} ${titleOf(status)}`
  if (accept.includes('text/html') || accept.includes('*/*')) {
    return `<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n  <h1>${title}</h1>\n  ${message}<br /><br />\n\n\n </body>\n</html>`
  }
  if (accept.includes('application/json'))
    return { message: `${message}<br /><br />\n\n\n`, code: title, title: titleOf(status) }
  return `${title}\n\n${message}\n\n   `
}

/** The simulated Glance. */
export const glance: Service = {
  name: 'glance',
  prefix: '/image',
  kinds: [images, imageMembers],
  tasks: [imageImported],
  routes: [...fixed, ...imageRoutes, ...memberRoutes],
  dress,
}
