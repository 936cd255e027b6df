import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { JsonMap } from '../../../src/base/json.ts'
import type { ResourceChange, ResourceView } from '../../../src/contract/views.ts'
import { anna, type Scenario, scenario } from '../../../src/testing/scenario.ts'
import { refusal, unreachable } from '../../../src/testing/yard.ts'
import { playing, withNext } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

/** `a: update, because size changed` and so on; what hangs on something unknown has a question mark. */
const said = (changes: readonly ResourceChange[]): readonly string[] =>
  changes.map(
    ({ resource, does, because, perhaps }) =>
      `${resource.name}: ${does}${perhaps ? '?' : ''}, because ${because}`,
  )

describe('the preview of a new stack', () => {
  it(
    'tells what would be made, and makes nothing',
    playing(async (play) => {
      const template = hot(
        { a: thing({ size: 1 }), b: thingOn(['a']) },
        {
          description: 'Two things',
          outputs: { word: { value: 'said' }, a: { value: { get_attr: ['a', 'show'] } } },
        },
      )
      const { stack, resources } = await play.clock.until(
        play.calls.previewStack(anna, { name: 'web', template }),
      )
      assert.equal(stack.description, 'Two things')
      assert.deepEqual(stack.outputs, [
        { output_key: 'word', description: 'No description given', output_value: 'said' },
        { output_key: 'a', description: 'No description given', output_value: null },
      ])
      assert.deepEqual(
        resources
          .map((one) => one as ResourceView)
          .map(({ name, type, requiredBy }) => [name, type, requiredBy]),
        [
          ['a', 'Test::Thing', ['b']],
          ['b', 'Test::Thing', []],
        ],
      )
      assert.equal(await play.clock.until(play.calls.countStacks(anna, {})), 0)
    }),
  )

  it(
    'refuses a name that is taken, or that is none',
    playing(async (play) => {
      await play.create('web', hot({}))
      const preview = (name: string) =>
        play.clock.until(play.calls.previewStack(anna, { name, template: hot({}) }))
      await assert.rejects(preview('web'), isProblem('StackExists'))
      await assert.rejects(preview('1web'), isProblem('StackValidationFailed'))
      const template = hot({ a: thing({ base: ['nowhere'] }) })
      await assert.rejects(
        play.clock.until(play.calls.previewStack(anna, { name: 'other', template })),
        isProblem('StackValidationFailed', /The Thing \(nowhere\) could not be found/),
      )
    }),
  )
})

describe('the preview of an update', () => {
  it(
    'tells for each resource what will be done and why, down to the property',
    playing(async (play) => {
      const before = hot({
        a: thing({ size: 1, color: 'red' }),
        b: thingOn(['a']),
        c: thing(),
        d: thing({ size: 1 }),
      })
      const stack = await play.create('web', before)
      await play.settled(stack)
      const after = hot({
        a: thing({ size: 2, color: 'blue' }),
        b: thingOn(['a']),
        d: thing({ size: 2 }),
        e: thing(),
      })
      const changes = await play.preview(stack, after)
      assert.deepEqual(said(changes), [
        "a: replace, because color can't be changed in place",
        'd: update, because size changed',
        'e: create, because it is not there yet',
        'b: update?, because base changed',
        'c: delete, because it is not wanted any more',
      ])
      assert.deepEqual(changes[0]?.properties, [
        { path: 'size', before: 1, after: 2, replaces: false },
        { path: 'color', before: 'red', after: 'blue', replaces: true },
      ])
      assert.equal(play.yard.deeds.length, 4)
    }),
  )

  it(
    'tells that a name means the same thing as before, and that a type objects',
    playing(async (play) => {
      const session = play.yard.session()
      const body = { thing: { name: 'ground' } }
      await play.clock.until(session.request({ service: ['yard'], method: 'POST', path: '/things', body }))
      const { id } = play.yard.things[0] ?? { id: '' }
      const stack = await play.create('web', hot({ a: thing({ base: ['ground'] }), b: thing({ size: 1 }) }))
      await play.settled(stack)
      assert.deepEqual(
        said(await play.preview(stack, hot({ a: thing({ base: [id] }), b: thing({ size: 13 }) }))),
        ['a: leave, because nothing changed', 'b: replace, because thirteen takes another thing'],
      )
      play.yard.interfere = async () => {
        throw unreachable()
      }
      assert.deepEqual(
        said(await play.preview(stack, hot({ a: thing({ base: [id] }), b: thing({ size: 2 }) }))),
        ['a: update?, because base changed', 'b: update, because size changed'],
      )
    }),
  )

  it(
    'looks whether what failed can be mended',
    playing(
      async (play) => {
        play.yard.failing.set('a', 1)
        play.yard.interfere = withNext(1, 'PATCH', async () => {
          throw refusal('Not now.', { kind: 'bad-request' })
        })
        const resources = { b: thing({ labels: { x: 1 } }) }
        const stack = await play.create('web', hot({ a: thing(), ...resources }))
        await play.settled(stack)
        assert.deepEqual(said(await play.preview(stack, hot({ a: thing(), ...resources }))), [
          "a: replace, because its create failed, and it can't be mended",
          'b: update, because its create failed',
        ])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'shows no secret',
    playing(async (play) => {
      const parameters = { word: { type: 'string', hidden: true } }
      const template = hot(
        { a: thing({ secret: 'one' }), b: thing({ name: { get_param: 'word' } }) },
        { parameters },
      )
      const stack = await play.create('web', template, { parameters: { word: 'sesame' } })
      await play.settled(stack)
      const changes = await play.preview(
        stack,
        hot({ a: thing({ secret: 'two' }), b: thing({ name: 'open' }) }),
      )
      const shown = JSON.stringify(changes)
      for (const secret of ['one', 'two', 'sesame', 'open']) assert.ok(!shown.includes(`"${secret}"`), shown)
    }),
  )

  it(
    'goes into nested stacks, and tells what becomes of a group in the end',
    playing(async (play) => {
      const batches = { update_policy: { rolling_update: { max_batch_size: 1 } } }
      const of = (count: number, size: number) => ({
        ...group(count, { type: 'Test::Thing', properties: { size } }),
        ...batches,
      })
      const stack = await play.create('web', hot({ g: of(2, 1), h: of(1, 1) }))
      await play.settled(stack)
      const changes = await play.preview(stack, hot({ g: of(3, 2), h: of(1, 1) }))
      assert.deepEqual(said(changes), [
        'g: update, because count, resource_def changed',
        'h: leave, because nothing changed',
      ])
      assert.deepEqual(said(changes[0]?.nested ?? []), [
        '0: update, because size changed',
        '1: update, because size changed',
        '2: create, because it is not there yet',
      ])
    }),
  )

  it(
    'tells that a nested stack can not become what is asked',
    playing(
      async (play) => {
        const none = { type: 'OS::Heat::None' }
        const stack = await play.create('web', hot({ g: group(1, none) }))
        await play.settled(stack)
        const [change] = await play.preview(stack, hot({ g: group(99, none) }))
        assert.deepEqual([change?.does, change?.perhaps], ['update', false])
        assert.match(
          change?.because ?? '',
          /^count changed; it will fail: .*Maximum resources per stack exceeded\.$/,
        )
      },
      { options: { maxResourcesPerStack: 10 } },
    ),
  )

  it(
    'tells of the row that the engine would go on with',
    playing(
      async (play) => {
        const template = (color: string) => hot({ a: thing({ color }), b: thingOn(['a']) })
        const stack = await play.create('web', template('red'))
        await play.settled(stack)
        play.yard.failing.set('a', 1)
        await play.update(stack, template('blue'))
        await play.settled(stack)
        assert.deepEqual(said(await play.preview(stack, template('red'))), [
          'a: leave, because nothing changed',
          'b: leave, because nothing changed',
        ])
      },
      { options: { actionRetryLimit: 0 } },
    ),
  )

  it(
    'refuses what the update would be refused for',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing() }))
      await play.settled(stack)
      await assert.rejects(
        play.preview(stack, hot({ a: { type: 'No::Such' } })),
        isProblem('StackValidationFailed'),
      )
      await play.delete(stack)
      await play.settled(stack)
      await assert.rejects(play.preview(stack, hot({})), isProblem('EntityNotFound'))
    }),
  )
})

const sizes = fc.integer({ min: 1, max: 3 })
const colors = fc.constantFrom('red', 'blue')

/** A resource of one of several kinds, which may read those before it. */
const resource = (earlier: readonly string[]): fc.Arbitrary<JsonMap> => {
  const base = fc.subarray([...earlier], { maxLength: Math.min(2, earlier.length) })
  const plain = fc
    .record({ size: sizes, color: colors, base })
    .map(({ base: on, ...rest }) => thingOn(on, rest))
  const holder = fc.record({ color: colors }).map((properties) => ({ type: 'Test::Holder', properties }))
  const words = earlier.length === 0 ? fc.constant<JsonMap>(tester({ value: 'x' })) : reader(earlier)
  const some = fc
    .tuple(fc.integer({ min: 0, max: 2 }), sizes)
    .map(([count, size]) => group(count, { type: 'Test::Thing', properties: { size } }))
  return fc.oneof({ weight: 4, arbitrary: plain }, holder, words, some)
}

/** Something whose value comes from another. */
const reader = (earlier: readonly string[]): fc.Arbitrary<JsonMap> =>
  fc.constantFrom(...earlier).map((name) => tester({ value: { get_resource: name } }))

const template = fc
  .tuple(
    resource([]),
    resource(['a']),
    resource(['a', 'b']),
    resource(['a', 'b', 'c']),
    fc.subarray(['a', 'b', 'c', 'd']),
  )
  .map(([a, b, c, d, left]) => {
    const all: Record<string, JsonMap> = { a, b, c, d }
    for (const [name, one] of Object.entries(all)) all[name] = onThings(one, all)
    for (const name of ['a', 'b', 'c', 'd']) if (!left.includes(name) && !isUsed(all, name)) delete all[name]
    return hot(all)
  })

/** Things stand on things and on nothing else. */
function onThings(one: JsonMap, all: Readonly<Record<string, JsonMap>>): JsonMap {
  const { base, ...rest } = one.properties as JsonMap
  if (!Array.isArray(base)) return one
  const isThing = (other: unknown): boolean =>
    String(all[(other as { get_resource: string }).get_resource]?.type).startsWith('Test::')
  return { ...one, properties: { ...rest, base: base.filter(isThing) } }
}

const isUsed = (all: Readonly<Record<string, JsonMap>>, name: string): boolean =>
  JSON.stringify(all).includes(`"get_resource":"${name}"`)

/** What became of each resource, by its rows before and after. */
async function happened(
  play: Scenario,
  stack: { readonly id: string },
  before: Before,
): Promise<Record<string, string>> {
  const after = new Map((await play.rows(stack)).map((row) => [row.name, row]))
  const events = (await play.events(stack)).slice(before.events)
  return Object.fromEntries(
    [...new Set([...before.rows.keys(), ...after.keys()])].map((name) => {
      const [was, is] = [before.rows.get(name), after.get(name)?.id]
      if (was === undefined) return [name, 'create']
      if (is === undefined) return [name, 'delete']
      if (was !== is) return [name, 'replace']
      return [name, events.includes(`${name} UPDATE_COMPLETE`) ? 'update' : 'leave']
    }),
  )
}

interface Before {
  readonly rows: ReadonlyMap<string, string>
  readonly events: number
}

describe('the plan', () => {
  it('is the act, whatever the templates (§5)', async () => {
    await fc.assert(
      fc.asyncProperty(template, template, async (first, second) => {
        const play = await scenario()
        try {
          await play.worker()
          const stack = await play.create('web', first)
          assert.equal((await play.settled(stack)).status, 'COMPLETE')
          const rows = new Map((await play.rows(stack)).map(({ name, id }) => [name, id]))
          const before = { rows, events: (await play.events(stack)).length }
          const planned = await play.preview(stack, second)
          await play.update(stack, second)
          const { status, statusReason } = await play.settled(stack)
          assert.equal(status, 'COMPLETE', statusReason)
          assertPlanned(planned, await happened(play, stack, before))
          assert.deepEqual(play.yard.disorder, [])
        } finally {
          await play.end()
        }
      }),
      { numRuns: 40 },
    )
  })
})

function assertPlanned(planned: readonly ResourceChange[], acts: Readonly<Record<string, string>>): void {
  assert.deepEqual(planned.map(({ resource: { name } }) => name).sort(), Object.keys(acts).sort())
  for (const {
    resource: { name },
    does,
    perhaps,
    because,
  } of planned) {
    const act = acts[name] ?? ''
    const isMet = act === does || (perhaps && ['leave', 'update', 'replace'].includes(act))
    assert.ok(isMet, `${name}: ${does} was planned (${because}), ${act} was done`)
  }
}
