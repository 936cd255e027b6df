import type { Log } from '../base/log.ts'
import type { BusEvent } from './bus.ts'

/** Those in this process who want to be told. */
export interface Listeners {
  add(kind: BusEvent['kind'], listener: (event: BusEvent) => void): void
  /** Tells them soon, but not before the caller goes on. */
  tell(event: BusEvent): void
  readonly kinds: readonly BusEvent['kind'][]
  close(): void
}

export function listeners(log: Log): Listeners {
  const byKind = new Map<BusEvent['kind'], ((event: BusEvent) => void)[]>()

  function tellNow(event: BusEvent): void {
    for (const listener of byKind.get(event.kind) ?? []) {
      try {
        listener(event)
      } catch (error) {
        log.error(
          { kind: event.kind, error: error instanceof Error ? error.stack : String(error) },
          'A listener failed',
        )
      }
    }
  }

  return {
    add: (kind, listener) => void byKind.set(kind, [...(byKind.get(kind) ?? []), listener]),
    tell: (event) => void setImmediate(() => tellNow(event)),
    get kinds() {
      return [...byKind.keys()]
    },
    close: () => byKind.clear(),
  }
}
