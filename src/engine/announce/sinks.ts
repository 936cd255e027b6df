import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import type { Log } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Session } from '../../cloud/service.ts'
import type { EventRow } from '../../store/rows.ts'

/** A kind of place that a stack's environment may have its events sent to. */
export interface SinkType {
  /** Sends events, as Heat words them, in their order. `sink` is what the environment says of it. */
  send(session: Session, sink: JsonMap, events: readonly JsonMap[], signal: AbortSignal): Promise<void>
}

/** The sinks that an environment names. */
export const sinksIn = (environment: JsonMap): readonly JsonMap[] =>
  Array.isArray(environment.event_sinks) ? environment.event_sinks.filter((sink: Json) => isMap(sink)) : []

/** An event as sinks get it. */
export const sinkDocument = (event: EventRow): JsonMap => ({
  timestamp: new Date(event.createdAt).toISOString().slice(0, 19),
  version: '0.1',
  type: 'os.heat.event',
  id: event.id,
  payload: {
    resource_name: event.resourceName,
    physical_resource_id: event.physicalId,
    stack_id: event.stackId,
    resource_action: event.action,
    resource_status: event.status,
    resource_status_reason: event.statusReason,
    resource_type: event.resourceType,
    resource_properties: event.properties ?? {},
    version: '0.1',
  },
})

/** What is to be sent for one tree of stacks, in order. */
interface Lane {
  readonly waiting: { readonly event: EventRow; readonly sinks: readonly JsonMap[] }[]
  readonly session: Session
}

interface Sending {
  readonly types: ReadonlyMap<string, SinkType>
  readonly log: Log
}

/** More events than these do not wait for sinks; and no more are sent at once. */
const mostWaiting = 10_000
const mostAtOnce = 20
/** How long a sink may take for those. */
const patienceMs = 10_000

/**
 * Sends events to sinks, those of one tree of stacks one after the other. Each event is sent once or, if the sink does not
 * take it or too many wait, never: nothing waits for a sink, and nothing fails of one.
 */
export class Sinks {
  readonly #sending: Sending
  readonly #lanes = new Map<string, Lane>()
  readonly #stopping = new AbortController()
  #waiting = 0
  #dropped = 0

  constructor(sending: Sending) {
    this.#sending = sending
  }

  add(event: EventRow, sinks: readonly JsonMap[], open: () => Session): void {
    if (this.#stopping.signal.aborted) return
    if (this.#waiting >= mostWaiting) {
      if (this.#dropped++ === 0)
        this.#sending.log.warn({ waiting: this.#waiting }, 'Events are dropped, for their sinks are too slow')
      return
    }
    this.#waiting++
    const lane = this.#lanes.get(event.rootId)
    if (lane !== undefined) return void lane.waiting.push({ event, sinks })
    const begun: Lane = { waiting: [{ event, sinks }], session: open() }
    this.#lanes.set(event.rootId, begun)
    void this.#run(event.rootId, begun)
  }

  stop(): void {
    this.#stopping.abort()
  }

  async #run(rootId: string, lane: Lane): Promise<void> {
    while (lane.waiting.length > 0) {
      const batch = lane.waiting.splice(0, mostAtOnce)
      this.#waiting -= batch.length
      if (this.#waiting < mostWaiting / 2) this.#dropped = 0
      const bySink = Map.groupBy(
        batch.flatMap(({ event, sinks }) => sinks.map((sink) => ({ event, sink }))),
        ({ sink }) => JSON.stringify(sink),
      )
      for (const sent of bySink.values())
        await this.#send(
          rootId,
          lane.session,
          sent.map(({ event }) => event),
          sent[0]?.sink ?? {},
        )
    }
    this.#lanes.delete(rootId)
  }

  async #send(rootId: string, session: Session, events: readonly EventRow[], sink: JsonMap): Promise<void> {
    const { types, log } = this.#sending
    try {
      const type = types.get(String(sink.type))
      if (type === undefined) throw new Error(`there is no type of sink that is called ${String(sink.type)}`)
      const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(patienceMs)])
      await type.send(session, sink, events.map(sinkDocument), signal)
    } catch (error) {
      log.warn(
        { stack: rootId, events: events.length, error: messageOf(error) },
        'Events were dropped that a sink did not take',
      )
    }
  }
}
