import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect } from 'amqplib'
import { silent } from '../../../src/base/log.ts'
import { type Bus, openBus } from '../../../src/bus/index.ts'
import type { CallContext } from '../../../src/contract/call.ts'
import { installed, type Service, startRabbitmq } from '../../../tools/services.ts'
import { ann, describeBus, names, problemOf, remembering, type Sample, sample } from '../../bus/suite.ts'

const skip = !installed.rabbitmq() && 'RabbitMQ is not installed: node tools/services.ts install'
const servingProcess = fileURLToPath(new URL('serving-process.ts', import.meta.url))

describe('over RabbitMQ', { skip, timeout: 180_000 }, () => {
  let broker: Service
  before(async () => {
    broker = await startRabbitmq()
  })
  after(async () => {
    await Promise.all([...opened].map((bus) => bus.close()))
    await broker.stop()
  })

  describeBus('over RabbitMQ', () => broker.url)

  const opened = new Set<Bus>()
  async function open(log = silent, url = broker.url): Promise<Bus> {
    const bus = await openBus({ transportUrl: url, log })
    opened.add(bus)
    return bus
  }

  const processes = new Set<ChildProcess>()
  after(() => {
    for (const process of processes) process.kill('SIGKILL')
  })

  /** Starts a process that serves a topic, and kills it when it has begun to answer. */
  async function dieAnswering(topic: string): Promise<void> {
    const args = [servingProcess, broker.url, topic]
    const doomed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    processes.add(doomed)
    let said = ''
    for await (const chunk of doomed.stdout) {
      said += String(chunk)
      if (said.includes('begun')) doomed.kill('SIGKILL')
    }
    assert.match(said, /begun/)
  }

  async function isThere(queue: string): Promise<boolean> {
    const connection = await connect(`amqp://${broker.url.split('://')[1]}`)
    const channel = await connection.createChannel()
    channel.on('error', () => {})
    const found = await channel.checkQueue(queue).then(
      () => true,
      () => false,
    )
    await connection.close()
    return found
  }

  /** Puts something on a queue as some other program might; the queue is there then, if it was not. */
  async function sendRaw(queue: string, content: string): Promise<void> {
    const connection = await connect(`amqp://${broker.url.split('://')[1]}`)
    const channel = await connection.createConfirmChannel()
    channel.on('error', () => {})
    await channel.checkQueue(queue).catch(async () => {
      await (await connection.createChannel()).assertQueue(queue, { durable: true })
    })
    const sending = await connection.createConfirmChannel()
    sending.sendToQueue(queue, Buffer.from(content))
    await sending.waitForConfirms()
    await connection.close()
  }

  it('shares calls among all who serve a topic', async () => {
    const asker = (await open()).peer<Sample>('shared', names, { timeoutMs: 20_000 })
    const answers = await Promise.all(
      ['one', 'two'].map(async (name) => {
        await (await open()).serve('shared', { ...sample, whoAmI: async () => name })
      }),
    ).then(async () => {
      await asker.nothing(ann, {})
      await pause(300)
      return await Promise.all(Array.from({ length: 40 }, () => asker.whoAmI(ann, {})))
    })
    assert.deepEqual([...new Set(answers)].sort(), ['one', 'two'])
  })

  it('tells hints to other processes, and each listener once', async () => {
    const [one, two] = await Promise.all([open(), open()])
    const heard: string[] = []
    one.subscribe('changed', ({ stackId }) => heard.push(`one ${stackId}`))
    two.subscribe('changed', ({ stackId }) => heard.push(`two ${stackId}`))
    two.subscribe('settled', ({ stackId }) => heard.push(`settled ${stackId}`))
    for (let i = 0; i < 100 && !heard.includes('two ready'); i++) {
      one.publish({ kind: 'changed', stackId: 'ready' })
      await pause(50)
    }
    heard.length = 0
    one.publish({ kind: 'changed', stackId: 's' })
    await pause(200)
    assert.deepEqual(heard.sort(), ['one s', 'two s'])
  })

  it('gives a call to another when the process that had begun it dies', async () => {
    const asker = (await open()).peer<Sample>('dying', names, { timeoutMs: 20_000 })
    const asked = asker.slow(ann, { ms: 60_000 })
    await dieAnswering('dying')
    await (await open()).serve('dying', { ...sample, slow: async () => 'by another' })
    assert.equal(await asked, 'by another')
  })

  it('does not let one call take down more than two processes', async () => {
    const asker = (await open()).peer<Sample>('deadly', names, { timeoutMs: 20_000 })
    const asked = problemOf(asker.slow(ann, { ms: 60_000 }), 'HTTPServiceUnavailable')
    await dieAnswering('deadly')
    await dieAnswering('deadly')
    const third: string[] = []
    await (await open()).serve('deadly', { ...sample, slow: async () => void third.push('begun') as never })
    await asked
    assert.deepEqual(third, [])
  })

  it('asks another when the process that took a call sleeps, and lets it sleep over no call that was answered (§2)', async () => {
    const asleep = spawn(process.execPath, [servingProcess, broker.url, 'asleep'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    processes.add(asleep)
    let said = ''
    asleep.stdout.on('data', (chunk) => {
      said += String(chunk)
    })
    const here = async () => 'here'
    await (await open()).serve('asleep', { ...sample, whoAmI: here, slow: here })
    const asker = (await open()).peer<Sample>('asleep', names, { timeoutMs: 60_000, repeatable: ['slow'] })
    for (const met = new Set<string>(); met.size < 2; await pause(50)) met.add(await asker.whoAmI(ann, {}))
    asleep.kill('SIGSTOP')
    const since = Date.now()
    const took = await Promise.all(
      Array.from({ length: 20 }, async () => {
        assert.equal(await asker.slow(ann, { ms: 0 }), 'here')
        return Date.now() - since
      }),
    )
    took.sort((a, b) => a - b)
    asleep.kill('SIGCONT')
    await pause(2000)
    assert.ok((took[0] ?? 0) < 2000 && (took[16] ?? 0) < 13_000 && (took[19] ?? 0) < 25_000, took.join(' '))
    assert.ok((took[19] ?? 0) > 4000, `it took no call: ${took.join(' ')}`)
    assert.doesNotMatch(said, /begun/)
    asleep.kill('SIGKILL')
  })

  it('asks nobody else while whoever has a call says that it is under way', async () => {
    const asker = (await open()).peer<Sample>('long', names, { timeoutMs: 60_000, repeatable: ['slow'] })
    const begun: string[] = []
    for (const name of ['one', 'two'])
      await (await open()).serve('long', {
        ...sample,
        slow: async () => {
          begun.push(name)
          await pause(12_000)
          return name
        },
      })
    await asker.slow(ann, { ms: 0 })
    assert.equal(begun.length, 1)
  })

  it('does not let a call that may be made again take down every process', async () => {
    const asker = (await open()).peer<Sample>('deadlier', names, { timeoutMs: 24_000, repeatable: ['slow'] })
    const asked = problemOf(asker.slow(ann, { ms: 60_000 }), 'HTTPServiceUnavailable')
    for (let i = 0; i < 4; i++) await dieAnswering('deadlier')
    const fifth: string[] = []
    await (await open()).serve('deadlier', {
      ...sample,
      slow: async () => void fifth.push('begun') as never,
    })
    await asked
    assert.deepEqual(fifth, [])
  })

  it('gives work in hand to another at once when the process that has it dies, and says so (§2)', async () => {
    const bus = await open()
    const doomed = spawn(process.execPath, [servingProcess, broker.url, 'any', 'inheritance'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    processes.add(doomed)
    bus.hand('inheritance', 'stack')
    for await (const chunk of doomed.stdout) if (String(chunk).includes('took stack')) break
    const died = Date.now()
    doomed.kill('SIGKILL')
    const got = Promise.withResolvers<readonly [string, boolean]>()
    await bus.take('inheritance', async (item, again) => got.resolve([item, again]))
    assert.deepEqual(await got.promise, ['stack', true])
    assert.ok(Date.now() - died < 2000)
  })

  it('keeps work through a restart of the broker', async () => {
    const bus = await open()
    bus.hand('kept', 'stack')
    await pause(1500)
    await broker.kill()
    await broker.start()
    const got = Promise.withResolvers<string>()
    await (await open()).take('kept', async (item) => got.resolve(item))
    assert.equal(await got.promise, 'stack')
  })

  it('goes on with a queue of work that is of another kind than it would make itself', async () => {
    await sendRaw('hearth.work.older', 'stack')
    const bus = await open()
    const got = Promise.withResolvers<string>()
    await bus.take('older', async (item) => got.resolve(item))
    assert.equal(await got.promise, 'stack')
  })

  it('leaves to others what is more than one process has in hand (§2)', async () => {
    const first = new Set<string>()
    const second = new Set<string>()
    const never = new Promise<never>(() => {})
    await (await open()).take('many', async (item) => {
      first.add(item)
      await never
    })
    const bus = await open()
    for (let i = 0; i < 520; i++) bus.hand('many', String(i))
    for (let i = 0; i < 200 && first.size < 500; i++) await pause(50)
    await pause(200)
    assert.equal(first.size, 500)
    await bus.take('many', async (item) => void second.add(item))
    for (let i = 0; i < 200 && second.size < 20; i++) await pause(50)
    assert.deepEqual([first.size, second.size], [500, 20])
  })

  it('passes over what no engine can have put on a queue of work', async () => {
    const bus = await open()
    const got = Promise.withResolvers<string>()
    const ready = Promise.withResolvers<void>()
    await bus.take('strange', async (item) => (item === 'ready' ? ready.resolve() : got.resolve(item)))
    bus.hand('strange', 'ready')
    await ready.promise
    while (!(await isThere('hearth.work.strange'))) await pause(50)
    await sendRaw('hearth.work.strange', 'x'.repeat(100_000))
    bus.hand('strange', 'stack')
    assert.equal(await got.promise, 'stack')
  })

  it('does the work of this process itself while there is no broker', async () => {
    const alone = await open(silent, 'rabbit://guest:guest@127.0.0.1:1')
    const got = Promise.withResolvers<string>()
    await alone.take('own', async (item) => got.resolve(item))
    alone.hand('own', 'stack')
    assert.equal(await got.promise, 'stack')
  })

  it('tells at once that the broker went away, and goes on with the next calls when it is back', async () => {
    const log = remembering()
    const asker = (await open(log)).peer<Sample>('restart', names, { timeoutMs: 60_000 })
    const server = await open()
    await server.serve('restart', { ...sample, slow: async () => await new Promise(() => {}) })
    await asker.nothing(ann, {})
    const lost = problemOf(asker.slow(ann, { ms: 60_000 }), 'HTTPServiceUnavailable')
    await pause(200)
    await broker.kill()
    assert.match(
      (await lost).message,
      /broker was lost meanwhile\. Whether the request was carried out is not known/,
    )
    const meanwhile = asker.whoAmI(ann, {})
    const hasty = (await open()).peer<Sample>('restart', names, { timeoutMs: 300 })
    await problemOf(hasty.whoAmI(ann, {}), 'HTTPServiceUnavailable')
    await broker.start()
    assert.equal(await meanwhile, 'ann')
    const heard = Promise.withResolvers<void>()
    server.subscribe('settled', () => heard.resolve())
    const telling = setInterval(() => void [...opened][0]?.publish({ kind: 'settled', stackId: 's' }), 50)
    await heard.promise
    clearInterval(telling)
    assert.ok(log.told.some(({ message }) => message === 'The connection to the message broker is lost'))
    assert.doesNotMatch(JSON.stringify(log.told), /guest:|anns-secret-token/)
  })

  it('makes a call again that may be, as the same call, when the broker went away meanwhile (§2)', async () => {
    const asker = (await open()).peer<Sample>('repeated', names, { timeoutMs: 60_000, repeatable: ['slow'] })
    const begun: CallContext[] = []
    const answer = Promise.withResolvers<string>()
    await (await open()).serve<Pick<Sample, 'slow'>>('repeated', {
      slow: async (_caller, _ask, context) => {
        if (context !== undefined) begun.push(context)
        return await answer.promise
      },
    })
    const asked = asker.slow(ann, { ms: 0 })
    for (let i = 0; i < 100 && begun.length === 0; i++) await pause(50)
    await broker.kill()
    await broker.start()
    await pause(3000)
    answer.resolve('once')
    assert.equal(await asked, 'once')
    assert.equal(begun.length, 1, 'it is not begun again where it is under way')
  })

  it('goes on to the next of several brokers', async () => {
    const [, address] = broker.url.split('://')
    const url = `rabbit://guest:guest@127.0.0.1:1,${address}`
    const asker = (await open(silent, url)).peer<Sample>('several', names, { timeoutMs: 20_000 })
    await (await open()).serve('several', sample)
    assert.equal(await asker.whoAmI(ann, {}), 'ann')
  })

  it('is open before there is a broker that lets it in', async () => {
    const log = remembering()
    const refused = await open(log, broker.url.replace('guest:guest', 'guest:wrong'))
    await problemOf(
      refused.peer<Sample>('sample', names, { timeoutMs: 500 }).whoAmI(ann, {}),
      'HTTPServiceUnavailable',
    )
    assert.ok(
      log.told.some(
        ({ fields, message }) =>
          message === 'The message broker can not be reached' &&
          /ACCESS.REFUSED/i.test(JSON.stringify(fields)),
      ),
    )
  })
})
