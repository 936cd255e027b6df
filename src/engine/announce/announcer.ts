import { BoundedMap } from '../../base/bounded-map.ts'
import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { Notification } from '../../bus/index.ts'
import type { EventRow, StackRow, TemplateRow } from '../../store/rows.ts'
import { ownerSession } from '../deploy/owner-session.ts'
import type { EngineParts } from '../parts.ts'
import { isOfStack, notificationOf } from './notification.ts'
import { Sinks, type SinkType, sinksIn } from './sinks.ts'

/** Whom events are told to besides those who ask. */
export interface Audience {
  /** Sends something to the listeners on the message bus; absent: there are none. */
  readonly notify?: (notification: Notification) => void
  /** How important that is where nothing failed. */
  readonly level?: 'INFO' | 'ERROR'
  /** The places that environments may name for events, by their type. */
  readonly sinkTypes: ReadonlyMap<string, SinkType>
}

/** So many stacks that something happened to are remembered; and no more events than this wait to be told. */
const mostKnown = 10_000
const mostUntold = 50_000

type Parts = Pick<EngineParts, 'store' | 'access' | 'log'>

interface Known {
  readonly stack: StackRow
  readonly sinks: readonly JsonMap[]
}

/**
 * Tells others of the events that this process stores, once they are on disk. It works beside the deployments, which never
 * wait for it: of an event that is stored when this process dies, nobody else is told.
 */
export class Announcer {
  readonly #parts: Parts
  readonly #audience: Audience
  readonly #sinks: Sinks
  readonly #known = new BoundedMap<Known>(mostKnown)
  #inbox: EventRow[] = []
  #isBusy = false
  #work: Promise<void> = Promise.resolve()

  constructor(parts: Parts, audience: Audience) {
    this.#parts = parts
    this.#audience = audience
    this.#sinks = new Sinks({ types: audience.sinkTypes, log: parts.log })
  }

  start(): void {
    this.#parts.store.onEvents((events) => {
      if (this.#inbox.length < mostUntold) this.#inbox.push(...events)
      if (this.#isBusy) return
      this.#isBusy = true
      setImmediate(() => {
        this.#work = this.#tellAll()
      })
    })
  }

  /** Tells what is stored; what sinks have not taken by then is dropped. */
  async stop(): Promise<void> {
    await this.#work
    this.#sinks.stop()
  }

  async #tellAll(): Promise<void> {
    while (this.#inbox.length > 0) {
      const events = this.#inbox
      this.#inbox = []
      if (events.length >= mostUntold)
        this.#parts.log.warn({}, 'Events were told to nobody, for there were too many at once')
      for (const event of events) {
        try {
          await this.#tell(event)
        } catch (error) {
          this.#parts.log.warn(
            { stack: event.stackId, error: messageOf(error) },
            'Nobody was told of an event',
          )
        }
      }
    }
    this.#isBusy = false
  }

  /** Nothing is read for an event of a resource whose stack is known. */
  async #tell(event: EventRow): Promise<void> {
    const ofStack = isOfStack(event)
    const known = this.#known.get(event.stackId)
    const isCurrent = known !== undefined && !(ofStack && event.status === 'IN_PROGRESS')
    if (isCurrent && !(ofStack && this.#audience.notify)) return this.#sink(event, known)
    const { store } = this.#parts
    const stack = await store.stack(event.stackId)
    const template = stack && (await store.template(stack.templateId))
    if (stack === undefined || template === undefined) return
    if (ofStack) this.#notify(event, stack, template)
    const now = isCurrent ? known : { stack, sinks: sinksIn(template.environment) }
    this.#known.set(stack.id, now)
    this.#sink(event, now)
  }

  #notify(event: EventRow, stack: StackRow, { template }: TemplateRow): void {
    const { notify, level = 'INFO' } = this.#audience
    const description = template.description ?? template.Description
    const text = typeof description === 'string' && description !== '' ? description : 'No description'
    notify?.(notificationOf(event, stack, { description: text, level }))
  }

  #sink(event: EventRow, { stack, sinks }: Known): void {
    if (sinks.length > 0) this.#sinks.add(event, sinks, () => ownerSession(this.#parts, stack))
  }
}
