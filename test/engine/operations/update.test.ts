import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { UpdateRequest } from '../../../src/contract/engine.ts'
import type { Caller, StackIdentity } from '../../../src/contract/views.ts'
import { anna, bert, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { hot, tester, thing } from '../templates.ts'

type Ask = Omit<UpdateRequest, 'stack' | 'existing'> & { readonly existing?: boolean }

const update = (play: Scenario, stack: StackIdentity, ask: Ask, caller: Caller = anna): Promise<void> =>
  play.clock.until(play.calls.updateStack(caller, { existing: false, ...ask, stack }))

const parameters = { size: { type: 'number', default: 1 }, color: { type: 'string', default: 'red' } }
const template = hot(
  { a: thing({ size: { get_param: 'size' }, color: { get_param: 'color' } }) },
  { parameters },
)

const looks = ({ yard }: Scenario) => [yard.of('a')?.size, yard.of('a')?.color]

describe('asking for an update', () => {
  it(
    'replaces everything that was said before',
    playing(async (play) => {
      const stack = await play.create('web', template, {
        parameters: { size: 2 },
        tags: ['t'],
        timeoutMins: 9,
      })
      await play.settled(stack)
      await update(play, stack, { template, parameters: { color: 'blue' } })
      const row = await play.settled(stack)
      assert.deepEqual(looks(play), [1, 'blue'])
      assert.deepEqual([row.tags, row.timeoutMins], [[], 9])
    }),
  )

  it(
    'keeps what is not said when only a part is to change',
    playing(async (play) => {
      const stack = await play.create('web', template, {
        parameters: { size: 2, color: 'blue' },
        tags: ['t'],
      })
      await play.settled(stack)
      await update(play, stack, { existing: true, parameters: { size: 3 } })
      const row = await play.settled(stack)
      assert.deepEqual([looks(play), row.tags], [[3, 'blue'], ['t']])
      await update(play, stack, { existing: true, clearParameters: ['size'], tags: ['u'] })
      assert.deepEqual([(await play.settled(stack)).tags, looks(play)], [['u'], [1, 'blue']])
    }),
  )

  it(
    'takes back what its environment registers as null',
    playing(async (play) => {
      const registry = { 'My::Thing': 'Test::Thing', 'My::None': 'OS::Heat::None' }
      const mine = hot({ a: { type: 'My::Thing' } })
      const environment = { resource_registry: registry, parameter_defaults: { x: 1 } }
      const stack = await play.create('web', mine, { environment })
      await play.settled(stack)
      const less = (name: string) => ({ environment: { resource_registry: { [name]: null } } })
      await update(play, stack, { existing: true, ...less('My::N*') })
      const row = await play.settled(stack)
      const stored = (await play.store.template(row.templateId))?.environment
      assert.deepEqual(stored?.resource_registry, { resources: {}, 'My::Thing': 'Test::Thing' })
      assert.deepEqual(stored?.parameter_defaults, { x: 1 })
      await assert.rejects(
        update(play, stack, { existing: true, ...less('My::Thing') }),
        isProblem('StackValidationFailed', /The Resource Type \(My::Thing\) could not be found/),
      )
    }),
  )

  it(
    'forgets parameters that a new template does not have, and keeps the others',
    playing(async (play) => {
      const stack = await play.create('web', template, { parameters: { size: 2, color: 'blue' } })
      await play.settled(stack)
      const { color: _color, ...fewer } = parameters
      const next = hot({ a: thing({ size: { get_param: 'size' } }) }, { parameters: fewer })
      await update(play, stack, { existing: true, template: next })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('a')?.size, 2)
    }),
  )

  it(
    'refuses to change immutable parameters, and names them all',
    playing(async (play) => {
      const fixed = hot(
        { a: tester({ value: { get_param: 'p' } }) },
        {
          parameters: {
            p: { type: 'string', immutable: true },
            q: { type: 'json', immutable: true, default: { a: 1 } },
            r: { type: 'string', default: 'r' },
          },
        },
      )
      const stack = await play.create('web', fixed, { parameters: { p: 'x' } })
      await play.settled(stack)
      await assert.rejects(
        update(play, stack, { template: fixed, parameters: { p: 'y', q: '{"a": 2}', r: 's' } }),
        isProblem('ImmutableParameterModified', /immutable and may not be updated: p, q$/),
      )
      await update(play, stack, { template: fixed, parameters: { p: 'x' } })
    }),
  )

  it(
    "refuses a stack that is not there, is gone, or is somebody else's",
    playing(async (play) => {
      const stack = await play.create('web', template)
      const unknown = isProblem('EntityNotFound', /^The Stack \(.*\) could not be found\.$/)
      await assert.rejects(update(play, { ...stack, id: 'no' }, { template }), unknown)
      await assert.rejects(update(play, { ...stack, projectId: 'other' }, { template }), unknown)
      await assert.rejects(update(play, { ...stack, name: 'shop' }, { template }), unknown)
      await play.delete(stack)
      await play.settled(stack)
      await assert.rejects(update(play, stack, { template }), unknown)
    }),
  )

  it(
    'refuses a stack that is being deleted, or is suspended (§6)',
    playing(async (play) => {
      play.yard.pace.deleteMs = 10_000
      const stack = await play.create('web', template)
      const row = await play.settled(stack)
      const deployment = await play.store.deployment(stack.id)
      const suspended = { ...row, action: 'SUSPEND', status: 'COMPLETE' } as const
      await play.store.retarget({ stack: suspended, askedAt: 0, seen: deployment?.request ?? 0 })
      await assert.rejects(
        update(play, stack, { template }),
        isProblem('NotSupported', /when it is suspended is not supported/),
      )
      await play.delete(stack)
      await assert.rejects(
        update(play, stack, { template }),
        isProblem('NotSupported', /when it is deleting is not supported/),
      )
    }),
  )

  it(
    'never brings back a stack that is deleted at the same moment',
    playing(
      async (play) => {
        const stack = await play.create('web', template)
        await play.worker()
        await play.settled(stack)
        const { retarget } = play.store
        const racing = new Proxy(play.store, {
          get(target, key) {
            if (key !== 'retarget') return Reflect.get(target, key).bind(target)
            return async (target_: Parameters<typeof retarget>[0]) => {
              if (target_.stack.action === 'UPDATE') await play.calls.deleteStack(anna, { stack })
              return await retarget(target_)
            }
          },
        })
        const { calls } = play.engine({ id: 'front', store: racing })
        await assert.rejects(
          play.clock.until(calls.updateStack(anna, { stack, template, existing: false })),
          (error: unknown) => isProblem('NotSupported')(error) || isProblem('EntityNotFound')(error),
        )
        assert.ok((await play.settled(stack)).deletedAt)
        assert.deepEqual(play.yard.things, [])
      },
      { workers: 0 },
    ),
  )

  it(
    'takes partial changes of several people one after the other, and loses none',
    playing(async (play) => {
      const stack = await play.create('web', template)
      await play.settled(stack)
      await Promise.all([
        update(play, stack, { existing: true, parameters: { size: 7 } }),
        update(play, stack, { existing: true, parameters: { color: 'green' } }, bert),
      ])
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(looks(play), [7, 'green'])
    }),
  )

  describe('and what the engine acts with later', () => {
    it(
      'stays what it was while the same user asks and it is good (§11)',
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        await update(play, stack, { template, parameters: { size: 2 } })
        await play.settled(stack)
        assert.deepEqual([play.credentials.given, play.credentials.discarded], [['anna-1'], []])
      }),
    )

    it(
      "is the last user's; what was there before is given back when the stack has come through (§11)",
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        play.yard.interfere = async (_ask, act) => {
          assert.deepEqual(play.credentials.discarded, [])
          return act()
        }
        await update(play, stack, { template, parameters: { size: 2 } }, bert)
        await play.settled(stack)
        await play.clock.pass(100)
        const { given, discarded } = play.credentials
        assert.deepEqual([given, discarded], [['anna-1', 'bert-2'], ['anna-1']])
        const credential = await play.store.credential((await play.store.stack(stack.id))?.credentialId ?? '')
        const kept = { trust: 'bert-2', userId: 'bert', caller: 'bert', who: bert }
        assert.deepEqual(credential?.document, kept)
      }),
    )

    it(
      'is renewed when it gives no access any more (§11)',
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        play.credentials.stale.add('anna-1')
        await update(play, stack, { template, parameters: { size: 2 } })
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        play.credentials.stale.add('anna-2')
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        await play.clock.pass(40_000)
        assert.deepEqual(play.credentials.discarded.sort(), ['anna-1', 'anna-2', 'anna-3'])
      }),
    )

    it(
      'is not taken from an administrator of another project',
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        const admin: Caller = { ...bert, projectId: 'admins', isAdmin: true }
        await update(play, stack, { template, parameters: { size: 2 } }, admin)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(play.credentials.given, ['anna-1'])
      }),
    )

    it(
      'is given back when the stack is gone, a little after, for its last events are told with it (§11)',
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        await play.delete(stack)
        const { credentialId } = await play.settled(stack)
        await play.clock.pass(20_000)
        assert.deepEqual(play.credentials.discarded, [])
        await play.clock.pass(20_000)
        assert.deepEqual(play.credentials.discarded, ['anna-1'])
        assert.equal(await play.store.credential(credentialId ?? ''), undefined)
      }),
    )

    it(
      'is given back after a while if whoever took it died before it was stored, and never before (§11)',
      playing(async (play) => {
        const stack = await play.create('web', template)
        await play.settled(stack)
        const { given, givenAt, discarded } = play.credentials
        for (const [trust, ageMs] of [['stray', 3_600_000] as const, ['young', 0] as const]) {
          given.push(trust)
          givenAt.set(trust, play.clock.now() - ageMs)
        }
        await play.clock.pass(310_000)
        assert.deepEqual(discarded, ['stray'])
      }),
    )

    it(
      'is given back by another engine if the one that deleted the stack is no more (§11)',
      playing(
        async (play) => {
          const first = await play.worker()
          const stack = await play.create('web', template)
          await play.settled(stack)
          await play.delete(stack)
          await play.settled(stack)
          await play.clock.until(first.deployer.stop())
          await play.clock.pass(60_000)
          assert.deepEqual(play.credentials.discarded, [])
          await play.worker()
          await play.clock.pass(100)
          assert.deepEqual(play.credentials.discarded, ['anna-1'])
        },
        { workers: 0 },
      ),
    )
  })
})

describe('asking for a delete', () => {
  it(
    'is done once, however often it is asked',
    playing(async (play) => {
      play.yard.pace.deleteMs = 5000
      const stack = await play.create('web', template)
      await play.settled(stack)
      await play.delete(stack)
      const { request } = (await play.store.deployment(stack.id)) ?? {}
      await play.delete(stack)
      assert.equal((await play.store.deployment(stack.id))?.request, request)
      await play.settled(stack)
      await assert.rejects(play.delete(stack), isProblem('EntityNotFound'))
    }),
  )
})
