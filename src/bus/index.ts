import { EventEmitter } from 'node:events'
import type { Log } from '../base/log.ts'

/** Something to be told to whoever listens; it may be lost. */
export type BusEvent = { readonly kind: 'work' | 'settled'; readonly stackId: string }

export interface Bus {
  serve(topic: string, calls: object): Promise<{ close(): Promise<void> }>
  peer<T>(topic: string, names: readonly string[], options: { readonly timeoutMs: number }): T
  publish(event: BusEvent): void
  subscribe(kind: BusEvent['kind'], listener: (event: BusEvent) => void): void
  close(): Promise<void>
}

export async function openBus(_options: { readonly transportUrl: string; readonly log: Log }): Promise<Bus> {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  const served = new Map<string, object>()
  return {
    async serve(topic, calls) {
      served.set(topic, calls)
      return { close: async () => void served.delete(topic) }
    },
    peer: (topic) => served.get(topic) as never,
    publish: (event) => void setImmediate(() => emitter.emit(event.kind, event)),
    subscribe: (kind, listener) => void emitter.on(kind, listener),
    async close() {
      emitter.removeAllListeners()
    },
  }
}
