/**
 * The queue that all who serve a topic share; it goes when nobody has used it for long. Brokers no longer like queues that
 * are shared and not durable; the calls in it are not, for their callers would not wait.
 */
export const requestQueue = (topic: string) =>
  [`hearth.calls.${topic}`, { durable: true, autoDelete: false, expires: 3_600_000 }] as const

/** A queue of work, which outlives the broker; what is handed out again and again is dropped after a while. */
export const workQueue = (name: string) =>
  [
    `hearth.work.${name}`,
    { durable: true, autoDelete: false, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 20 } },
  ] as const

/** The same, for brokers that have no quorum queues. */
export const plainWorkQueue = (name: string) =>
  [`hearth.work.${name}`, { durable: true, autoDelete: false }] as const

/** A queue for one connection: the broker names it, and drops it with the connection. */
export const ownQueue = { exclusive: true, durable: false, autoDelete: true } as const

/** Where hints are published, by their kind. */
export const hintExchange = ['hearth.hints', 'direct', { durable: false }] as const

/** The kind under which those who serve a topic hear that nobody waits for a call any more. */
export const givenUp = (topic: string) => `given-up.${topic}`

/** The types of messages that answer nothing, but say that somebody begins to, and that he is still at it. */
export const begun = 'begun'
export const underWay = 'under-way'
