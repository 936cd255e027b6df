import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import type { StackRow } from '../../../src/store/index.ts'
import type { Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing } from '../templates.ts'

const nested = `
heat_template_version: 2021-04-16
parameters:
  size: {type: number, default: 1, constraints: [{range: {max: 10}}]}
  names: {type: comma_delimited_list, default: []}
resources:
  x: {type: Test::Thing, properties: {size: {get_param: size}}}
  z: {type: Test::Thing, properties: {base: [{get_resource: x}]}, depends_on: x}
outputs:
  id: {value: {get_resource: x}}
  joined: {value: {list_join: ['+', {get_param: names}]}}
`

const own = {
  environment: { resource_registry: { 'My::Own': 'own.yaml' } },
  files: { 'own.yaml': nested },
}

const ofOwn = (properties: JsonMap = {}, more: JsonMap = {}): JsonMap => ({
  type: 'My::Own',
  properties,
  ...more,
})

async function childOf(play: Scenario, stack: { readonly id: string }, name: string): Promise<StackRow> {
  const child = await play.store.stack((await play.row(stack, name)).physicalId ?? '')
  assert.ok(child !== undefined)
  return child
}

const output = async (play: Scenario, stack: StackIdentity, key: string): Promise<unknown> =>
  (await play.shown(stack)).outputs?.find(({ output_key }) => output_key === key)?.output_value

describe('a nested stack', () => {
  it(
    'is a stack of its own, with its own events, named after its resource',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn({ size: 3 }) }), own)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const child = await childOf(play, stack, 'a')
      assert.match(child.name, /^web-a-[a-z2-7]{12}$/)
      assert.deepEqual(
        [child.action, child.status, child.parentId, child.rootId, child.depth, child.parentResourceName],
        ['CREATE', 'COMPLETE', stack.id, stack.id, 1, 'a'],
      )
      assert.deepEqual((await play.events(child)).slice(0, 2), [
        `${child.name} CREATE_IN_PROGRESS`,
        'x CREATE_IN_PROGRESS',
      ])
      assert.equal(play.yard.of('x')?.size, 3)
    }),
  )

  it(
    'gives its outputs and what is inside it as attributes, and its name as a reference',
    playing(async (play) => {
      const outputs = {
        id: { value: { get_attr: ['a', 'id'] } },
        joined: { value: { get_attr: ['a', 'joined'] } },
        inner: { value: { get_attr: ['a', 'resource.x'] } },
        size: { value: { get_attr: ['a', 'resource.x', 'size'] } },
        none: { value: { get_attr: ['a', 'resource.q', 'size'] } },
        reference: { value: { get_resource: 'a' } },
      }
      const stack = await play.create(
        'web',
        hot({ a: ofOwn({ size: 4, names: ['p', 'q'] }) }, { outputs }),
        own,
      )
      await play.settled(stack)
      const child = await childOf(play, stack, 'a')
      const x = play.yard.of('x')
      assert.deepEqual(
        (await play.shown(stack)).outputs?.map(({ output_value }) => output_value),
        [x?.id, 'p+q', x?.id, 4, null, `arn:openstack:heat::project:stacks/${child.name}/${child.id}`],
      )
    }),
  )

  it(
    'tells why an output fails to those who read it, and has the others (§9)',
    playing(async (play) => {
      const broken = `${nested}  broken: {value: {list_join: ['+', {get_attr: [x, size]}]}}\n`
      const files = { 'own.yaml': broken }
      const outputs = {
        id: { value: { get_attr: ['a', 'id'] } },
        broken: { value: { get_attr: ['a', 'broken'] } },
        all: { value: { get_attr: ['a'] } },
      }
      const stack = await play.create('web', hot({ a: ofOwn() }, { outputs }), { ...own, files })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const [id, failing, all] = (await play.shown(stack)).outputs ?? []
      const x = play.yard.of('x')?.id
      assert.equal(id?.output_value, x)
      assert.deepEqual(all?.output_value, { id: x, joined: '', broken: null })
      assert.match(String(failing?.output_error), /^Error in a output broken: ./)
      const reader = thing({ labels: { of: { get_attr: ['a', 'broken'] } } })
      await play.update(stack, hot({ a: ofOwn(), reader }), { ...own, files })
      assert.match(
        (await play.settled(stack)).statusReason,
        /^Resource CREATE failed: TemplateOutputError: resources.reader: Error in a output broken: ./,
      )
    }),
  )

  it(
    'is changed with its parameters, and left alone when nothing of it changed',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn({ size: 1 }), b: ofOwn({ size: 1 }) }), own)
      await play.settled(stack)
      const b = await childOf(play, stack, 'b')
      play.yard.deeds.length = 0
      await play.update(stack, hot({ a: ofOwn({ size: 2 }), b: ofOwn({ size: 1 }) }), own)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.deeds.length, 1)
      assert.deepEqual(await childOf(play, stack, 'b'), b)
      assert.equal((await childOf(play, stack, 'a')).action, 'UPDATE')
    }),
  )

  it(
    'is changed when only its file is',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn() }), own)
      await play.settled(stack)
      const files = { 'own.yaml': nested.replace('default: 1', 'default: 7') }
      await play.update(stack, hot({ a: ofOwn() }), { ...own, files })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.yard.of('x')?.size, 7)
    }),
  )

  it(
    'hears of a change of its facade',
    playing(async (play) => {
      const files = {
        'own.yaml':
          'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing, properties: {labels: {resource_facade: metadata}}}}',
      }
      const more = { ...own, files }
      const stack = await play.create('web', hot({ a: ofOwn({}, { metadata: { k: 1 } }) }), more)
      await play.settled(stack)
      await play.update(stack, hot({ a: ofOwn({}, { metadata: { k: 2 } }) }), more)
      await play.settled(stack)
      assert.deepEqual(play.yard.of('x')?.labels, { k: 2 })
    }),
  )

  it(
    'goes with its resource',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn(), b: thing() }), own)
      await play.settled(stack)
      const child = await childOf(play, stack, 'a')
      await play.update(stack, hot({ b: thing() }), own)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok((await play.store.stack(child.id))?.deletedAt)
      assert.deepEqual(play.yard.things.length, 1)
    }),
  )

  it(
    'is made anew if somebody deleted it',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn() }), own)
      await play.settled(stack)
      const { id, name, projectId } = await childOf(play, stack, 'a')
      await play.delete({ id, name, projectId })
      await play.settled({ id, name, projectId })
      await play.update(stack, hot({ a: ofOwn() }), own)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.notEqual((await childOf(play, stack, 'a')).id, id)
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'is deleted while it is being made',
    playing(async (play) => {
      play.yard.pace.buildMs = 600_000
      const stack = await play.create('web', hot({ g: group(2, ofOwn()) }), own)
      await play.when(() => play.yard.things.length === 2)
      const begun = play.clock.now()
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok(play.clock.now() - begun < 10_000)
      assert.deepEqual(play.yard.things, [])
      assert.deepEqual((await play.store.tree(stack.id)).length, 0)
    }),
  )

  describe('that fails', () => {
    const failing = {
      ...own,
      files: {
        'own.yaml': nested.replace(
          'type: Test::Thing, properties: {base',
          'type: OS::Heat::TestResource, properties: {fail: true, value: {get_resource: x}}, metadata: {base',
        ),
      },
    }

    it(
      'tells its parent where it failed',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: ofOwn() }), failing)
        const reason = 'ValueError: resources.a.resources.z: Test Resource failed z'
        assert.equal((await play.settled(stack)).statusReason, `Resource CREATE failed: ${reason}`)
        assert.equal((await play.row(stack, 'a')).statusReason, reason)
      }),
    )

    it(
      'tells of a member of a group by its index, however deep',
      playing(async (play) => {
        const stack = await play.create('web', hot({ g: group(1, ofOwn()) }), failing)
        assert.equal(
          (await play.settled(stack)).statusReason,
          'Resource CREATE failed: ValueError: resources.g.resources[0].resources.z: Test Resource failed z',
        )
      }),
    )

    it(
      'is tried again by the next update, and keeps what was made',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: ofOwn() }), failing)
        await play.settled(stack)
        const { id } = play.yard.of('x') ?? {}
        await play.update(stack, hot({ a: ofOwn() }), own)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual([play.yard.of('x')?.id, play.yard.things.length], [id, 2])
      }),
    )

    it(
      'is rolled back by its parent (§8)',
      playing(async (play) => {
        const stack = await play.create('web', hot({ a: ofOwn({ size: 1 }) }), {
          ...own,
          disableRollback: false,
        })
        await play.settled(stack)
        await play.update(stack, hot({ a: ofOwn({ size: 2 }) }), failing)
        const { action, status } = await play.settled(stack)
        assert.deepEqual([action, status], ['ROLLBACK', 'COMPLETE'])
        assert.deepEqual([play.yard.of('x')?.size, play.yard.of('z')?.base], [1, [play.yard.of('x')?.id]])
      }),
    )

    it(
      'is refused when its parameters, known only now, break a rule',
      playing(async (play) => {
        const resources = {
          s: { type: 'OS::Heat::Value', properties: { value: 99 } },
          a: ofOwn({ size: { get_attr: ['s', 'value'] } }),
        }
        const stack = await play.create('web', hot(resources), own)
        const { statusReason } = await play.settled(stack)
        assert.match(statusReason, /^Resource CREATE failed: StackValidationFailed: resources\.a: /)
        assert.deepEqual(play.yard.things, [])
      }),
    )
  })

  describe('has limits', () => {
    const deep = (levels: number): JsonMap =>
      levels === 0
        ? { type: 'OS::Heat::None' }
        : { type: 'OS::Heat::ResourceGroup', properties: { count: 1, resource_def: deep(levels - 1) } }

    it(
      'is not nested too deep (§15)',
      playing(async (play) => {
        assert.equal((await play.settled(await play.create('ok', hot({ g: deep(5) })))).status, 'COMPLETE')
        await assert.rejects(
          play.create('web', hot({ g: deep(6) })),
          isProblem('StackValidationFailed', /^resources\.g<nested_stack>.*: Recursion depth exceeds 5\.$/),
        )
      }),
    )

    it(
      'does not make its tree larger than one may be (§15)',
      playing(
        async (play) => {
          const none = { type: 'OS::Heat::None' }
          const fits = await play.create('fits', hot({ g: group(4, none), h: group(4, none) }))
          assert.equal((await play.settled(fits)).status, 'COMPLETE')
          const stack = await play.create('web', hot({ g: group(5, none), h: group(4, none) }))
          const { status, statusReason } = await play.settled(stack)
          assert.equal(status, 'FAILED')
          assert.match(
            statusReason,
            /RequestLimitExceeded: resources\.[gh]: Request limit exceeded: Maximum resources per stack exceeded\.$/,
          )
          await play.clock.pass(2000)
          await play.update(fits, hot({ g: group(6, none), h: group(2, none) }))
          await play.settled(fits)
          await play.clock.pass(2000)
          await play.update(fits, hot({ g: group(8, none), h: group(2, none) }))
          assert.equal((await play.settled(fits)).status, 'FAILED')
        },
        { options: { maxResourcesPerStack: 10 } },
      ),
    )
  })

  it(
    'acts with the credential that its root has now',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: ofOwn() }), own)
      await play.settled(stack)
      await play.clock.until(
        play.calls.updateStack(
          { ...bert },
          { stack, template: hot({ a: ofOwn(), b: thing() }), existing: false, ...own },
        ),
      )
      await play.settled(stack)
      assert.deepEqual(play.credentials.discarded, ['anna-1'])
      const { id, name, projectId } = await childOf(play, stack, 'a')
      await play.delete({ id, name, projectId })
      assert.equal((await play.settled({ id, name, projectId })).status, 'COMPLETE')
    }),
  )

  it(
    'restricts what the environment restricts of it',
    playing(async (play) => {
      const registry = {
        ...own.environment.resource_registry,
        resources: { a: { restricted_actions: 'update' } },
      }
      const more = { ...own, environment: { resource_registry: registry } }
      const stack = await play.create('web', hot({ a: ofOwn({ size: 1 }), b: tester() }), more)
      await play.settled(stack)
      await play.update(stack, hot({ a: ofOwn({ size: 1 }), b: tester({ value: 'x' }) }), more)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot({ a: ofOwn({ size: 2 }), b: tester({ value: 'x' }) }), more)
      assert.match((await play.settled(stack)).statusReason, /ResourceActionRestricted: resources\.a: update/)
      assert.equal(play.yard.of('x')?.size, 1)
    }),
  )

  it(
    'reads an attribute of it anew when it changed',
    playing(async (play) => {
      const outputs = { size: { value: { get_attr: ['a', 'resource.x', 'size'] } } }
      const stack = await play.create('web', hot({ a: ofOwn({ size: 1 }) }, { outputs }), own)
      await play.settled(stack)
      await play.update(stack, hot({ a: ofOwn({ size: 2 }) }, { outputs }), own)
      await play.settled(stack)
      assert.equal(await output(play, stack, 'size'), 2)
    }),
  )
})

const bert = {
  userId: 'bert',
  userName: 'Bert',
  projectId: 'project',
  projectName: '',
  roles: [],
  isAdmin: false,
}
