import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const allowed = (story: (play: Scenario) => Promise<void>) =>
  playing(story, { options: { enableStackAbandon: true, enableStackAdopt: true } })

const abandon = (play: Scenario, stack: StackIdentity): Promise<JsonMap> =>
  play.clock.until(play.calls.abandonStack(anna, { stack }))

const exported = (play: Scenario, stack: StackIdentity): Promise<JsonMap> =>
  play.clock.until(play.calls.exportStack(anna, { stack }))

const adopt = (play: Scenario, name: string, document: JsonMap, more: JsonMap = {}): Promise<StackIdentity> =>
  play.clock.until(play.calls.createStack(anna, { name, adopt: JSON.stringify(document), ...more }))

const mapIn = (document: JsonMap, ...path: readonly string[]): JsonMap =>
  path.reduce((map, key) => map[key] as JsonMap, document)

const own = {
  environment: { resource_registry: { 'My::Own': 'own.yaml' } },
  files: {
    'own.yaml':
      'heat_template_version: 2021-04-16\nresources: {x: {type: Test::Thing, properties: {size: 4}}}',
  },
}

const small = hot(
  { a: thing({ size: { get_param: 'size' } }, { metadata: { m: 1 } }), b: thingOn(['a']) },
  { parameters: { size: { type: 'number' }, key: { type: 'string', hidden: true, default: 'k' } } },
)

describe('export', () => {
  it(
    'tells all that is known of a stack, as the original does, and changes nothing (§10)',
    allowed(async (play) => {
      const given = { parameters: { size: 3, key: 'hush' }, tags: ['t'] }
      const stack = await play.create('web', small, given)
      await play.settled(stack)
      const { resources, ...rest } = await exported(play, stack)
      const { a, b } = resources as Record<string, JsonMap>
      assert.deepEqual(rest, {
        ...{ name: 'web', id: stack.id, action: 'CREATE', status: 'COMPLETE', files: {}, template: small },
        environment: {
          ...{ parameters: { size: 3, key: 'hush' }, parameter_defaults: {} },
          ...{ resource_registry: { resources: {} }, event_sinks: [] },
        },
        ...{ project_id: 'project', stack_user_project_id: 'project', tags: ['t'] },
      })
      assert.deepEqual(a, {
        ...{ name: 'a', resource_id: play.yard.of('a')?.id, type: 'Test::Thing', action: 'CREATE' },
        ...{ status: 'COMPLETE', metadata: { m: 1 }, resource_data: {} },
      })
      assert.equal(b?.resource_id, play.yard.of('b')?.id)
      assert.equal((await play.shown(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'tells the document of the child in the place of a nested resource (§10)',
    allowed(async (play) => {
      const stack = await play.create('web', hot({ n: { type: 'My::Own' } }), own)
      await play.settled(stack)
      const document = await exported(play, stack)
      const nested = mapIn(document, 'resources', 'n')
      assert.equal(nested.name, (await play.store.stack(String(nested.id)))?.name)
      assert.equal(mapIn(nested, 'resources', 'x').resource_id, play.yard.of('x')?.id)
      assert.equal('resource_id' in nested, false)
    }),
  )

  it(
    'is refused unless it is enabled, as abandoning and adopting are (§15)',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      const refused = (feature: string) => isProblem('NotSupported', RegExp(`^${feature} is not supported.$`))
      await assert.rejects(exported(play, stack), refused('Stack Abandon'))
      await assert.rejects(abandon(play, stack), refused('Stack Abandon'))
      await assert.rejects(adopt(play, 'new', { template: small }), refused('Stack Adopt'))
    }),
  )
})

describe('abandon', () => {
  it(
    'forgets a stack and its nested stacks, leaves their objects, and gives the credential back (§10)',
    allowed(async (play) => {
      const template = hot({ a: thing(), b: thingOn(['a']), g: group(2, thing()), n: { type: 'My::Own' } })
      const stack = await play.create('web', template, own)
      await play.settled(stack)
      const before = play.yard.things.map(({ id }) => id)
      assert.equal(before.length, 5)
      await abandon(play, stack)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status, row.deletedAt !== null], ['DELETE', 'COMPLETE', true])
      assert.deepEqual(await play.store.tree(stack.id), [])
      assert.deepEqual(
        play.yard.things.map(({ id }) => id),
        before,
      )
      await play.clock.pass(40_000)
      assert.deepEqual(play.credentials.discarded, play.credentials.given)
      const events = await play.events(stack)
      assert.equal(events.at(-1), 'web DELETE_COMPLETE')
      for (const name of ['a', 'g', 'n']) {
        const own = events.filter((one) => one.startsWith(`${name} DELETE`))
        assert.deepEqual(own, [`${name} DELETE_IN_PROGRESS`, `${name} DELETE_COMPLETE`])
      }
    }),
  )

  it(
    'is refused while something is under way, which no document could tell of (§10)',
    allowed(async (play) => {
      const stack = await play.create('web', hot({ a: tester({ wait_secs: 50 }) }))
      await play.clock.pass(10_000)
      await assert.rejects(
        abandon(play, stack),
        isProblem('ActionInProgress', /^Stack web already has an action \(CREATE\) in progress.$/),
      )
      await play.settled(stack)
    }),
  )

  it(
    'of what failed leaves what there is of it (§10)',
    allowed(async (play) => {
      play.yard.failing.set('b', 100)
      const stack = await play.create('web', hot({ a: thing(), b: thingOn(['a']) }))
      assert.equal((await play.settled(stack)).status, 'FAILED')
      const document = await abandon(play, stack)
      assert.equal((await play.settled(stack)).deletedAt !== null, true)
      assert.equal(mapIn(document, 'resources', 'a').resource_id, play.yard.of('a')?.id)
      assert.notEqual(play.yard.of('a'), undefined)
    }),
  )
})

describe('adopt', () => {
  it(
    'makes a stack of what an abandoned one had, with its values, and makes nothing in the cloud (§10)',
    allowed(async (play) => {
      const random = { type: 'OS::Heat::RandomString', properties: { length: 9 } }
      const outputs = {
        text: { value: { get_attr: ['r', 'value'] } },
        size: { value: { get_attr: ['a', 'size'] } },
      }
      const template = hot({ a: thing({ size: 2 }), b: thingOn(['a']), r: random }, { outputs })
      const first = await play.create('web', template)
      await play.settled(first)
      const values = (await play.shown(first)).outputs
      const document = await abandon(play, first)
      await play.settled(first)
      play.yard.deeds.length = 0
      const stack = await adopt(play, 'web', document)
      const row = await play.settled(stack)
      assert.deepEqual(
        [row.action, row.status, row.statusReason],
        ['ADOPT', 'COMPLETE', 'Stack ADOPT completed successfully'],
      )
      assert.deepEqual(play.yard.deeds, [])
      assert.deepEqual((await play.shown(stack)).outputs, values)
      const a = await play.row(stack, 'a')
      assert.deepEqual([a.action, a.status, a.physicalId], ['ADOPT', 'COMPLETE', play.yard.of('a')?.id])
      assert.deepEqual((await play.events(stack)).slice(0, 3), [
        'web ADOPT_IN_PROGRESS',
        'a ADOPT_IN_PROGRESS',
        'r ADOPT_IN_PROGRESS',
      ])
      await play.update(stack, hot({ a: thing({ size: 5 }), r: random }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ size }) => size),
        [5],
      )
    }),
  )

  it(
    'goes through nested stacks, and what was adopted is deleted with the stack (§10)',
    allowed(async (play) => {
      const template = hot({ g: group(3, thing({ size: 1 })), n: { type: 'My::Own' } })
      const first = await play.create('web', template, own)
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      play.yard.deeds.length = 0
      const stack = await adopt(play, 'again', document)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ADOPT', 'COMPLETE'], row.statusReason)
      assert.deepEqual(play.yard.deeds, [])
      const [, ...children] = await play.store.tree(stack.id)
      assert.deepEqual(
        children.map(({ action, status }) => `${action}_${status}`),
        ['ADOPT_COMPLETE', 'ADOPT_COMPLETE'],
      )
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  it(
    'only looks again at what the template takes over by its ID (§5, §10)',
    allowed(async (play) => {
      await play.settled(await play.create('other', hot({ o: thing() })))
      const external = { type: 'Test::Thing', external_id: play.yard.of('o')?.id ?? '' }
      const first = await play.create('web', hot({ e: external }))
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const stack = await adopt(play, 'web', document)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ADOPT', 'COMPLETE'], row.statusReason)
      assert.equal((await play.row(stack, 'e')).external, true)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.notEqual(play.yard.of('o'), undefined)
    }),
  )

  it(
    'takes over the user of a resource, who sleeps and goes with it (§10, §12)',
    allowed(async (play) => {
      const first = await play.create('web', hot({ h: { type: 'OS::Heat::WaitConditionHandle' } }))
      await play.settled(first)
      const [user] = play.users.users.values()
      const document = await abandon(play, first)
      await play.settled(first)
      const stack = await adopt(play, 'again', document)
      await play.settled(stack)
      await play.suspend(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(user?.isEnabled, false)
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.equal(play.users.users.size, 0)
    }),
  )

  it(
    "takes the request's parameters before those of the document (§10)",
    allowed(async (play) => {
      const first = await play.create('web', small, { parameters: { size: 3 } })
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const stack = await adopt(play, 'web', document, { parameters: { key: 'new' } })
      await play.settled(stack)
      const environment = await play.clock.until(play.calls.showEnvironment(anna, { stack }))
      assert.deepEqual(environment.parameters, { size: 3, key: '******' })
    }),
  )

  it(
    'fails where the document has no ID, or the object is gone; what is there stays (§4, §10)',
    allowed(async (play) => {
      const first = await play.create('web', small, { parameters: { size: 3 } })
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const { a } = mapIn(document, 'resources')
      const without = await adopt(play, 'one', { ...document, resources: { a } as JsonMap })
      const row = await play.settled(without)
      assert.equal(
        `${row.action}_${row.status} ${row.statusReason}`,
        'ADOPT_FAILED Resource ADOPT failed: Error: resources.b: Resource ID was not provided.',
      )
      const gone = { ...document, resources: { a: { ...(a as JsonMap), resource_id: 'gone' } } }
      const other = await play.settled(await adopt(play, 'two', gone))
      assert.match(
        other.statusReason,
        /^Resource ADOPT failed: NotFound: resources.a: There is no thing gone/,
      )
      assert.equal(play.yard.things.length, 2)
    }),
  )

  it(
    'that fails and rolls back abandons what it had adopted (§8, §10)',
    allowed(async (play) => {
      const template = hot({ a: thing(), g: group(1, thing()), z: thing({}, { depends_on: ['a', 'g'] }) })
      const first = await play.create('web', template)
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const { z: _, ...resources } = mapIn(document, 'resources')
      const before = play.yard.things.length
      const stack = await adopt(play, 'web', { ...document, resources }, { disableRollback: false })
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['ROLLBACK', 'COMPLETE'])
      assert.deepEqual(await play.rows(stack), [])
      assert.equal((await play.store.tree(stack.id)).length, 1)
      assert.equal(play.yard.things.length, before)
    }),
  )

  it(
    'that failed is mended by an update, which makes what is missing (§5, §10)',
    allowed(async (play) => {
      const template = hot({ a: thing({ size: 1 }), b: thingOn(['a']) })
      const first = await play.create('web', template)
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const { a } = mapIn(document, 'resources')
      const stack = await adopt(play, 'web', { ...document, resources: { a } as JsonMap })
      await play.settled(stack)
      await play.update(stack, template)
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['UPDATE', 'COMPLETE'], row.statusReason)
      assert.equal((await play.row(stack, 'a')).physicalId, (a as JsonMap).resource_id)
    }),
  )

  it(
    'that failed is taken up by an update as it was, and changed then to what the update wants (§5, §10)',
    allowed(async (play) => {
      const after = { depends_on: ['a'] }
      const pair = { type: 'Test::Pair', ...after }
      const first = await play.create('web', hot({ a: thing(), b: thing({ size: 1 }, after), p: pair }))
      await play.settled(first)
      const { id } = play.yard.of('b') ?? {}
      const document = await abandon(play, first)
      await play.settled(first)
      const { a: _, ...resources } = mapIn(document, 'resources')
      const stack = await adopt(play, 'web', { ...document, resources })
      assert.equal((await play.settled(stack)).status, 'FAILED')
      await play.update(stack, hot({ b: thing({ size: 5 }), p: thing() }))
      const row = await play.settled(stack)
      assert.deepEqual([row.action, row.status], ['UPDATE', 'COMPLETE'], row.statusReason)
      const b = play.yard.of('b')
      assert.deepEqual([b?.id, b?.size], [id, 5])
      const named = (name: string) => play.yard.things.filter((one) => one.name.startsWith(`web-${name}-`))
      assert.deepEqual([named('a').length, named('p').length], [1, 1])
      assert.equal(named('p')[0]?.id, (await play.row(stack, 'p')).physicalId)
    }),
  )

  it(
    'of which nothing was begun leaves everything when the stack is deleted (§10)',
    allowed(async (play) => {
      const first = await play.create('web', hot({ a: thing(), z: thing({}, { depends_on: 'a' }) }))
      await play.settled(first)
      const document = await abandon(play, first)
      await play.settled(first)
      const resources = { ...mapIn(document, 'resources'), a: {} }
      const stack = await adopt(play, 'web', { ...document, resources })
      assert.equal((await play.settled(stack)).status, 'FAILED')
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things.length, 2)
      assert.ok((await play.events(stack)).every((one) => !one.startsWith('z ')))
    }),
  )

  for (const [what, document, says] of [
    ['no document', '[1]', /^Invalid adopt data: /],
    ['a document without a template', '{}', /^Invalid adopt data: 'template'$/],
    [
      'a document whose resources are a list',
      '{"template": {}, "resources": []}',
      /^Invalid adopt data: the resources/,
    ],
    ['YAML that stands for more than it says', 'a: &a [1,1]\nb: {<<: *b}', /^Invalid adopt data: /],
  ] as const) {
    it(
      `refuses ${what}`,
      allowed(async (play) => {
        await assert.rejects(
          play.clock.until(play.calls.createStack(anna, { name: 'web', adopt: document })),
          isProblem('HTTPBadRequest', says),
        )
      }),
    )
  }
})
