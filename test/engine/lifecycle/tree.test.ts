import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { group, hot, tester, thing } from '../templates.ts'

const none = { type: 'OS::Heat::None' }

const state = ({ action, status }: { readonly action: string; readonly status: string }): string =>
  `${action}_${status}`

/** A group of groups of so many each. */
const groups = (count: number, each: number): JsonMap =>
  group(count, { type: 'OS::Heat::ResourceGroup', properties: { count: each, resource_def: none } })

/** A member, in a group in a group. */
const deep = (member: JsonMap): JsonMap =>
  group(1, { type: 'OS::Heat::ResourceGroup', properties: { count: 1, resource_def: member } })

/** The states of all stacks of a tree, and of all that is in them. */
async function statesIn(play: Scenario, stack: StackIdentity): Promise<ReadonlySet<string>> {
  const stacks = await play.store.tree(stack.id)
  const rows = await Promise.all(stacks.map((one) => play.rows(one)))
  return new Set([...stacks, ...rows.flat()].map(state))
}

const sizeOf = async (play: Scenario, stack: StackIdentity): Promise<number> => {
  const rows = await Promise.all((await play.store.tree(stack.id)).map((one) => play.rows(one)))
  return rows.flat().length
}

describe('a tree', () => {
  it(
    'is no larger than it may be where several of its stacks grow at once (§9, §15)',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ g: group(2, none), h: group(2, none) }))
        await play.settled(stack)
        await play.update(stack, hot({ g: group(5, none), h: group(5, none) }))
        const { status, statusReason } = await play.settled(stack)
        assert.equal(status, 'FAILED')
        assert.match(
          statusReason,
          /RequestLimitExceeded: resources\.[gh]: .*Maximum resources per stack exceeded\.$/,
        )
        assert.equal(await sizeOf(play, stack), 2 + 5 + 2)
        // Who waits for another to shrink has its room.
        const [large, small] = /resources\.h:/.test(statusReason) ? ['g', 'h'] : ['h', 'g']
        const later = { ...group(4, none), depends_on: large }
        await play.update(stack, hot({ [large]: group(4, none), [small]: later }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(await sizeOf(play, stack), 10)
      },
      { options: { maxResourcesPerStack: 10 } },
    ),
  )

  it(
    'counts what is there once when it is updated (§9, §15)',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ g: groups(1, 5) }))
        assert.equal(state(await play.settled(stack)), 'CREATE_COMPLETE')
        await play.update(stack, hot({ g: groups(1, 8) }))
        assert.equal(state(await play.settled(stack)), 'UPDATE_COMPLETE')
        await play.clock.pass(2000)
        await play.update(stack, hot({ g: groups(1, 9) }))
        assert.match(
          (await play.settled(stack)).statusReason,
          /^Resource UPDATE failed: RequestLimitExceeded: resources\.g\.resources\[0\]: /,
        )
      },
      { options: { maxResourcesPerStack: 10 } },
    ),
  )

  it(
    'times out as a whole, when its root does (§8, §9)',
    playing(async (play) => {
      play.yard.pace.buildMs = 600_000
      const begun = play.clock.now()
      const stack = await play.create('web', hot({ g: deep(thing()) }), { timeoutMins: 2 })
      const { statusReason } = await play.settled(stack)
      const took = play.clock.now() - begun
      assert.ok(took >= 120_000 && took < 130_000, `it took ${took} ms`)
      assert.equal(statusReason, 'Timed out')
      assert.deepEqual(await statesIn(play, stack), new Set(['CREATE_FAILED']))
    }),
  )

  it(
    'goes back as a whole when any of it fails, its newest stacks too (§8, §9)',
    playing(async (play) => {
      const template = (size: number, more: Readonly<Record<string, JsonMap>> = {}) =>
        hot({ g: deep(thing({ size })), ...more })
      const stack = await play.create('web', template(1), { disableRollback: false })
      await play.settled(stack)
      const failing = { h: { ...deep(tester({ fail: true })), depends_on: 'g' } }
      await play.update(stack, template(2, failing))
      assert.equal(state(await play.settled(stack)), 'ROLLBACK_COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ size }) => size),
        [1],
      )
      assert.equal((await play.store.tree(stack.id)).length, 3)
    }),
  )

  it(
    'tells from its root where it failed, however deep that is (§9)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: deep(tester({ fail: true })) }))
      assert.match(
        (await play.settled(stack)).statusReason,
        /^Resource CREATE failed: ValueError: resources\.g\.resources\[0\]\.resources\[0\]: Test Resource failed 0$/,
      )
      assert.equal(
        (await play.row(stack, 'g')).statusReason,
        'ValueError: resources.g.resources[0].resources[0]: Test Resource failed 0',
      )
    }),
  )

  it(
    'is deleted though half of it was never made (§9)',
    playing(async (play) => {
      const waiting = { ...deep(thing()), depends_on: 'h' }
      const half = hot({ g: deep(thing()), h: deep(tester({ fail: true })), k: waiting })
      const stack = await play.create('web', half)
      assert.equal(state(await play.settled(stack)), 'CREATE_FAILED')
      await play.delete(stack)
      assert.equal(state(await play.settled(stack)), 'DELETE_COMPLETE')
      assert.deepEqual(play.yard.things, [])
      assert.deepEqual(await play.store.tree(stack.id), [])
    }),
  )

  it(
    'is suspended, resumed and checked to its leaves (§9, §10)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: deep(thing()), h: deep(thing()) }))
      await play.settled(stack)
      for (const action of ['suspend', 'resume', 'check'] as const) {
        await play[action](stack)
        await play.settled(stack)
        assert.deepEqual(await statesIn(play, stack), new Set([`${action.toUpperCase()}_COMPLETE`]))
      }
    }),
  )
})
