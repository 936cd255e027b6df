import { isMap } from '../../base/json.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { type Collection, owned, seen, touched } from './collection.ts'
import type { Standard } from './kinds.ts'

/** The routes by which the tags of a collection's objects are read and changed. */
export function tagRoutes<T extends Standard>(collection: Collection<T>): Route[] {
  const base = `/v2.0/${collection.path ?? collection.many}/:id/tags`

  function change(call: Call, next: (tags: readonly string[]) => readonly string[]): readonly string[] {
    const row = owned(call, collection, 'update')
    const tags = [...new Set(next(row.tags))]
    const changes = { ...touched(call.world, row), tags } as unknown as Partial<T>
    call.world.of(collection.kind).change(row.id, changes)
    return tags
  }

  function mustHave(call: Call): string {
    const tag = param(call, 'tag')
    if (!seen(call, collection).tags.includes(tag))
      throw notFound(`Tag ${tag} could not be found.`, 'TagNotFound')
    return tag
  }

  return [
    route(`GET ${base}`, (call) => answer({ tags: seen(call, collection).tags })),
    route(`PUT ${base}`, (call) => answer({ tags: change(call, () => tagsIn(call.body)) })),
    route(`DELETE ${base}`, (call) => {
      change(call, () => [])
      return nothing()
    }),
    route(`GET ${base}/:tag`, (call) => {
      mustHave(call)
      return nothing()
    }),
    route(`PUT ${base}/:tag`, (call) => {
      change(call, (tags) => [...tags, mustBeTag(param(call, 'tag'))])
      return { status: 201, body: null }
    }),
    route(`DELETE ${base}/:tag`, (call) => {
      const tag = mustHave(call)
      change(call, (tags) => tags.filter((each) => each !== tag))
      return nothing()
    }),
  ]
}

function tagsIn(body: unknown): string[] {
  const tags = isMap(body) ? body.tags : undefined
  if (!Array.isArray(tags)) throw badRequest('Invalid tags body')
  return tags.map((tag) => mustBeTag(tag))
}

function mustBeTag(tag: unknown): string {
  if (typeof tag !== 'string')
    throw badRequest(`Invalid input for operation: '${String(tag)}' is not a valid string.`, 'InvalidInput')
  if (tag.length > 255)
    throw badRequest(`Invalid input for operation: '${tag}' exceeds maximum length of 255.`, 'InvalidInput')
  return tag
}
