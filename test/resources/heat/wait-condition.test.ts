import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { Caller, StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../../engine/playing.ts'
import { hot, tester } from '../../engine/templates.ts'

const waitFor = (condition: JsonMap, handle: JsonMap = {}, more: JsonMap = {}): JsonMap =>
  hot(
    {
      handle: { type: 'OS::Heat::WaitConditionHandle', properties: handle },
      condition: {
        type: 'OS::Heat::WaitCondition',
        properties: { handle: { get_resource: 'handle' }, timeout: 300, ...condition },
      },
      ...(more.resources as JsonMap | undefined),
    },
    { outputs: { data: { value: { get_attr: ['condition', 'data'] } } } },
  )

async function waiting(play: Scenario, template: JsonMap): Promise<StackIdentity> {
  const stack = await play.create('web', template)
  await play.when(async () => (await play.rows(stack)).some(({ notes }) => notes['waits since']))
  return stack
}

const metadata = (play: Scenario, stack: StackIdentity, resource = 'handle') =>
  play.clock.until(play.calls.showMetadata(anna, { stack, resource }))

const output = async (play: Scenario, stack: StackIdentity) =>
  (await play.shown(stack)).outputs?.[0]?.output_value

const attributes = async (play: Scenario, stack: StackIdentity) =>
  (await play.clock.until(play.calls.showResource(anna, { stack, resource: 'handle', withAttributes: [] })))
    .attributes

describe('a wait condition', () => {
  it(
    'is ready when its handle was told of success often enough; what is not said has a default (§13)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({ count: 3 }))
      await play.signal(stack, 'handle')
      await play.signal(stack, 'handle', { data: 'x', reason: 'because', id: 'mine' })
      await play.signal(stack, 'handle', { id: 'mine', data: 'y' })
      await play.clock.pass(20_000)
      assert.equal((await play.shown(stack)).status, 'IN_PROGRESS')
      await play.signal(stack, 'handle', { status: 'SUCCESS' })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(await metadata(play, stack), {
        1: { status: 'SUCCESS', data: null, reason: 'Signal 1 received' },
        mine: { status: 'SUCCESS', data: 'y', reason: 'Signal 3 received' },
        3: { status: 'SUCCESS', data: null, reason: 'Signal 3 received' },
      })
      const events = await play.store.listEvents([stack.id], {
        filters: { resource_action: ['SIGNAL'] },
        sortDir: 'asc',
      })
      assert.deepEqual(
        events.map(({ action, status, statusReason }) => `${action}_${status} ${statusReason}`)[1],
        'SIGNAL_COMPLETE Signal: status:SUCCESS reason:because',
      )
    }),
  )

  it(
    'counts a signal without an ID as another, though one had been given the ID that is next (§13)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({ count: 2 }))
      await play.signal(stack, 'handle', { id: '2' })
      await play.signal(stack, 'handle')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(Object.keys(await metadata(play, stack)), ['2', '3'])
    }),
  )

  it(
    'hears what its handle is told that had been replaced and is gone back to (§5)',
    playing(async (play) => {
      const { resources } = waitFor({ count: 1 }) as { resources: Record<string, JsonMap> }
      const { handle = {}, condition = {} } = resources
      const stack = await play.create('web', hot({ handle }))
      await play.settled(stack)
      const other = { ...handle, properties: { signal_transport: 'HEAT_SIGNAL' } }
      await play.update(stack, hot({ handle: other, broken: tester({ fail: true, wait_secs: 5 }) }))
      assert.equal((await play.settled(stack)).status, 'FAILED')
      await play.update(stack, hot({ handle, condition }))
      await play.when(async () => (await play.rows(stack)).some(({ notes }) => notes['waits since']))
      await play.signal(stack, 'handle')
      const { status, statusReason } = await play.settled(stack)
      assert.equal(status, 'COMPLETE', statusReason)
    }),
  )

  it(
    'fails by the reasons of failures, and when its time is over by what came until then (§13)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({ count: 3 }))
      await play.signal(stack, 'handle', { status: 'FAILURE', reason: 'no disk' })
      assert.equal(
        (await play.settled(stack)).statusReason,
        'Resource CREATE failed: WaitConditionFailure: resources.condition: no disk',
      )
      const late = await play.create('late', waitFor({ count: 3, timeout: 60 }))
      await play.when(async () => (await play.rows(late)).some(({ notes }) => notes['waits since']))
      await play.signal(late, 'handle', { reason: 'one' })
      await play.signal(late, 'handle', { reason: 'two' })
      assert.equal(
        (await play.settled(late)).statusReason,
        'Resource CREATE failed: WaitConditionTimeout: resources.condition: 2 of 3 received - one;two',
      )
      const silent = await play.create('silent', waitFor({ timeout: 60 }))
      assert.match((await play.settled(silent)).statusReason, /resources\.condition: 0 of 1 received$/)
    }),
  )

  it(
    'refuses signals that are no such thing (§13)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      for (const wrong of [{ status: 'GOOD' }, { other: 1 }, 'text', [1]])
        await assert.rejects(play.signal(stack, 'handle', wrong), { message: 'Metadata format invalid' })
      assert.deepEqual(await metadata(play, stack), {})
    }),
  )

  it(
    'refuses what is no handle',
    playing(async (play) => {
      const stack = await play.create('web', waitFor({ handle: 'nonsense' }))
      assert.equal(
        (await play.settled(stack)).statusReason,
        'Resource CREATE failed: ValueError: resources.condition: nonsense is not a valid wait condition handle.',
      )
    }),
  )

  it(
    'shows the data of all signals, also of those that came later, to outputs and metadata (§12)',
    playing(async (play) => {
      const reader = {
        type: 'OS::Heat::TestResource',
        metadata: { heard: { get_attr: ['condition', 'data'] } },
      }
      const stack = await waiting(play, waitFor({}, {}, { resources: { reader } }))
      await play.signal(stack, 'handle', { data: { a: 1 } })
      await play.settled(stack)
      assert.equal(await output(play, stack), '{"1": {"a": 1}}')
      await play.signal(stack, 'handle', { data: 'more' })
      assert.equal(await output(play, stack), '{"1": {"a": 1}, "2": "more"}')
      assert.deepEqual(await metadata(play, stack, 'reader'), { heard: '{"1": {"a": 1}, "2": "more"}' })
    }),
  )

  it(
    'is read anew by each update for those who use its data (§13)',
    playing(async (play) => {
      const reader = {
        type: 'OS::Heat::TestResource',
        properties: { value: { get_attr: ['condition', 'data'] } },
      }
      const template = waitFor({}, {}, { resources: { reader } })
      const stack = await waiting(play, template)
      await play.signal(stack, 'handle', { data: 'first' })
      await play.settled(stack)
      await play.signal(stack, 'handle', { data: 'second' })
      const read = async () => (await play.row(stack, 'reader')).properties?.value
      assert.equal(await read(), '{"1": "first"}')
      await play.update(stack, template)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(await read(), '{"1": "first", "2": "second"}')
      const before = (await play.events(stack)).length
      await play.update(stack, template)
      await play.settled(stack)
      assert.deepEqual((await play.events(stack)).slice(before), [
        'web UPDATE_IN_PROGRESS',
        'web UPDATE_COMPLETE',
      ])
    }),
  )

  it(
    'waits again for another count, and is replaced for another time; only when it goes the signals go (§13)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      await play.signal(stack, 'handle')
      await play.settled(stack)
      const before = await play.row(stack, 'condition')
      await play.update(stack, waitFor({ count: 2 }))
      await play.when(async () => (await play.row(stack, 'condition')).notes['waits since'] !== undefined)
      await play.signal(stack, 'handle')
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal((await play.row(stack, 'condition')).physicalId, before.physicalId)
      await play.update(stack, waitFor({ count: 2, timeout: 400 }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.notEqual((await play.row(stack, 'condition')).physicalId, before.physicalId)
      assert.deepEqual(Object.keys(await metadata(play, stack)), ['1', '2'])
      await play.update(stack, hot({ handle: { type: 'OS::Heat::WaitConditionHandle' } }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(await metadata(play, stack), {})
    }),
  )
})

describe('a wait condition handle', () => {
  it(
    'has a user with a token, whose project leads back to the stack, and takes both with it (§11)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      const [[project, projectId] = []] = play.users.projects
      assert.equal(project, `project-${stack.id}`)
      const [[name, user] = []] = play.users.users
      const told = await attributes(play, stack)
      const endpoint = `http://hearth/v1/${projectId}/stacks/web/${stack.id}/resources/handle/signal`
      assert.deepEqual(told, {
        token: `token of ${user?.id}`,
        endpoint,
        curl_cli: `curl -i -X POST -H 'X-Auth-Token: token of ${user?.id}' -H 'Content-Type: application/json' -H 'Accept: application/json' ${endpoint}`,
        signal: 'null',
      })
      assert.match(name ?? '', /^web-handle-[a-z2-7]{12}$/)
      assert.match(user?.password ?? '', /^[\w!@#%^&*]{32}$/)
      await play.delete(stack)
      await play.settled(stack)
      assert.deepEqual([...play.users.projects, ...play.users.users], [])
    }),
  )

  it(
    'is signalled by its user, who reaches nothing but its own stacks (§16)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      const other = await play.create('other', hot({ r: { type: 'OS::Heat::RandomString' } }))
      const [projectId = ''] = play.users.projects.values()
      const user = { ...anna, userId: 'user', projectId, roles: ['heat_stack_user'] }
      const seen = await play.clock.until(play.calls.lookupStack(user, { nameOrId: 'web' }))
      assert.deepEqual(seen, { ...stack, projectId })
      const refused = { message: 'The Stack (other) could not be found.' }
      await assert.rejects(play.clock.until(play.calls.lookupStack(user, { nameOrId: 'other' })), refused)
      const metadata = (who: Caller, resource: string) =>
        play.clock.until(play.calls.showMetadata(who, { stack: seen, resource }))
      const own = { ...user, userId: [...play.users.users.values()][0]?.id ?? '' }
      assert.deepEqual(await metadata(own, 'handle'), {})
      const stranger = { code: 'Forbidden', message: 'You are not authorized to use this action.' }
      await assert.rejects(metadata(user, 'handle'), stranger)
      await assert.rejects(metadata(own, 'condition'), stranger)
      const foreign = { stack: { ...other, projectId }, resource: 'r', details: null }
      await assert.rejects(play.clock.until(play.calls.signalResource(user, foreign)), refused)
      await assert.rejects(play.clock.until(play.calls.showMetadata(user, foreign)), refused)
      await play.clock.until(
        play.calls.signalResource(user, { stack: seen, resource: 'handle', details: {} }),
      )
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'gives out credentials to signal with',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}, { signal_transport: 'HEAT_SIGNAL' }))
      const [[name, user] = []] = play.users.users
      const [projectId] = play.users.projects.values()
      assert.deepEqual(JSON.parse(String((await attributes(play, stack))?.signal)), {
        auth_url: 'http://keystone/v3',
        username: name,
        user_id: user?.id,
        password: user?.password,
        project_id: projectId,
        domain_id: 'heat',
        region_name: 'RegionOne',
        alarm_url: `http://hearth/v1/${projectId}/stacks/web/${stack.id}/resources/handle/signal`,
      })
    }),
  )

  it(
    'need not be signalled at all',
    playing(async (play) => {
      const stack = await play.create('web', waitFor({ count: 2 }, { signal_transport: 'NO_SIGNAL' }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal((await attributes(play, stack))?.signal, '{}')
      assert.deepEqual(Object.keys(await metadata(play, stack)), ['1', '2'])
    }),
  )

  it(
    'is refused with its stack where it asks for a way of signalling that is not there (§13)',
    playing(async (play) => {
      for (const way of ['CFN_SIGNAL', 'TEMP_URL_SIGNAL', 'ZAQAR_SIGNAL'])
        await assert.rejects(play.create('web', waitFor({}, { signal_transport: way })), {
          message: new RegExp(
            `^Property error: resources\\.handle\\.properties\\.signal_transport: ${way} takes`,
          ),
        })
      assert.deepEqual(play.users.deeds, [])
    }),
  )

  it(
    'locks its user out while the stack is suspended (§11)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      await play.signal(stack, 'handle')
      await play.settled(stack)
      const isEnabled = () => [...play.users.users.values()][0]?.isEnabled
      await play.suspend(stack)
      await play.settled(stack)
      assert.equal(isEnabled(), false)
      await assert.rejects(play.signal(stack, 'handle'), /Signal resource during SUSPEND is not supported/)
      await play.resume(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(isEnabled(), true)
      await play.signal(stack, 'handle')
    }),
  )

  it(
    'keeps its stack from going if the project of its users can not be deleted (§6)',
    playing(async (play) => {
      const stack = await waiting(play, waitFor({}))
      play.users.holdsProjects = true
      await play.delete(stack)
      const { action, status, statusReason } = await play.settled(stack)
      assert.equal(
        `${action}_${status} ${statusReason}`,
        'DELETE_FAILED Error deleting project: The project stays.',
      )
      play.users.holdsProjects = false
      await play.delete(stack)
      assert.notEqual((await play.settled(stack)).deletedAt, null)
      assert.equal(play.users.projects.size, 0)
    }),
  )
})
