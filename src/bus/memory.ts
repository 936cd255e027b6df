import type { Log } from '../base/log.ts'
import type { Bus, Served } from './bus.ts'
import { listeners } from './listeners.ts'
import { memoryQueues } from './memory-queues.ts'
import { answerMessage, readAnswer, requestMessage } from './messages.ts'
import { closedMeanwhile, type Pending, peerOf, pending } from './pending.ts'

interface Topic {
  /** Those who serve it take turns. */
  readonly servers: Server[]
  /** What was asked while nobody served it. */
  readonly waiting: { readonly request: Buffer; readonly asked: Pending }[]
}

interface Server {
  readonly calls: object
  readonly running: Set<Promise<void>>
}

/** A bus within one process. It lets through what a broker lets through: calls and answers pass as JSON text. */
export function memoryBus(log: Log): Bus {
  const topics = new Map<string, Topic>()
  const open = new Set<Pending>()
  const local = listeners(log)
  const queues = memoryQueues(log)

  function topicOf(name: string): Topic {
    const topic = topics.get(name) ?? { servers: [], waiting: [] }
    topics.set(name, topic)
    return topic
  }

  function hand(topic: string, request: Buffer, asked: Pending): void {
    const { servers, waiting } = topicOf(topic)
    const server = servers.shift()
    if (server === undefined) return void waiting.push({ request, asked })
    servers.push(server)
    const context = { signal: asked.givenUp }
    const answering = answerMessage(request, { topic, calls: server.calls, log, context }).then(
      asked.resolve,
      asked.reject,
    )
    server.running.add(answering)
    void answering.then(() => server.running.delete(answering))
  }

  async function serve(name: string, calls: object): Promise<Served> {
    const topic = topicOf(name)
    const server: Server = { calls, running: new Set() }
    topic.servers.push(server)
    for (const { request, asked } of topic.waiting.splice(0)) if (asked.waits) hand(name, request, asked)
    return {
      async close() {
        const place = topic.servers.indexOf(server)
        if (place >= 0) topic.servers.splice(place, 1)
        await Promise.all(server.running)
      },
    }
  }

  return {
    serve,
    peer: (topic, names, { timeoutMs, origin }) =>
      peerOf(names, origin, async (one) => {
        const request = requestMessage(one)
        const asked = pending(one.name, timeoutMs, one.leaving)
        open.add(asked)
        hand(topic, request, asked)
        try {
          return readAnswer(await asked.answer)
        } finally {
          open.delete(asked)
        }
      }),
    hand: queues.hand,
    take: queues.take,
    publish: (event) => local.tell(event),
    subscribe: (kind, listener) => local.add(kind, listener),
    async close() {
      local.close()
      queues.close()
      for (const asked of open) asked.reject(closedMeanwhile())
    },
  }
}
