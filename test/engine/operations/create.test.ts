import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { Problem } from '../../../src/base/problem.ts'
import { service } from '../../../src/cloud/index.ts'
import type { StackRequest } from '../../../src/contract/engine.ts'
import { resource } from '../../../src/plugin/index.ts'
import { anna, bert, type Scenario } from '../../../src/testing/scenario.ts'
import { unreachable } from '../../../src/testing/yard.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, thing } from '../templates.ts'

const none: JsonMap = { type: 'OS::Heat::None' }

const ask = (play: Scenario, name: string, more: StackRequest = {}) =>
  play.clock.until(play.calls.createStack(anna, { name, template: hot({}), ...more }))

const elsewhere = service('elsewhere', ['elsewhere'], { connect: () => ({}), find: {} })
const Far = resource('Test::Far', { summary: 'Far.', uses: { elsewhere }, properties: {}, attributes: {} })

describe('asking for a new stack', () => {
  it(
    'stores it with its first target and says who it is',
    playing(
      async (play) => {
        const more = { timeoutMins: 5, disableRollback: false, tags: ['t'], parameters: { size: 2 } }
        const template = hot(
          { a: thing({ size: { get_param: 'size' } }) },
          { parameters: { size: { type: 'number' } } },
        )
        const stack = await ask(play, 'web', { ...more, template })
        assert.deepEqual([stack.name, stack.projectId], ['web', 'project'])
        const row = await play.store.stack(stack.id)
        assert.deepEqual(
          [row?.action, row?.status, row?.statusReason],
          ['CREATE', 'IN_PROGRESS', 'Stack CREATE started'],
        )
        assert.deepEqual([row?.timeoutMins, row?.disableRollback, row?.tags], [5, false, ['t']])
        assert.deepEqual([row?.userId, row?.userName, row?.rootId], ['anna', 'Anna', stack.id])
        assert.equal((await play.store.deployment(stack.id))?.pending, true)
        assert.deepEqual(await play.events(stack), ['web CREATE_IN_PROGRESS'])
      },
      { workers: 0 },
    ),
  )

  it(
    'refuses a name that is none',
    playing(async (play) => {
      for (const name of ['', '1a', 'a b', 'ä', `a${'b'.repeat(255)}`])
        await assert.rejects(ask(play, name), isProblem('StackValidationFailed', /Invalid stack name/))
      await ask(play, `a${'b'.repeat(254)}`)
    }),
  )

  it(
    'refuses a name that is taken, until that stack is gone (§17)',
    playing(async (play) => {
      const stack = await ask(play, 'web')
      await assert.rejects(ask(play, 'web'), isProblem('StackExists', /^The Stack \(web\) already exists\.$/))
      await play.clock.until(
        play.calls.createStack({ ...anna, projectId: 'other' }, { name: 'web', template: hot({}) }),
      )
      await play.delete(stack)
      await play.settled(stack)
      await ask(play, 'web')
    }),
  )

  it(
    'gives back what it got for later when another was faster',
    playing(async (play) => {
      const both = await Promise.allSettled([ask(play, 'web'), ask(play, 'web')])
      assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
      assert.equal(play.credentials.given.length - play.credentials.discarded.length, 1)
    }),
  )

  it(
    'allows a project so many stacks, and an administrator more (§15)',
    playing(
      async (play) => {
        await ask(play, 'one')
        await ask(play, 'two', { template: hot({ g: group(2, none) }) })
        await assert.rejects(
          ask(play, 'three'),
          isProblem('RequestLimitExceeded', /maximum stacks per tenant, 2\./),
        )
        await play.clock.until(
          play.calls.createStack({ ...anna, isAdmin: true }, { name: 'three', template: hot({}) }),
        )
        await play.clock.until(
          play.calls.createStack({ ...bert, projectId: 'p2' }, { name: 'one', template: hot({}) }),
        )
      },
      { options: { maxStacksPerTenant: 2 } },
    ),
  )

  it(
    'refuses more resources than one stack may have (§15)',
    playing(
      async (play) => {
        await assert.rejects(
          ask(play, 'web', { template: hot({ a: none, b: none, c: none }) }),
          isProblem(
            'RequestLimitExceeded',
            /^Request limit exceeded: Maximum resources per stack exceeded\.$/,
          ),
        )
      },
      { options: { maxResourcesPerStack: 2 } },
    ),
  )

  it(
    'refuses it with all that is wrong with it',
    playing(async (play) => {
      const template = hot({
        a: { type: 'Test::Thig' },
        b: thing({ size: 'many', colour: 'red' }),
        c: thing({ base: [{ get_resource: 'z' }] }),
      })
      const refused = await ask(play, 'web', { template }).then(
        () => assert.fail('it was accepted'),
        (error: Problem) => error,
      )
      assert.equal(refused.status, 400)
      const problems = refused.details.problems as readonly { readonly path: readonly string[] }[]
      assert.deepEqual(problems.map(({ path }) => path[1]).sort(), ['a', 'b', 'b', 'c'])
    }),
  )

  it(
    'refuses what the clouds do not have, each where it is named',
    playing(async (play) => {
      const parameters = { base: { type: 'string', constraints: [{ custom_constraint: 'yard.thing' }] } }
      const template = hot({ a: thing({ base: ['nowhere', 'nothing'] }) }, { parameters })
      const refused = await ask(play, 'web', { template, parameters: { base: 'never' } }).then(
        () => assert.fail('it was accepted'),
        (error: Problem) => error,
      )
      const problems = refused.details.problems as readonly { readonly message: string }[]
      const missing = (name: string) =>
        `Error validating value '${name}': The Thing (${name}) could not be found.`
      assert.deepEqual(
        problems.map(({ message }) => message),
        [
          `Parameter 'base' is invalid: ${missing('never')}`,
          `Property error: resources.a.properties.base[0]: ${missing('nowhere')}`,
          `Property error: resources.a.properties.base[1]: ${missing('nothing')}`,
        ],
      )
    }),
  )

  it(
    'is of one kind wherever a property is wrong, a parameter that is not there too (§11)',
    playing(async (play) => {
      const of = (name: string) => ask(play, 'web', { template: hot({ a: thing({ [name]: missing }) }) })
      const missing = { get_param: 'missing' }
      await assert.rejects(
        of('color'),
        isProblem(
          'StackValidationFailed',
          'Property error: resources.a.properties.color: The Parameter (missing) was not provided.',
        ),
      )
      const template = hot({}, { parameters: { missing: { type: 'string' } } })
      await assert.rejects(ask(play, 'web', { template }), isProblem('UserParameterMissing'))
    }),
  )

  it(
    'lets no value through a custom constraint that nobody knows, and does not show hidden ones',
    playing(async (play) => {
      const of = (name: string, more: JsonMap = {}): JsonMap => ({
        type: 'string',
        constraints: [{ custom_constraint: name, ...more }],
      })
      const parameters = {
        base: of('yard.thin'),
        far: of('trove.flavor', { description: 'A flavor of Trove' }),
        key: { ...of('no.such'), hidden: true },
        hush: { ...of('yard.thing'), hidden: true },
        fine: of('ip_addr'),
      }
      const template = hot({}, { parameters })
      const given = { base: 'a', far: 'b', key: 'swordfish', hush: 'swordfish', fine: '10.0.0.1' }
      const refused = await ask(play, 'web', { template, parameters: given }).then(
        () => assert.fail('it was accepted'),
        (error: Problem) => error,
      )
      const problems = refused.details.problems as readonly {
        readonly message: string
        readonly hint?: string
      }[]
      assert.deepEqual(
        problems.map(({ message }) => message),
        [
          'Parameter \'base\' is invalid: "a" does not validate yard.thin (constraint not found)',
          "Parameter 'far' is invalid: A flavor of Trove",
          'Parameter \'key\' is invalid: "******" does not validate no.such (constraint not found)',
          "Parameter 'hush' is invalid: Error validating value '******': The Thing (******) could not be found.",
        ],
      )
      assert.equal(problems[0]?.hint, 'Did you mean "yard.thing"?')
      assert.match(problems[1]?.hint ?? '', /no such custom constraint here/)
    }),
  )

  it(
    'refuses what is to end at a moment that is over',
    playing(async (play) => {
      const until = { type: 'string', constraints: [{ custom_constraint: 'expiration' }] }
      const template = hot({}, { parameters: { until } })
      const endsIn = (ms: number) => new Date(play.clock.now() + ms).toISOString()
      const words =
        /^Parameter 'until' is invalid: Error validating value '.*Z': Expiration .*Z is invalid: Expiration time is out of date\.$/
      const over = ask(play, 'web', { template, parameters: { until: endsIn(-5000) } })
      await assert.rejects(over, isProblem('StackValidationFailed', words))
      await ask(play, 'web', { template, parameters: { until: endsIn(3_600_000) } })
      await ask(play, 'web2', { template, parameters: { until: '' } })
    }),
  )

  it(
    'refuses a group whose members would not be sound, but not for what is not known yet',
    playing(async (play) => {
      const refuses = async (members: JsonMap, words: RegExp) =>
        assert.rejects(
          ask(play, 'web', { template: hot({ g: group(2, members) }) }),
          isProblem('StackValidationFailed', words),
        )
      await refuses(
        thing({ sise: 1 }),
        /^Property error: resources\.g<nested_stack>\.resources\[0\]\.properties: Unknown Property sise$/,
      )
      await refuses(
        thing({ name: '%index%', size: 'x%index%' }),
        /resources\[0\]\.properties\.size: Value 'x0' is not an integer$/,
      )
      await refuses(
        { type: 'No::Such' },
        /^resources\.g<nested_stack>: The Resource Type \(No::Such\) could not/,
      )
      await refuses(group(1, { type: 'No::Such' }), /No::Such/)
      const late = thing({ size: { get_attr: ['a', 'size'] }, labels: { of: { get_resource: 'a' } } })
      const stack = await ask(play, 'web', { template: hot({ a: thing({ size: 3 }), g: group(2, late) }) })
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'tells apart a cloud that is away from one that refuses',
    playing(async (play) => {
      play.yard.interfere = async () => {
        throw unreachable()
      }
      const template = hot({ a: thing({ base: ['ground'] }) })
      await assert.rejects(ask(play, 'web', { template }), isProblem('HTTPServiceUnavailable'))
      assert.equal(await play.clock.until(play.calls.countStacks(anna, {})), 0)
    }),
  )

  it(
    'refuses a type whose service is not there',
    playing(
      async (play) => {
        await assert.rejects(
          ask(play, 'web', { template: hot({ a: { type: 'Test::Far' } }) }),
          isProblem(
            'ResourceTypeUnavailable',
            /Service elsewhere is not available for resource type Test::Far/,
          ),
        )
      },
      { types: [Far] },
    ),
  )

  it(
    'puts environment files together, the later over the earlier',
    playing(async (play) => {
      const files = {
        'a.yaml': 'parameters: {x: 1}\nparameter_defaults: {y: 1}',
        'b.yaml': 'parameters: {x: 2}',
      }
      const declared = { x: { type: 'number' }, y: { type: 'number' } }
      const template = hot(
        { a: thing({ size: { get_param: 'x' } }), b: thing({ size: { get_param: 'y' } }) },
        { parameters: declared },
      )
      const stack = await ask(play, 'web', { template, files, environmentFiles: ['a.yaml', 'b.yaml'] })
      await play.settled(stack)
      assert.deepEqual([play.yard.of('a')?.size, play.yard.of('b')?.size], [2, 1])
      await assert.rejects(
        ask(play, 'shop', { template, files, environmentFiles: ['c.yaml'] }),
        isProblem('HTTPBadRequest', /the environment file c\.yaml/),
      )
    }),
  )

  it(
    'merges no file without end, however often it is named',
    playing(async (play) => {
      const long = `parameters: {x: ${'y'.repeat(11_000)}}`
      const request = (times: number, text: string) =>
        ask(play, 'web', {
          template: hot({}, { parameters: { x: { type: 'string' } } }),
          files: { 'a.yaml': text },
          environmentFiles: Array.from({ length: times }, () => 'a.yaml'),
        })
      const refused = (words: RegExp) => isProblem('RequestLimitExceeded', words)
      await assert.rejects(request(1001, 'parameters: {x: y}'), refused(/more than 1000 environment files/))
      await assert.rejects(request(1000, long), refused(/more than 10485760 characters together/))
    }),
  )

  it(
    'wants a template, of a size that it can take (§15)',
    playing(
      async (play) => {
        await assert.rejects(
          play.clock.until(play.calls.createStack(anna, { name: 'web' })),
          isProblem('HTTPBadRequest', /No template specified/),
        )
        await assert.rejects(ask(play, 'web', { template: 'x'.repeat(2000) }))
      },
      { options: { maxTemplateSize: 1000 } },
    ),
  )
})
