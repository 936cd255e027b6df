import type { Log } from '../base/log.ts'
import type { Bus } from './bus.ts'
import { memoryBus } from './memory.ts'
import { rabbitBus } from './rabbit/bus.ts'
import { readTransportUrl } from './transport-url.ts'

export type { Bus, BusEvent, Calls, Served } from './bus.ts'

export interface BusOptions {
  /** `memory://`, or where RabbitMQ is: see `readTransportUrl`. */
  readonly transportUrl: string
  readonly log: Log
}

/** Opens the bus. A broker need not be there yet; it is looked for as long as the bus is open. */
export async function openBus({ transportUrl, log }: BusOptions): Promise<Bus> {
  const address = readTransportUrl(transportUrl)
  return address.kind === 'memory' ? memoryBus(log) : await rabbitBus(address, log)
}
