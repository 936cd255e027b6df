import { hostname } from 'node:os'
import {
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  connect,
  type RecoveringChannelModel,
} from 'amqplib'
import type { Log } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Broker, Tls } from '../transport-url.ts'

/** A connection to a broker, made again whenever it is lost, with what was set up on it. */
export interface Link {
  /** Has something set up on the present connection and on every later one. */
  add(part: LinkPart): void
  drop(part: LinkPart): void
  close(): Promise<void>
}

/** Something that lives on a connection. */
export interface LinkPart {
  /** Sets it up; called anew after each loss of the connection. */
  setUp(line: Line): Promise<void>
  /** The connection it was set up on is gone. */
  lost(): void
}

/** One connection, for as long as it lasts. */
export interface Line {
  /** A channel whose end is the end of the connection, so that all of it is set up again. */
  channel(): Promise<Channel>
  /** Such a channel on which the broker says of each message that it has it. */
  confirming(): Promise<ConfirmChannel>
  /** Asks something on a channel of its own, which the broker closes if it refuses: that is the end of nothing else. */
  attempt<T>(work: (channel: Channel) => Promise<T>): Promise<T>
  /** Gives the connection up for a new one. */
  renew(reason: string): void
}

/** Whoever is silent for two of these is gone: what a process held that is frozen or cut off goes to others then. */
const heartbeatSeconds = 5
const connectMs = 10_000
const pauseMs = { initialDelay: 100, maxDelay: 2000 }

/** Begins to connect to one of the brokers, and goes from one to the next until one answers. */
export async function openLink(brokers: readonly Broker[], tls: Tls, log: Log): Promise<Link> {
  const parts = new Set<LinkPart>()
  // amqplib reads it at each attempt.
  const target = { ...brokers[0], heartbeat: heartbeatSeconds }
  let turn = 0
  let present: { readonly line: Line; readonly model: ChannelModel } | undefined

  async function setUp(model: ChannelModel): Promise<void> {
    // amqplib listens only from when this is done.
    model.on('error', () => {})
    let isOver = false
    model.once('close', () => {
      isOver = true
    })
    const line = lineOn(model, log)
    try {
      for (const part of parts) await part.setUp(line)
      // Its end would be told to nobody any more.
      if (isOver) throw new Error('the connection ended while it was set up')
    } catch (error) {
      await end(model)
      throw error
    }
    present = { line, model }
  }

  function lost(): void {
    present = undefined
    for (const part of parts) part.lost()
  }

  const connection: RecoveringChannelModel = await connect(target, {
    ...tls,
    noDelay: true,
    timeout: connectMs,
    clientProperties: { connection_name: `hearth ${hostname()} ${process.pid}` },
    recovery: { ...pauseMs, setup: setUp, waitForConnect: false },
  })
  const where = () => `${target.hostname}:${target.port}`
  connection.on('connect', () => log.info({ broker: where() }, 'Connected to the message broker'))
  connection.on('disconnect', (error: Error) => {
    log.warn({ broker: where(), error: messageOf(error) }, 'The connection to the message broker is lost')
    lost()
  })
  connection.on('connect-failed', (error: Error) => {
    log.warn({ broker: where(), error: messageOf(error) }, 'The message broker can not be reached')
    lost()
  })
  connection.on('reconnect-scheduled', () => {
    turn++
    Object.assign(target, brokers[turn % brokers.length])
  })
  connection.on('error', (error: Error) =>
    log.debug({ error: messageOf(error) }, 'An error on the connection to the message broker'),
  )

  return {
    add(part) {
      parts.add(part)
      const line = present?.line
      if (line !== undefined) part.setUp(line).catch((error: unknown) => line.renew(messageOf(error)))
    },
    drop: (part) => void parts.delete(part),
    async close() {
      const ended = present === undefined ? undefined : gone(present.model)
      await Promise.race([connection.close(), ...(ended === undefined ? [] : [ended])])
      lost()
    },
  }
}

function lineOn(model: ChannelModel, log: Log): Line {
  let given = false

  function renew(reason: string): void {
    if (given) return
    given = true
    log.debug({ reason }, 'The connection to the message broker is renewed')
    void end(model)
  }

  function renewingWith<T extends Channel>(channel: T): T {
    channel.on('error', (error: Error) => renew(error.message))
    return channel
  }

  return {
    renew,
    channel: async () => renewingWith(await model.createChannel()),
    confirming: async () => renewingWith(await model.createConfirmChannel()),
    async attempt(work) {
      const channel = await model.createChannel()
      channel.on('error', () => {})
      try {
        return await work(channel)
      } finally {
        // One that the broker ended needs no more.
        await channel.close().catch(() => {})
      }
    },
  }
}

/** Says goodbye. */
async function end(model: ChannelModel): Promise<void> {
  const over = gone(model)
  await Promise.race([model.close().catch(() => {}), over])
}

/** A goodbye is never answered on a connection that breaks off meanwhile, but its end is told. */
const gone = (model: ChannelModel): Promise<void> =>
  new Promise((resolve) => void model.once('close', () => resolve()))
