import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from 'amqplib'
import type { Line } from './link.ts'
import { ownQueue, plainWorkQueue, workQueue } from './names.ts'

const attempts = 100
const pauseMs = 100

/**
 * Sees to it that a queue of work is there: as one that survives the loss of a broker, if the brokers have such. Brokers
 * may spoil a queue that two ask for at once, so one goes after the other.
 */
export async function provide(line: Line, name: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await isThere(line, name)) return
    const isDone = await line.attempt((channel) => whileAlone(channel, name, () => make(line, name)))
    if (isDone) return
    await pause(pauseMs)
  }
  throw new Error(`the queue ${workQueue(name)[0]} could not be made`)
}

/** Drops a queue with what is in it. */
export async function remove(line: Line, name: string): Promise<void> {
  await line.attempt((channel) => channel.deleteQueue(workQueue(name)[0]))
}

const isThere = (line: Line, name: string): Promise<boolean> =>
  accepts(() => line.attempt((channel) => channel.checkQueue(workQueue(name)[0])))

async function accepts(work: () => Promise<unknown>): Promise<boolean> {
  return await work().then(
    () => true,
    () => false,
  )
}

/** Does something while nobody else does, which a queue that only one connection can have tells. */
async function whileAlone(channel: Channel, name: string, work: () => Promise<void>): Promise<boolean> {
  const lock = `hearth.making.${name}`
  if (!(await accepts(() => channel.assertQueue(lock, ownQueue)))) return false
  await work()
  await channel.deleteQueue(lock)
  return true
}

async function make(line: Line, name: string): Promise<void> {
  if (await isThere(line, name)) return
  if (await accepts(() => line.attempt((channel) => channel.assertQueue(...workQueue(name))))) return
  // The broker knows no such kind.
  await line.attempt((channel) => channel.assertQueue(...plainWorkQueue(name)))
}
