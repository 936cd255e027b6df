import type { ConsumeMessage } from 'amqplib'
import type { Log } from '../../base/log.ts'
import { answerMessage } from '../messages.ts'

/** What is answered for. */
export interface Serving {
  readonly topic: string
  readonly calls: object
  readonly log: Log
}

/** Whether a call may have arrived before: the broker says so, or whoever makes it. */
export const comesAgain = ({ fields, properties }: ConsumeMessage): boolean =>
  fields.redelivered || properties.headers?.again === true

/** A call that is being answered. */
interface Running {
  readonly content: Promise<Buffer>
  readonly givenUp: AbortController
}

/** Of how many calls that are given up before they arrive it is remembered that they were. */
const mostGivenUp = 1000

/** The calls that have arrived here, each of which is under way once. */
export class Arrivals {
  readonly #serving: Serving
  readonly #running = new Map<string, Running>()
  readonly #givenUp = new Set<string>()

  constructor(serving: Serving) {
    this.#serving = serving
  }

  /** Answers a call. One that is under way already, and arrives again because a connection broke, is not begun again. */
  answer(message: ConsumeMessage): Promise<Buffer> {
    const id = String(message.properties.correlationId)
    const under = this.#running.get(id)
    if (under !== undefined) return under.content
    const givenUp = new AbortController()
    if (this.#givenUp.delete(id)) givenUp.abort(nobodyWaits())
    const context = { id, again: comesAgain(message), signal: givenUp.signal }
    const answering = answerMessage(message.content, { ...this.#serving, context }).finally(() =>
      this.#running.delete(id),
    )
    this.#running.set(id, { content: answering, givenUp })
    return answering
  }

  /** Tells whoever answers a call that nobody waits for it any more; also if it has yet to arrive. */
  giveUp(id: string): void {
    const under = this.#running.get(id)
    if (under === undefined) this.#givenUp.add(id)
    else under.givenUp.abort(nobodyWaits())
    const [oldest] = this.#givenUp
    if (this.#givenUp.size > mostGivenUp && oldest !== undefined) this.#givenUp.delete(oldest)
  }
}

const nobodyWaits = () => new Error('its caller has left')
