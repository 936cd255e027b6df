import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { anna, type Scenario, scenario } from '../../../src/testing/scenario.ts'
import { farStacks } from '../far-stacks.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { hot } from '../templates.ts'

const remote = (p: string, context?: JsonMap, more: JsonMap = {}): JsonMap => ({
  type: 'OS::Heat::Stack',
  properties: { template: 'inner', parameters: { p }, ...(context && { context }), ...more },
})

const two = { region_name: 'RegionTwo' }

const outputs = {
  all: { value: { get_attr: ['r', 'outputs'] } },
  name: { value: { get_attr: ['r', 'stack_name'] } },
  reference: { value: { get_resource: 'r' } },
}

const shown = async (play: Scenario, stack: Parameters<Scenario['shown']>[0]) =>
  Object.fromEntries(
    ((await play.shown(stack)).outputs ?? []).map((one) => [one.output_key, one.output_value]),
  )

const reasonOf = async (play: Scenario, stack: Parameters<Scenario['settled']>[0]) =>
  (await play.settled(stack)).statusReason.replace(/ \(yard: .*?\)/, '')

describe('a stack of another orchestration service', () => {
  it(
    'is made in another region under its physical name, with the files and the environment of its stack (§9)',
    playing(async (play) => {
      const far = farStacks(play)
      const stack = await play.create('web', hot({ r: remote('one', two) }, { outputs }), {
        files: { 'a.yaml': 'text' },
        environment: { parameter_defaults: { q: 1 } },
      })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const [made] = far.stacks
      assert.match(made?.stack_name ?? '', /^web-r-[a-z2-7]{12}$/)
      assert.deepEqual(
        [made?.place, made?.body.disable_rollback, made?.body.files],
        ['RegionTwo', true, { 'a.yaml': 'text' }],
      )
      assert.match(JSON.stringify(made?.body.environment), /"parameter_defaults":\{"q":1\}/)
      assert.deepEqual(await shown(play, stack), {
        all: { p: 'one' },
        name: made?.stack_name,
        reference: made?.id,
      })
    }),
  )

  it(
    'is all that a trust is passed on for, from when it is first asked for',
    playing(async (play) => {
      farStacks(play)
      const plain = { n: { type: 'OS::Heat::Value', properties: { value: 'v' } } }
      const stack = await play.create('web', hot(plain))
      await play.settled(stack)
      await play.update(stack, hot({ ...plain, r: remote('one', two) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot(plain))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.credentials.given, ['anna-1', 'anna-2 to pass on'])
    }),
  )

  it(
    'is updated whenever its stack is, and replaced when its region changes',
    playing(async (play) => {
      const far = farStacks(play)
      const stack = await play.create('web', hot({ r: remote('one', two) }, { outputs }))
      await play.settled(stack)
      await play.update(stack, hot({ r: remote('one', two) }, { outputs }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot({ r: remote('two', two) }, { outputs }))
      await play.settled(stack)
      assert.deepEqual(far.deeds, ['CREATE', 'UPDATE', 'UPDATE'])
      assert.deepEqual((await shown(play, stack)).all, { p: 'two' })
      await play.update(stack, hot({ r: remote('two', { region_name: 'RegionThree' }) }, { outputs }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        far.stacks.map(({ place, stack_status }) => `${place} ${stack_status}`),
        ['RegionTwo DELETE_COMPLETE', 'RegionThree CREATE_COMPLETE'],
      )
    }),
  )

  it(
    'is kept by a snapshot there, once though an engine dies, and brought back to it (§9, §10)',
    playing(
      async (play) => {
        const first = await play.worker()
        const far = farStacks(play)
        const stack = await play.create('web', hot({ r: remote('one', two) }))
        await play.settled(stack)
        const ask = { stack, name: 'kept' }
        const { id: snapshot } = await play.clock.until(play.calls.createSnapshot(anna, ask))
        await play.when(() => far.snapshots.length === 1)
        first.life.end()
        await play.worker()
        assert.equal((await play.settled(stack)).statusReason, 'Stack SNAPSHOT completed successfully')
        assert.equal(far.snapshots.length, 1)
        await play.update(stack, hot({ r: remote('two', two) }))
        await play.settled(stack)
        assert.deepEqual(far.stacks[0]?.body.parameters, { p: 'two' })
        await play.clock.until(play.calls.restoreSnapshot(anna, { stack, snapshot }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(far.stacks[0]?.body.parameters, { p: 'one' })
        assert.equal(far.stacks[0]?.body.template, JSON.stringify({ of: 'inner' }))
        assert.equal(far.stacks.length, 1)
      },
      { workers: 0 },
    ),
  )

  it(
    'is in another cloud for whom a secret says who one is there',
    playing(async (play) => {
      const auth = {
        auth_url: 'http://far.cloud/v3',
        application_credential_id: 'i',
        application_credential_secret: 's',
      }
      const far = farStacks(play, {
        good: JSON.stringify({ auth_type: 'v3applicationcredential', auth }),
        bad: 'no JSON',
        empty: '{}',
      })
      const stack = await play.create('web', hot({ r: remote('one', { credential_secret_id: 'good' }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(far.stacks[0]?.place, 'http://far.cloud/v3')
      const reasons = {
        bad: 'Failed to parse credential, please check your Stack Credential format.',
        empty: "Missing key in auth information, the correct format contains ['auth_type', 'auth'].",
        none: 'Not Found. Sorry but your secret is in another castle.',
      }
      for (const [secret, reason] of Object.entries(reasons)) {
        const refused = play.create('web-2', hot({ r: remote('one', { credential_secret_id: secret }) }))
        const begin = 'Cannot establish connection to Heat endpoint at remote cloud due to'
        await assert.rejects(refused, isProblem('StackValidationFailed', `${begin} "${reason}"`))
      }
    }),
  )

  const refused =
    'Failed validating stack template using Heat endpoint at region "RegionTwo" due to "ERROR: The template is no good."'

  it(
    'is asked for in vain where its template is refused there (§9)',
    playing(async (play) => {
      const far = farStacks(play)
      far.refuses = 'inner'
      const template = hot({ r: remote('one', two) })
      await assert.rejects(play.create('web', template), isProblem('StackValidationFailed', refused))
      const asked = play.clock.until(play.calls.previewStack(anna, { name: 'web', template }))
      await assert.rejects(asked, isProblem('StackValidationFailed', refused))
      far.refuses = undefined
      const stack = await play.create('web', template)
      await play.settled(stack)
      far.refuses = 'inner'
      await assert.rejects(play.update(stack, template), isProblem('StackValidationFailed', refused))
      assert.deepEqual(far.deeds, ['CREATE'])
    }),
  )

  it(
    'is asked for again when its turn comes, if nobody there could say',
    playing(async (play) => {
      const far = farStacks(play)
      far.isAway = true
      const stack = await play.create('web', hot({ r: remote('one', two) }))
      far.isAway = false
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'is not begun where its template is refused when its turn comes, and tells why it failed there',
    playing(async (play) => {
      const far = farStacks(play)
      far.refuses = 'inner'
      const parameters = { p: { get_attr: ['n', 'value'] } }
      const late = { r: remote('one', two, { parameters }), n: { type: 'OS::Heat::RandomString' } }
      const stack = await play.create('web', hot(late))
      assert.equal(
        await reasonOf(play, stack),
        `Resource CREATE failed: StackValidationFailed: resources.r: ${refused}`,
      )
      assert.deepEqual(far.stacks, [])
      far.refuses = undefined
      await play.update(stack, hot({ r: remote('one', two) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      far.failing.add('UPDATE')
      await play.update(stack, hot({ r: remote('two', two) }))
      assert.equal(
        await reasonOf(play, stack),
        'Resource UPDATE failed: ResourceInError: resources.r: Went to status UPDATE_FAILED due to "It broke."',
      )
    }),
  )

  it(
    'is suspended, resumed and checked with its stack, and replaced when a check found it failed',
    playing(async (play) => {
      const far = farStacks(play)
      const stack = await play.create('web', hot({ r: remote('one', two) }))
      await play.settled(stack)
      for (const call of ['suspendStack', 'resumeStack', 'checkStack'] as const) {
        await play.clock.until(play.clock.sleep(1))
        await play.clock.until(play.calls[call](anna, { stack }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
      }
      assert.deepEqual(far.deeds, ['CREATE', 'SUSPEND', 'RESUME', 'CHECK'])
      far.failing.add('CHECK')
      await play.clock.until(play.clock.sleep(1))
      await play.clock.until(play.calls.checkStack(anna, { stack }))
      assert.equal((await play.settled(stack)).status, 'FAILED')
      await play.update(stack, hot({ r: remote('one', two) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        far.stacks.map((one) => one.stack_status),
        ['DELETE_COMPLETE', 'CREATE_COMPLETE'],
      )
    }),
  )

  it(
    'is waited for when it goes, and one that is gone already is as good as deleted',
    playing(async (play) => {
      const far = farStacks(play)
      const stack = await play.create('web', hot({ r: remote('one', two) }))
      await play.settled(stack)
      far.failing.add('DELETE')
      await play.delete(stack)
      assert.equal(
        await reasonOf(play, stack),
        'Resource DELETE failed: ResourceInError: resources.r: Went to status DELETE_FAILED due to "It broke."',
      )
      far.stacks.length = 0
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it('is made once and deleted, though an engine dies at any moment', async () => {
    const moments = await playWithDeath(Number.POSITIVE_INFINITY)
    assert.ok(moments > 20)
    for (let diesAt = 1; diesAt <= moments; diesAt += 3) await playWithDeath(diesAt)
  })
})

/** Makes, updates and deletes a stack with an engine that dies at a moment; answers how many moments there were. */
async function playWithDeath(diesAt: number): Promise<number> {
  const play = await scenario({ options: { alone: true } })
  try {
    const far = farStacks(play)
    const doomed = await play.worker({ diesAt })
    let isSucceeded = false
    const succeed = async () => {
      if (!doomed.life.isOver || isSucceeded) return
      isSucceeded = true
      await play.worker()
    }
    const stack = await play.create('web', hot({ r: remote('one', two) }))
    const end = async (): Promise<string> => {
      await play.when(async () => {
        await succeed()
        return (await play.store.deployment(stack.id))?.pending !== true
      })
      const { action, status } = await play.settled(stack)
      return `${action}_${status}`
    }
    assert.equal(await end(), 'CREATE_COMPLETE')
    await play.update(stack, hot({ r: remote('two', two) }))
    assert.equal(await end(), 'UPDATE_COMPLETE')
    assert.deepEqual(
      far.stacks.map(({ stack_status, body }) => [stack_status, body.parameters]),
      [['UPDATE_COMPLETE', { p: 'two' }]],
    )
    await play.delete(stack)
    assert.equal(await end(), 'DELETE_COMPLETE')
    assert.deepEqual(
      far.stacks.map((one) => one.stack_status),
      ['DELETE_COMPLETE'],
    )
    return doomed.life.moments
  } finally {
    await play.end()
  }
}
