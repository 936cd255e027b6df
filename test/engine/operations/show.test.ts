import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, bert, type Scenario } from '../../../src/testing/scenario.ts'
import { unreachable } from '../../../src/testing/yard.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing, thingOn } from '../templates.ts'

const template = hot(
  { a: thing({ size: { get_param: 'size' }, name: { get_param: 'word' } }), b: thingOn(['a']) },
  {
    description: 'Two things',
    parameters: { size: { type: 'number', default: 3 }, word: { type: 'string', hidden: true } },
    outputs: {
      size: { description: 'Its size.', value: { get_attr: ['a', 'size'] } },
      broken: { value: { list_join: [',', { get_param: 'size' }] } },
      off: { value: 1, condition: { equals: [1, 2] } },
    },
  },
)

const made = async (play: Scenario): Promise<StackIdentity> => {
  const stack = await play.create('web', template, { parameters: { word: 'sesame' }, tags: ['t'] })
  await play.settled(stack)
  return stack
}

describe('showing a stack', () => {
  it(
    'tells what it is and how it is',
    playing(async (play) => {
      const stack = await made(play)
      const view = await play.shown(stack)
      assert.deepEqual(view.identity, stack)
      assert.deepEqual([view.action, view.status, view.description], ['CREATE', 'COMPLETE', 'Two things'])
      assert.deepEqual(
        [view.owner, view.parent, view.tags, view.disableRollback],
        ['Anna', null, ['t'], true],
      )
      assert.deepEqual(
        [view.parameters.size, view.parameters.word, view.parameters['OS::stack_name']],
        ['3', '******', 'web'],
      )
    }),
  )

  it(
    'works its outputs out, and tells of those that it can not',
    playing(async (play) => {
      const { outputs = [] } = await play.shown(await made(play))
      const [size, broken, off] = outputs
      assert.deepEqual(size, { output_key: 'size', description: 'Its size.', output_value: 3 })
      assert.deepEqual([broken?.output_value, typeof broken?.output_error], [null, 'string'])
      assert.deepEqual(off, { output_key: 'off', description: 'No description given', output_value: null })
    }),
  )

  it(
    'reads of many resources only those that the outputs speak of',
    playing(async (play) => {
      const many = Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [`t${i}`, tester({ value: `v${i}` })]),
      )
      const outputs = {
        all: {
          value: {
            repeat: {
              for_each: { '%n%': { get_attr: ['t1', 'output'] } },
              template: { list_join: ['', ['%n%', { get_attr: ['t2', 'output'] }]] },
            },
          },
        },
      }
      const list = { type: 'OS::Heat::Value', properties: { value: ['x', 'y'] } }
      const wide = hot({ ...many, l: list }, { outputs })
      const asked: unknown[] = []
      const watching = new Proxy(play.store, {
        get(target, key) {
          if (key !== 'resources') return Reflect.get(target, key).bind(target)
          return (stackId: string, names?: readonly string[]) => {
            asked.push(names)
            return target.resources(stackId, names)
          }
        },
      })
      const stack = await play.create(
        'web',
        JSON.parse(JSON.stringify(wide).replace('"t1","output"', '"l","value"')),
      )
      await play.settled(stack)
      const { calls } = play.engine({ id: 'front', store: watching })
      const { outputs: shown } = await play.clock.until(
        calls.showStack(anna, { stack, resolveOutputs: true }),
      )
      assert.deepEqual(shown?.[0]?.output_value, ['xv2', 'yv2'])
      assert.deepEqual(asked.flat().sort(), ['l', 't2'])
    }),
  )

  it(
    'shows one output, or says that there is none',
    playing(async (play) => {
      const stack = await made(play)
      const show = (key: string) => play.clock.until(play.calls.showOutput(anna, { stack, key }))
      assert.equal((await show('size')).output_value, 3)
      await assert.rejects(show('weight'), isProblem('NotFound', /^Specified output key weight not found\.$/))
      const listed = await play.clock.until(play.calls.listOutputs(anna, { stack }))
      assert.deepEqual(
        listed.map(({ output_key }) => output_key),
        ['size', 'broken', 'off'],
      )
    }),
  )

  it(
    'shows one that is deleted, without what is gone',
    playing(async (play) => {
      const stack = await made(play)
      await play.delete(stack)
      await play.settled(stack)
      const view = await play.shown(stack)
      assert.deepEqual(
        [view.action, view.status, view.outputs, view.deletedAt !== null],
        ['DELETE', 'COMPLETE', undefined, true],
      )
      assert.deepEqual(await play.clock.until(play.calls.listResources(anna, { stack })), [])
    }),
  )

  it(
    'shows its template, environment and files, and no secret of them',
    playing(async (play) => {
      const stack = await made(play)
      assert.deepEqual(await play.clock.until(play.calls.showTemplate(anna, { stack })), template)
      const environment = await play.clock.until(play.calls.showEnvironment(anna, { stack }))
      assert.deepEqual(environment.parameters, { word: '******' })
      assert.deepEqual(Object.keys(environment).sort(), [
        ...['encrypted_param_names', 'event_sinks', 'parameter_defaults', 'parameters', 'resource_registry'],
      ])
      assert.deepEqual(await play.clock.until(play.calls.showFiles(anna, { stack })), {})
    }),
  )

  it(
    "finds it by name among the living and by ID among all, and nobody else's",
    playing(async (play) => {
      const stack = await made(play)
      const find = (nameOrId: string, caller = anna) =>
        play.clock.until(play.calls.lookupStack(caller, { nameOrId }))
      const stranger = { ...bert, projectId: 'other' }
      assert.deepEqual([await find('web'), await find(stack.id)], [stack, stack])
      await assert.rejects(find('shop'), isProblem('EntityNotFound'))
      await assert.rejects(find('web', stranger), isProblem('EntityNotFound'))
      await assert.rejects(find(stack.id, stranger), isProblem('EntityNotFound'))
      assert.deepEqual(await find(stack.id, { ...stranger, isAdmin: true }), stack)
      await play.delete(stack)
      await play.settled(stack)
      await assert.rejects(find('web'), isProblem('EntityNotFound'))
      assert.deepEqual(await find(stack.id), stack)
    }),
  )

  it(
    'lists and counts the stacks of a project',
    playing(async (play) => {
      await made(play)
      await play.create('shop', hot({ g: group(1, { type: 'OS::Heat::None' }) }))
      await play.clock.until(
        play.calls.createStack({ ...bert, projectId: 'other' }, { name: 'far', template: hot({}) }),
      )
      const names = async (query = {}, caller = anna) =>
        (await play.clock.until(play.calls.listStacks(caller, query)))
          .map(({ identity: { name } }) => name)
          .sort()
      assert.deepEqual(await names(), ['shop', 'web'])
      assert.deepEqual(await names({ tags: ['t'] }), ['web'])
      assert.deepEqual(await names({ globalTenant: true }), ['far', 'shop', 'web'])
      const administrator = { ...anna, projectId: 'another', isAdmin: true }
      const everybodys = await play.clock.until(play.calls.listStacks(administrator, {}))
      assert.equal(everybodys.length, 3)
      assert.equal(await play.clock.until(play.calls.countStacks(administrator, {})), 3)
      assert.equal((await names({ showNested: true })).length, 3)
      assert.equal(await play.clock.until(play.calls.countStacks(anna, {})), 2)
    }),
  )
})

describe('showing the resources of a stack', () => {
  const list = (play: Scenario, stack: StackIdentity, more = {}) =>
    play.clock.until(play.calls.listResources(anna, { stack, ...more }))

  it(
    'tells of each what it is, how it is and what needs it',
    playing(async (play) => {
      const stack = await made(play)
      const [a, b] = await list(play, stack)
      assert.deepEqual(
        [a?.name, a?.type, a?.action, a?.status, a?.requiredBy],
        ['a', 'Test::Thing', 'CREATE', 'COMPLETE', ['b']],
      )
      assert.deepEqual([b?.name, b?.requiredBy, b?.attributes], ['b', [], undefined])
      assert.equal(a?.physicalId, play.yard.things[0]?.id)
    }),
  )

  it(
    'tells of those that are still to be made',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: thing({}, { description: 'First' }) }))
        const [a] = await list(play, stack)
        assert.deepEqual(
          [a?.action, a?.status, a?.physicalId, a?.description],
          ['INIT', 'COMPLETE', '', 'First'],
        )
      },
      { workers: 0 },
    ),
  )

  it(
    'goes into nested stacks as deep as asked',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: group(2, { type: 'Test::Thing' }), a: thing() }))
      await play.settled(stack)
      assert.deepEqual(
        (await list(play, stack)).map(({ name }) => name),
        ['g', 'a'],
      )
      const all = await list(play, stack, { nestedDepth: 1 })
      assert.deepEqual(
        all.map(({ name, parentResource }) => [name, parentResource]),
        [
          ...[
            ['g', undefined],
            ['a', undefined],
            ['0', 'g'],
            ['1', 'g'],
          ],
        ],
      )
      assert.deepEqual(all[0]?.nested, all[2]?.stack)
    }),
  )

  it(
    'picks those that meet a filter, and refuses one that is none',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing(), b: tester() }))
      await play.settled(stack)
      const names = async (filters: Record<string, readonly string[]>) =>
        (await list(play, stack, { filters })).map(({ name }) => name)
      assert.deepEqual(await names({ type: ['Thing'] }), ['a'])
      assert.deepEqual(await names({ name: ['b', 'z'] }), ['b'])
      assert.deepEqual(await names({ status: ['COMPLETE'], action: ['CREATE'] }), ['a', 'b'])
      assert.deepEqual(await names({ status: ['CREATE_FAILED'] }), [])
      await assert.rejects(
        names({ colour: ['red'] }),
        isProblem('HTTPBadRequest', /Invalid filter parameters \['colour'\]/),
      )
    }),
  )

  it(
    'shows one with what the cloud says of it now',
    playing(async (play) => {
      const stack = await made(play)
      const show = (resource: string, withAttributes: readonly string[] = []) =>
        play.clock.until(play.calls.showResource(anna, { stack, resource, withAttributes }))
      const a = await show('a', ['title'])
      assert.deepEqual(
        [a.attributes?.size, a.attributes?.status, a.attributes?.title],
        [3, 'ACTIVE', 'sesame:3'],
      )
      await assert.rejects(
        show('z'),
        isProblem('ResourceNotFound', /^The Resource \(z\) could not be found in Stack web\.$/),
      )
      const [listed] = await list(play, stack, { withDetail: true })
      assert.equal(listed?.attributes?.size, 3)
      play.yard.interfere = async () => {
        throw unreachable()
      }
      assert.deepEqual((await show('a')).attributes, { size: null, status: null, title: null })
    }),
  )

  it(
    'shows what a nested one gives',
    playing(async (play) => {
      const stack = await play.create(
        'web',
        hot({ g: group(2, { type: 'Test::Thing', properties: { size: 2 } }) }),
      )
      await play.settled(stack)
      const ask = { stack, resource: 'g', withAttributes: ['size'] }
      const { attributes } = await play.clock.until(play.calls.showResource(anna, ask))
      assert.deepEqual(attributes?.size, [2, 2])
      assert.deepEqual(
        attributes?.refs,
        play.yard.things.map(({ id }) => id),
      )
    }),
  )

  it(
    'shows its metadata',
    playing(async (play) => {
      const stack = await play.create('web', hot({ a: thing({}, { metadata: { k: [1, 'x'] } }), b: thing() }))
      await play.settled(stack)
      const show = (resource: string) => play.clock.until(play.calls.showMetadata(anna, { stack, resource }))
      assert.deepEqual([await show('a'), await show('b')], [{ k: [1, 'x'] }, {}])
      await assert.rejects(show('z'), isProblem('ResourceNotFound'))
    }),
  )
})

describe('showing what happened to a stack', () => {
  it(
    'lists its events, those of one resource, and those of nested stacks',
    playing(async (play) => {
      const stack = await play.create('web', hot({ g: group(1, { type: 'Test::Thing' }) }))
      await play.settled(stack)
      const list = (more = {}) =>
        play.clock.until(play.calls.listEvents(anna, { stack, sortDir: 'asc', ...more }))
      const words = (events: Awaited<ReturnType<typeof list>>) =>
        events.map(({ resourceName, action, status }) => `${resourceName} ${action}_${status}`)
      assert.deepEqual(words(await list()), [
        ...['web CREATE_IN_PROGRESS', 'g CREATE_IN_PROGRESS', 'g CREATE_COMPLETE', 'web CREATE_COMPLETE'],
      ])
      assert.deepEqual(words(await list({ resource: 'g' })), ['g CREATE_IN_PROGRESS', 'g CREATE_COMPLETE'])
      const all = await list({ nestedDepth: 2 })
      assert.equal(all.length, 8)
      assert.deepEqual(
        all.map(({ rootStack }) => rootStack?.id),
        all.map(() => stack.id),
      )
      await assert.rejects(
        list({ resource: 'z' }),
        isProblem('HTTPNotFound', /No events found for resource z/),
      )
    }),
  )

  it(
    'shows one event, with properties unless they hold a secret',
    playing(async (play) => {
      const stack = await made(play)
      const show = (resource: string, event: string) =>
        play.clock.until(play.calls.showEvent(anna, { stack, resource, event }))
      const events = await play.clock.until(play.calls.listEvents(anna, { stack }))
      const [a, b] = ['a', 'b'].map(
        (name) => events.find(({ resourceName }) => resourceName === name)?.id ?? '',
      )
      assert.deepEqual((await show('a', a ?? '')).resourceProperties, {})
      assert.deepEqual(Object.keys((await show('b', b ?? '')).resourceProperties ?? {}), ['base'])
      await assert.rejects(show('b', a ?? ''), isProblem('HTTPNotFound', /^No event \S+ found$/))
    }),
  )
})
