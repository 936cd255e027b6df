import { resources } from '../contract/rest/index.ts'
import { answer, conditionsIn, type Route, stackIn } from './route.ts'
import { resourceReply } from './shapes.ts'

const list = answer(resources.listResources, async ({ path, query, caller, engine, links }) => {
  const filters = conditionsIn(resources.resourceFilters, query)
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

/** What answers for the resources of stacks. */
export const resourceRoutes: readonly Route[] = [list, show, metadata, signal]
