/** The queue that all who serve a topic share. It lives in the broker's memory, and goes when nobody has used it for long. */
export const requestQueue = (topic: string) =>
  [`hearth.${topic}`, { durable: false, autoDelete: false, expires: 3_600_000 }] as const

/** A queue for one connection: the broker names it, and drops it with the connection. */
export const ownQueue = { exclusive: true, durable: false, autoDelete: true } as const

/** Where hints are published, by their kind. */
export const hintExchange = ['hearth.hints', 'direct', { durable: false }] as const
