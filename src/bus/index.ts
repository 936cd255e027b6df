import type { Log } from '../base/log.ts'
import type { Bus } from './bus.ts'
import { memoryBus } from './memory.ts'
import type { Notifier } from './notifications.ts'
import { rabbitBus } from './rabbit/bus.ts'
import { type Notifying, notifierOver } from './rabbit/notifying.ts'
import { readTransportUrl } from './transport-url.ts'

export type { Bus, BusEvent, Calls, Served, Taking } from './bus.ts'
export { type BrokerFacts, examineBrokers } from './examine.ts'
export type { Notification, Notifier } from './notifications.ts'

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

export type NotifierOptions = BusOptions & Omit<Notifying, 'brokers' | 'tls'>

/** Opens a way for notifications. `undefined`: there is no broker that they could go to. */
export async function openNotifier(options: NotifierOptions): Promise<Notifier | undefined> {
  const address = readTransportUrl(options.transportUrl)
  return address.kind === 'memory' ? undefined : await notifierOver({ ...options, ...address })
}
