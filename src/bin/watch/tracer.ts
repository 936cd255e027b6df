import { AsyncLocalStorage } from 'node:async_hooks'
import type { Beginning, Facts, Origin, Tracer } from '../../base/tracing.ts'

/** A span that was begun. */
export interface Begun {
  /** As those must name it who continue it. */
  readonly traceparent: string
  note(facts: Facts): void
  /** It is over; with what was thrown, if anything was. */
  end(error?: unknown): void
}

/** Begins a span under the one that `of` names, or a trace. */
export type BeginSpan = (name: string, beginning: Beginning) => Begun

const nothing = (): void => {}

/** Whose request the present work of this process is done for. */
const present = new AsyncLocalStorage<Origin>()

/** The same, as a log says it. */
export function requestOf(): { readonly requestId: string } | undefined {
  const origin = present.getStore()
  return origin && { requestId: origin.requestId }
}

/**
 * Follows requests through everything that is awaited for them. Without `begin` it knows whose request the present work is
 * done for, and records nothing.
 */
export function tracer(begin?: BeginSpan): Tracer {
  function followed<T>(name: string, beginning: Beginning, work: (note: (facts: Facts) => void) => T): T {
    const of = beginning.of ?? present.getStore()
    // What nobody asked for, such as a look at what engines there are, is not followed.
    if (begin === undefined || of === undefined) {
      return of === present.getStore() || of === undefined
        ? work(nothing)
        : present.run(of, () => work(nothing))
    }
    const span = begin(name, { ...beginning, of })
    const origin = { requestId: of.requestId, traceparent: span.traceparent }
    return present.run(origin, () => ending(span, () => work(span.note)))
  }

  return { origin: () => present.getStore(), span: followed }
}

/** Ends a span with the work that it is about, now or when that is done. */
function ending<T>(span: Begun, work: () => T): T {
  try {
    const value = work()
    if (value instanceof Promise) void value.then(() => span.end(), span.end)
    else span.end()
    return value
  } catch (error) {
    span.end(error)
    throw error
  }
}
