import { isMap } from '../../base/json.ts'
import { answer, type Call, link, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { type Server, servers } from './kinds.ts'
import { limitOf } from './quotas.ts'
import { mustFit, overLimit } from './refusals.ts'
import { changeServer, serverOf } from './server-table.ts'
import { metadata, tag } from './shapes.ts'

type Labels = Readonly<Record<string, string>>

const base = '/v2.1/servers/:id'

/** The routes of a server's metadata and tags. */
export const labelRoutes: readonly Route[] = [
  route(`GET ${base}/metadata`, (call) => answer({ metadata: serverOf(call).metadata })),
  route(`POST ${base}/metadata`, (call) => {
    const given = metadataIn(call)
    return answer({ metadata: keepMetadata(call, (before) => ({ ...before, ...given })) })
  }),
  route(`PUT ${base}/metadata`, (call) => {
    const given = metadataIn(call)
    return answer({ metadata: keepMetadata(call, () => given) })
  }),
  route(`GET ${base}/metadata/:key`, (call) =>
    answer({ meta: { [itemOf(call)]: serverOf(call).metadata[itemOf(call)] } }),
  ),
  route(`PUT ${base}/metadata/:key`, (call) => {
    const key = param(call, 'key')
    const meta = isMap(call.body) && isMap(call.body.meta) ? call.body.meta : {}
    mustFit({ metadata: meta }, { type: 'object', properties: { metadata } })
    if (!Object.hasOwn(meta, key)) throw badRequest('Request body and URI mismatch')
    keepMetadata(call, (before) => ({ ...before, [key]: String(meta[key]) }))
    return answer({ meta: { [key]: meta[key] } })
  }),
  route(`DELETE ${base}/metadata/:key`, (call) => {
    const key = itemOf(call)
    keepMetadata(call, ({ [key]: _gone, ...others }) => others)
    return nothing()
  }),
  route(`GET ${base}/tags`, (call) => answer({ tags: serverOf(call).tags })),
  route(`PUT ${base}/tags`, (call) => {
    mustFit(call.body, {
      type: 'object',
      required: ['tags'],
      additionalProperties: false,
      properties: { tags: { type: 'array', items: tag, maxItems: 50 } },
    })
    return answer({ tags: keepTags(call, () => (call.body as { tags: string[] }).tags) })
  }),
  route(`DELETE ${base}/tags`, (call) => {
    keepTags(call, () => [])
    return nothing()
  }),
  route(`GET ${base}/tags/:tag`, (call) => {
    tagOf(call)
    return nothing()
  }),
  route(`PUT ${base}/tags/:tag`, (call) => {
    const name = param(call, 'tag')
    mustFit({ tag: name }, { type: 'object', properties: { tag } })
    const had = serverOf(call).tags.includes(name)
    keepTags(call, (before) => [...before, name])
    return had
      ? nothing()
      : {
          status: 201,
          headers: { location: link(call, `/compute/v2.1/servers/${param(call)}/tags/${name}`) },
        }
  }),
  route(`DELETE ${base}/tags/:tag`, (call) => {
    const gone = tagOf(call)
    keepTags(call, (before) => before.filter((each) => each !== gone))
    return nothing()
  }),
]

function metadataIn(call: Call): Labels {
  mustFit(call.body, {
    type: 'object',
    required: ['metadata'],
    additionalProperties: false,
    properties: { metadata },
  })
  return (call.body as { metadata: Labels }).metadata
}

function keepMetadata(call: Call, change: (before: Labels) => Labels): Labels {
  const server = serverOf(call)
  const after = change(server.metadata)
  const limit = limitOf(call.world, server.project_id, 'metadata_items')
  if (limit >= 0 && Object.keys(after).length > limit)
    throw overLimit(`Maximum number of metadata items exceeds ${limit}`)
  changeServer(call.world, server.id, { metadata: after })
  return after
}

function itemOf(call: Call): string {
  const key = param(call, 'key')
  if (!Object.hasOwn(serverOf(call).metadata, key)) throw notFound('Metadata item was not found')
  return key
}

function keepTags(call: Call, change: (before: readonly string[]) => readonly string[]): readonly string[] {
  const server: Server = serverOf(call)
  const tags = [...new Set(change(server.tags))]
  if (tags.length > 50) throw badRequest('The number of tags exceeded the per-server limit 50')
  call.world.of(servers).change(server.id, { tags })
  return tags
}

function tagOf(call: Call): string {
  const name = param(call, 'tag')
  const server = serverOf(call)
  if (!server.tags.includes(name)) throw notFound(`Server ${server.id} has no tag '${name}'`)
  return name
}
