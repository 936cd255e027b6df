import { wordOf } from '../base/text.ts'
import { BadRequest } from '../contract/problems.ts'
import { resources } from '../contract/rest/index.ts'
import { malformed } from './faults.ts'
import { readBoolean } from './query.ts'
import { answer, conditionsIn, type Route, stackIn } from './route.ts'
import { resourceReply } from './shapes.ts'

const list = answer(resources.listResources, async ({ path, query, caller, engine, links }) => {
  const filters = conditionsIn(resources.resourceFilters, query)
  if ((filters.type ?? []).length > 1) throw malformed()
  const found = await engine.listResources(caller, {
    stack: stackIn(path),
    ...(query.nested_depth !== undefined && { nestedDepth: query.nested_depth }),
    ...(query.with_detail && { withDetail: true }),
    ...(Object.keys(filters).length > 0 && { filters }),
  })
  return { resources: found.map((resource) => resourceReply(resource, links)) }
})

const show = answer(resources.showResource, async ({ path, query, caller, engine, links }) => {
  const ask = { stack: stackIn(path), resource: path.resource_name, withAttributes: query.with_attr ?? [] }
  return { resource: resourceReply(await engine.showResource(caller, ask), links) }
})

const metadata = answer(resources.showMetadata, async ({ path, caller, engine }) => ({
  metadata: await engine.showMetadata(caller, { stack: stackIn(path), resource: path.resource_name }),
}))

const signal = answer(resources.signalResource, async ({ path, body, hasBody, caller, engine }) => {
  const details = hasBody ? body : null
  await engine.signalResource(caller, { stack: stackIn(path), resource: path.resource_name, details })
  return null
})

const longestReason = 1000

const mark = answer(resources.markUnhealthy, async ({ path, body, caller, engine }) => {
  const known = Object.keys(resources.markUnhealthy.body)
  const strange = Object.keys(body).filter((key) => !known.includes(key))
  if (strange.length > 0) {
    const keys = strange.map((key) => `'${key.slice(0, 100)}'`).join(', ')
    throw BadRequest({ message: `Invalid keys in resource mark unhealthy {${keys}}` })
  }
  const { mark_unhealthy: mark, resource_status_reason: reason } = body
  if (mark === undefined)
    throw BadRequest({ message: 'Missing mandatory (mark_unhealthy) key from mark unhealthy request' })
  await engine.markUnhealthy(caller, {
    ...{
      stack: stackIn(path),
      resource: path.resource_name,
      unhealthy: readBoolean('mark_unhealthy', wordOf(mark)),
    },
    ...(reason !== undefined && reason !== null && { reason: wordOf(reason).slice(0, longestReason) }),
  })
  return null
})

/** What answers for the resources of stacks. */
export const resourceRoutes: readonly Route[] = [list, show, metadata, mark, signal]
