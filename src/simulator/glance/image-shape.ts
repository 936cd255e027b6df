import type { Call } from '../kit/call.ts'
import { faultIn, type Shape } from '../kit/check.ts'
import { pythonText } from '../kit/python.ts'
import { badRequest, forbidden } from '../kit/refusal.ts'

const formats = [null, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop']
const containers = [null, 'ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed']

/** What may be said of an image. */
const imageShape: Shape = {
  type: 'object',
  additionalProperties: { type: 'string' },
  properties: {
    id: { type: 'string', format: 'uuid' },
    name: { type: ['null', 'string'], maxLength: 255 },
    visibility: { type: 'string', enum: ['community', 'public', 'private', 'shared'] },
    protected: { type: 'boolean' },
    os_hidden: { type: 'boolean' },
    owner: { type: ['null', 'string'], maxLength: 255 },
    container_format: { type: ['null', 'string'], enum: containers },
    disk_format: { type: ['null', 'string'], enum: formats },
    min_disk: { type: 'integer', minimum: 0 },
    min_ram: { type: 'integer', minimum: 0 },
    tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
    locations: { type: 'array' },
  },
}

/** What Glance alone says of an image. */
export const readOnly = [
  'status',
  'checksum',
  'size',
  'virtual_size',
  'os_hash_algo',
  'os_hash_value',
  'created_at',
  'updated_at',
  'direct_url',
  'self',
  'file',
  'schema',
  'stores',
]

/** What callers may say of an image, and change. */
export const own = [
  'name',
  'visibility',
  'protected',
  'os_hidden',
  'container_format',
  'disk_format',
  'min_disk',
  'min_ram',
  'tags',
] as const

/** Refuses an image of which something wrong is said. */
export function mustFit(view: unknown): void {
  const fault = faultIn(view, imageShape)
  if (fault === undefined) return
  throw badRequest(
    `Provided object does not match schema 'image': ${fault.message}  On instance['${fault.path.join("']['")}']:     ${pythonText(fault.value)}`,
  )
}

/** Only admins show an image to everybody. */
export function mustMayPublish(call: Call, visibility: unknown): void {
  if (visibility === 'public' && !call.caller.admin) {
    throw forbidden('You are not authorized to complete publicize_image action.')
  }
}
