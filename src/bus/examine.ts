import { connect } from 'amqplib'
import { uuid } from '../base/ids.ts'
import { messageOf } from '../base/problem.ts'
import { hintExchange, ownQueue } from './rabbit/names.ts'
import { type Broker, readTransportUrl, type Tls } from './transport-url.ts'

/** What there is to know of one message broker. Names no password. */
export interface BrokerFacts {
  readonly where: string
  /** Why it can't be used; absent: it can. */
  readonly trouble?: string
  /** What it calls itself. */
  readonly product?: string
  /** Why it has no queues that survive the loss of one of its nodes; absent: it has. */
  readonly withoutQuorum?: string
}

/** How long a broker may take to answer. */
const patienceMs = 5_000

/** Looks at each broker that a transport URL names; nothing if it names none. Throws if the URL can't be used. */
export async function examineBrokers(transportUrl: string): Promise<readonly BrokerFacts[]> {
  const address = readTransportUrl(transportUrl)
  if (address.kind === 'memory') return []
  return await Promise.all(address.brokers.map((broker) => examineBroker(broker, address.tls)))
}

async function examineBroker(broker: Broker, tls: Tls): Promise<BrokerFacts> {
  const where = `${broker.hostname}:${broker.port}`
  try {
    const connection = await connect({ ...broker, heartbeat: 10 }, { ...tls, timeout: patienceMs })
    connection.on('error', () => {})
    try {
      const { product, version } = connection.connection.serverProperties
      const channel = await connection.createChannel()
      channel.on('error', () => {})
      await channel.assertExchange(...hintExchange)
      await channel.assertQueue('', ownQueue)
      const withoutQuorum = await quorumTrouble(() => connection.createChannel())
      return {
        where,
        product: `${String(product)} ${String(version)}`,
        ...(withoutQuorum !== undefined && { withoutQuorum }),
      }
    } finally {
      await connection.close().catch(() => {})
    }
  } catch (error) {
    const words = messageOf(error)
    // All that amqplib says of a virtual host that is not there, or not for this user.
    const trouble = words.includes('ConnectionOpenOk') ? `NOT_ALLOWED - the vhost ${broker.vhost}` : words
    return { where, trouble }
  }
}

type Channel = Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createChannel']>>

async function quorumTrouble(open: () => Promise<Channel>): Promise<string | undefined> {
  try {
    const channel = await open()
    channel.on('error', () => {})
    const name = `hearth.doctor.${uuid()}`
    await channel.assertQueue(name, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
    await channel.deleteQueue(name)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
