/** Whose request it is that something is done for, in words that other processes understand. */
export interface Origin {
  /** As OpenStack's services pass it on: `req-` and a UUID. */
  readonly requestId: string
  /** Where it stands in a trace, as W3C's Trace Context writes it; absent where nothing is traced. */
  readonly traceparent?: string
}

/** What is said of a piece of work. No secrets, and nothing that a tenant wrote. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>

/** How a piece of work begins. */
export interface Beginning {
  /** What it is to others: it answers somebody (`server`), it asks somebody (`client`), or neither. */
  readonly as?: 'server' | 'client'
  /** Whose request it is done for; absent: that of the work inside of which it is begun. */
  readonly of?: Origin | undefined
  readonly facts?: Facts
}

/** Follows work through functions and processes. */
export interface Tracer {
  /** Whose request the present work is done for. */
  origin(): Origin | undefined
  /** Carries work out as a span of that name: what is begun inside of it, now or later, is part of it. */
  span<T>(name: string, beginning: Beginning, work: (note: (facts: Facts) => void) => T): T
}

const nothing = (): void => {}

/** Follows nothing. */
export const untraced: Tracer = { origin: () => undefined, span: (_name, _beginning, work) => work(nothing) }

/** Whether a text is the ID of a request, as OpenStack's services give them and take them from each other. */
export const isRequestId = (text: unknown): text is string =>
  typeof text === 'string' && /^req-[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(text)

/** Whether a text says where in a trace something stands. */
export const isTraceparent = (text: unknown): text is string =>
  typeof text === 'string' && /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/.test(text)
