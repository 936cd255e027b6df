import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Log } from '../../src/base/log.ts'
import { Problem } from '../../src/base/problem.ts'
import { type Bus, openBus } from '../../src/bus/index.ts'
import type { CallContext } from '../../src/contract/call.ts'
import { StackNotFound } from '../../src/contract/problems.ts'

export interface Told {
  readonly fields: object
  readonly message: string
}

/** A log that remembers what it was told. */
export function remembering(): Log & { readonly told: Told[] } {
  const told: Told[] = []
  const tell = (fields: object, message: string) => void told.push({ fields, message })
  return { told, debug: tell, info: tell, warn: tell, error: tell }
}

interface Asker {
  readonly userId: string
  readonly token: string
}

/** Calls of many kinds, for a bus to carry. */
export interface Sample {
  echo(caller: Asker, ask: unknown): Promise<unknown>
  whoAmI(caller: Asker, ask: object): Promise<string>
  refuse(caller: Asker, ask: { readonly stack: string }): Promise<never>
  breakDown(caller: Asker, ask: object): Promise<never>
  nothing(caller: Asker, ask: object): Promise<void>
  large(caller: Asker, ask: { readonly size: number }): Promise<string>
  slow(caller: Asker, ask: { readonly ms: number }, context?: CallContext): Promise<string>
}

export const names = ['echo', 'whoAmI', 'refuse', 'breakDown', 'nothing', 'large', 'slow'] as const
export const ann: Asker = { userId: 'ann', token: 'anns-secret-token' }

export const sample: Sample = {
  echo: async (_caller, ask) => ask,
  whoAmI: async ({ userId }) => userId,
  refuse: async (_caller, { stack }) => Promise.reject(StackNotFound({ stack })),
  breakDown: async () => Promise.reject(new Error('the password of the database is hunter2')),
  nothing: async () => {},
  large: async (_caller, { size }) => 'x'.repeat(size),
  slow: async (_caller, { ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    return 'done'
  },
}

/** Rejects with a problem of a code, which is returned. */
export async function problemOf(work: Promise<unknown>, code: string): Promise<Problem> {
  const error = await work.then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Problem, String(error))
  assert.equal(error.code, code)
  return error
}

const megabyte = 1024 * 1024

/** What every bus promises, wherever its messages go. `url` is asked for once the tests run. */
export function describeBus(name: string, url: () => string): void {
  describe(`a bus ${name}`, () => {
    const log = remembering()
    let bus: Bus
    let peer: Sample
    before(async () => {
      bus = await openBus({ transportUrl: url(), log })
      await bus.serve('sample', sample)
      peer = bus.peer<Sample>('sample', names, { timeoutMs: 10_000 })
    })
    after(() => bus.close())

    it('carries a call and its answer, with who asks', async () => {
      assert.equal(await peer.whoAmI(ann, {}), 'ann')
      assert.deepEqual(await peer.echo(ann, { a: [1, 'ü', null, { b: true }] }), {
        a: [1, 'ü', null, { b: true }],
      })
      assert.equal(await peer.nothing(ann, {}), undefined)
    })

    it('lets through what JSON can say: what is undefined is dropped', async () => {
      assert.deepEqual(await peer.echo(ann, { kept: 1, dropped: undefined }), { kept: 1 })
      assert.deepEqual(Object.keys((await peer.echo(ann, { dropped: undefined })) as object), [])
    })

    it('keeps all digits of large whole numbers', async () => {
      const ask = {
        large: 123456789012345678901n,
        text: '1234567890123456789',
        list: [-9007199254740993n],
      }
      assert.deepEqual(await peer.echo(ann, ask), ask)
    })

    it('carries many calls at once, each with its own answer', async () => {
      const calls = Array.from({ length: 200 }, (_, i) => peer.echo(ann, { i }))
      assert.deepEqual(
        await Promise.all(calls),
        Array.from({ length: 200 }, (_, i) => ({ i })),
      )
    })

    it('brings a problem back as it was thrown', async () => {
      const { message, status, details } = await problemOf(
        peer.refuse(ann, { stack: 'web' }),
        'EntityNotFound',
      )
      assert.deepEqual(
        { message, status, details },
        { message: 'The Stack (web) could not be found.', status: 404, details: { stack: 'web' } },
      )
    })

    it('says nothing of an error that is no problem, but logs it where it happened', async () => {
      const { message, status } = await problemOf(peer.breakDown(ann, {}), 'InternalError')
      assert.equal(status, 500)
      assert.doesNotMatch(message, /hunter2/)
      const [, reference = ''] = /under ([0-9a-f]+)/.exec(message) ?? []
      const told = log.told.find(({ fields }) => 'reference' in fields && fields.reference === reference)
      assert.match(JSON.stringify(told), /"call":"breakDown".*hunter2/)
    })

    it('refuses a call that nobody has declared', async () => {
      const other = bus.peer<Record<string, Sample['echo']>>('sample', ['constructor', 'unheardOf'], {
        timeoutMs: 10_000,
      })
      const { message } = await problemOf(other.constructor?.(ann, {}) as Promise<unknown>, 'NotSupported')
      assert.equal(message, 'constructor is not supported.')
      await problemOf(other.unheardOf?.(ann, {}) as Promise<unknown>, 'NotSupported')
    })

    it('refuses what is too large for it, on the way there and on the way back', async () => {
      const there = await problemOf(peer.echo(ann, 'x'.repeat(17 * megabyte)), 'RequestLimitExceeded')
      assert.match(there.message, /The request is 178\d+ bytes large/)
      const back = await problemOf(peer.large(ann, { size: 17 * megabyte }), 'RequestLimitExceeded')
      assert.match(back.message, /The answer is 178\d+ bytes large, .* Ask for less at once/)
      assert.equal(((await peer.large(ann, { size: 5 * megabyte })) as string).length, 5 * megabyte)
    })

    it('gives up on an answer that does not come in time', async () => {
      const hasty = bus.peer<Sample>('sample', names, { timeoutMs: 50 })
      const { status, message } = await problemOf(hasty.slow(ann, { ms: 300 }), 'HTTPServiceUnavailable')
      assert.equal(status, 503)
      assert.equal(message, 'No engine answered slow within 0.05 seconds.')
    })

    it('tells whoever answers that nobody waits any more, because the caller left or its time is over (§2)', async () => {
      const stopped: string[] = []
      const both = Promise.withResolvers<void>()
      const served = await bus.serve<Pick<Sample, 'slow'>>('left', {
        slow: async (_caller, _ask, context) => {
          context?.signal.addEventListener('abort', () => {
            if (stopped.push(String(context.signal.reason)) === 2) both.resolve()
          })
          return await new Promise(() => {})
        },
      })
      const leaving = new AbortController()
      const left = bus.peer<Pick<Sample, 'slow'>>('left', ['slow'], { timeoutMs: 60_000 })
      const asked = problemOf(left.slow(ann, { ms: 0 }, leaving.signal as never), 'HTTPServiceUnavailable')
      const hasty = bus.peer<Pick<Sample, 'slow'>>('left', ['slow'], { timeoutMs: 300 })
      const late = problemOf(hasty.slow(ann, { ms: 0 }), 'HTTPServiceUnavailable')
      await new Promise((resolve) => setTimeout(resolve, 200))
      leaving.abort()
      assert.equal((await asked).message, 'The caller has gone.')
      await late
      await both.promise
      void served.close()
    })

    it('keeps a call for somebody to serve its topic, as long as its caller waits', async () => {
      const late = bus.peer<Sample>('late', names, { timeoutMs: 10_000 })
      const hasty = bus.peer<Sample>('late', names, { timeoutMs: 100 })
      const asked = late.whoAmI(ann, {})
      await problemOf(hasty.whoAmI(ann, {}), 'HTTPServiceUnavailable')
      const served = await bus.serve('late', sample)
      assert.equal(await asked, 'ann')
      await served.close()
    })

    it('lets calls under way be answered before serving ends', async () => {
      const served = await bus.serve('ending', sample)
      const ending = bus.peer<Sample>('ending', names, { timeoutMs: 10_000 })
      await ending.nothing(ann, {})
      const asked = ending.slow(ann, { ms: 100 })
      await new Promise((resolve) => setTimeout(resolve, 50))
      await served.close()
      assert.equal(await asked, 'done')
      await served.close()
    })

    it('tells hints to all who listen to their kind, but not before the teller goes on', async () => {
      const heard: string[] = []
      const settled = Promise.withResolvers<void>()
      bus.subscribe('changed', ({ stackId }) => heard.push(`one ${stackId}`))
      bus.subscribe('changed', () => {
        throw new Error('a listener of no use')
      })
      bus.subscribe('changed', ({ stackId }) => heard.push(`two ${stackId}`))
      bus.subscribe('settled', () => settled.resolve())
      bus.publish({ kind: 'changed', stackId: 's1' })
      assert.deepEqual(heard, [])
      bus.publish({ kind: 'settled', stackId: 's1' })
      await settled.promise
      assert.deepEqual(heard, ['one s1', 'two s1'])
    })

    it('gives each item of work to one of those who take it, in turn', async () => {
      const got = { a: [] as string[], b: [] as string[] }
      const taker = (name: 'a' | 'b') => async (item: string) => void got[name].push(item)
      const handed = ['0']
      bus.hand('turns', '0')
      const takings = [await bus.take('turns', taker('a')), await bus.take('turns', taker('b'))]
      const isOver = () =>
        got.a.length > 0 && got.b.length > 0 && got.a.length + got.b.length === handed.length
      for (let i = 1; i < 100 && !isOver(); i++) {
        if (got.a.length === 0 || got.b.length === 0) {
          handed.push(String(i))
          bus.hand('turns', String(i))
        }
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
      assert.deepEqual([...got.a, ...got.b].sort(), handed.sort())
      assert.ok(got.a.length > 0 && got.b.length > 0)
      await Promise.all(takings.map((taking) => taking.close()))
    })

    it('goes on to give out work after some of it failed', async () => {
      const done = Promise.withResolvers<string>()
      const taking = await bus.take('failing', async (item) => {
        if (item === 'bad') throw new Error('of no use')
        done.resolve(item)
      })
      bus.hand('failing', 'bad')
      bus.hand('failing', 'good')
      assert.equal(await done.promise, 'good')
      await taking.close()
    })

    it('ends all waiting when it is closed', async () => {
      const closing = await openBus({ transportUrl: url(), log })
      const asked = closing.peer<Sample>('nobody', names, { timeoutMs: 10_000 }).whoAmI(ann, {})
      const refused = problemOf(asked, 'HTTPServiceUnavailable')
      await closing.close()
      assert.equal((await refused).message, 'The service is stopping.')
    })

    it('never logs a token', () => {
      assert.doesNotMatch(JSON.stringify(log.told), /anns-secret-token/)
    })
  })
}
