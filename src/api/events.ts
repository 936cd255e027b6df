import type { EventQuery } from '../contract/engine.ts'
import { EventNotFound } from '../contract/problems.ts'
import { events } from '../contract/rest/index.ts'
import type { EventView, StackIdentity } from '../contract/views.ts'
import { type Asked, answer, conditionsIn, type Route, stackIn } from './route.ts'
import { eventReply, eventRow } from './shapes.ts'
import { direction } from './stacks.ts'

const list = answer(events.listEvents, async (asked) => {
  const found = await awaited(asked)
  return { events: found.map((event) => eventRow(event, asked.links)) }
})

/** However long a client is willing to wait. */
const mostSeconds = 30
/** How often it is looked whether something happened. */
const pauseMs = 500

/** What there is to tell; where that is nothing and the client says so, what there is as soon as there is something. */
async function awaited(asked: Asked<typeof events.listEvents>): Promise<readonly EventView[]> {
  const { path, query, caller, engine, clock } = asked
  const hurries = query.wait ? asked.hurry() : undefined
  const until = clock.now() + Math.min(query.wait ?? 0, mostSeconds) * 1000
  const ask = eventQuery(stackIn(path), query)
  for (;;) {
    const found = await engine.listEvents(caller, ask)
    if (found.length > 0 || hurries?.aborted !== false || clock.now() + pauseMs > until) return found
    await clock.sleep(pauseMs, hurries).catch(() => {})
  }
}

const listOfResource = answer(events.listResourceEvents, async ({ path, query, caller, engine, links }) => {
  const { resource_name: resource } = path
  const found = await engine.listEvents(caller, { ...eventQuery(stackIn(path), query), resource })
  if (found.length === 0) throw EventNotFound({ message: `No events found for resource ${resource}` })
  return { events: found.map((event) => eventRow(event, links)) }
})

const show = answer(events.showEvent, async ({ path, caller, engine, links }) => {
  const ask = { stack: stackIn(path), resource: path.resource_name, event: path.event_id }
  return { event: eventReply(await engine.showEvent(caller, ask), links) }
})

function eventQuery(stack: StackIdentity, query: Asked<typeof events.listEvents>['query']): EventQuery {
  const filters = conditionsIn(events.eventFilters, query)
  return {
    stack,
    ...(query.nested_depth !== undefined && { nestedDepth: query.nested_depth }),
    ...(query.limit !== undefined && { limit: query.limit }),
    ...(query.marker !== undefined && { marker: query.marker }),
    ...(query.sort_keys && { sortKeys: query.sort_keys }),
    ...direction(query.sort_dir),
    ...(Object.keys(filters).length > 0 && { filters }),
  }
}

/** What answers for events. */
export const eventRoutes: readonly Route[] = [list, listOfResource, show]
