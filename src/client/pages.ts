import { type Clock, systemClock } from '../base/clock.ts'
import type { EventRow, SoftwareConfigReply, StackRow } from '../contract/rest/index.ts'
import type { EventListQuery, HearthClient, StackArgument, StackListQuery } from './hearth-client.ts'

/** How many a page has, unless somebody says otherwise. */
const usualSize = 100

interface Paging {
  /** How many to ask for at once. */
  readonly pageSize?: number
}

/** Stacks, one after another, however many there are: pages are asked for as they are needed. */
export function eachStack(
  client: HearthClient,
  query: Omit<StackListQuery, 'limit'> = {},
  { pageSize = usualSize }: Paging = {},
): AsyncGenerator<StackRow, void, undefined> {
  return each(query.marker, async (marker) => {
    return (await client.listStacks({ ...query, ...marker, limit: pageSize })).stacks
  })
}

/** The events of a stack so far, in the same way; the oldest first. */
export function eachEvent(
  client: HearthClient,
  stack: StackArgument,
  query: Omit<EventListQuery, 'limit' | 'wait'> = {},
  { pageSize = usualSize }: Paging = {},
): AsyncGenerator<EventRow, void, undefined> {
  const asked = { sort_dir: 'asc', ...query, limit: pageSize }
  return each(
    query.marker,
    async (marker) => (await client.listEvents(stack, { ...asked, ...marker })).events,
  )
}

type SoftwareConfigRow = Pick<SoftwareConfigReply, 'id' | 'name' | 'group' | 'creation_time'>

/** Software configs, in the same way. */
export function eachSoftwareConfig(
  client: HearthClient,
  { pageSize = usualSize }: Paging = {},
): AsyncGenerator<SoftwareConfigRow, void, undefined> {
  return each(undefined, async (marker) => {
    return (await client.listSoftwareConfigs({ ...marker, limit: pageSize })).software_configs
  })
}

/** A page that begins behind where the last one ended, until there is none. */
async function* each<Row extends { readonly id: string }>(
  from: string | undefined,
  ask: (marker: { readonly marker?: string }) => Promise<readonly Row[]>,
): AsyncGenerator<Row, void, undefined> {
  let marker = from
  for (;;) {
    const rows = await ask(marker === undefined ? {} : { marker })
    const last = rows.at(-1)
    if (last === undefined || last.id === marker) return
    yield* rows
    marker = last.id
  }
}

/** Which events to follow, and how. */
export interface Follow extends Omit<EventListQuery, 'limit' | 'sort_dir' | 'sort_keys' | 'wait'> {
  /** Only those of this resource. */
  readonly resource?: string
  /** How long the service may wait for more before it answers; one that can't wait is asked so often. */
  readonly waitSeconds?: number
  readonly clock?: Clock
  /** Ends it, without an error. */
  readonly signal?: AbortSignal
}

/** The events of a stack, those so far and then each as it happens, until nobody wants any more. */
export async function* followEvents(
  client: HearthClient,
  stack: StackArgument,
  { resource, waitSeconds = 20, clock = systemClock, signal, ...query }: Follow = {},
): AsyncGenerator<EventRow, void, undefined> {
  const asking = signal === undefined ? client : client.withSignal(signal)
  const only = resource === undefined ? {} : { resource }
  const pauseMs = waitSeconds * 1000
  let marker = query.marker
  try {
    const address = typeof stack === 'string' ? await asking.findStack(stack) : stack
    while (!signal?.aborted) {
      const askedAt = clock.now()
      const asked = { ...query, sort_dir: 'asc', wait: waitSeconds, ...(marker !== undefined && { marker }) }
      const { events } = await asking.listEvents(address, asked, only)
      yield* events
      marker = events.at(-1)?.id ?? marker
      const hasWaited = events.length > 0 || clock.now() - askedAt > pauseMs / 2
      if (!hasWaited) await clock.sleep(Math.min(pauseMs, longestPauseMs), signal)
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

/** A service that can't wait is asked more often than one that can. */
const longestPauseMs = 5000
