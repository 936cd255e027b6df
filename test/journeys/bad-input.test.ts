import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import type { Simulator } from '../../src/simulator/index.ts'
import { Cloud } from './cloud.ts'
import type { HearthProcess } from './hearth.ts'
import { failsLater, refusedAtOnce } from './hostile.ts'
import { head, password, type Served, serve } from './served.ts'
import { listed, outputsOf, Visitor } from './visitor.ts'

/** The cloud's clock can be set back, so that it gives a token that is about to expire. */
let behindMs = 0
const clock = { ...systemClock, now: () => Date.now() - behindMs }

let served: Served
let simulator: Simulator
let hearth: HearthProcess
let port: number
let demo: Cloud
let visitor: Visitor
const as: Served['as'] = (user, project) => served.as(user, project)

describe('whatever is sent to it, the service says what is wrong and goes on', { timeout: 90_000 }, () => {
  before(async () => {
    served = await serve(clock)
    ;({ simulator, hearth, port, demo, visitor } = served)
  })
  after(() => served.close())

  afterEach(async () => {
    simulator.faults.clear()
    const { status, ms } = await visitor.ask('GET', '/stacks')
    assert.equal(status, 200)
    assert.ok(ms < 1000, `the list of stacks took ${ms} ms`)
  })

  test('ten mistakes in a template are ten problems, each with its line and column', async () => {
    const { status, body } = await visitor.create(
      'ten',
      `${head}parameters:
  size: { type: nunber }
  zone:
    type: string
    default: a
    constraints: [{ allowed_valuess: [a] }]
resources:
  net:
    type: OS::Neutron::Net
    properties:
      nmae: x
      admin_state_up: maybe
  subnet:
    type: OS::Neutron::Subnet
    properties:
      network: { get_resource: nett }
      cidr: { get_param: sice }
  server:
    type: OS::Nova::Serverr
  random:
    type: OS::Heat::RandomString
    depends_on: nowhere
    properties: { length: 9999 }
outputs:
  nothing: { description: a value is missing }
`,
    )
    assert.equal(status, 400)
    assert.equal(body.title, 'Bad Request')
    const problems = body.error?.problems ?? []
    assert.deepEqual([...listed(problems)].sort(), [
      '12:7 UnknownProperty Property error: resources.net.properties: Unknown Property nmae',
      '13:23 WrongType Property error: resources.net.properties.admin_state_up: "maybe" is not a valid boolean',
      '17:32 InvalidReference The specified reference "nett" (in subnet.Properties.network) is incorrect.',
      '18:26 ParameterMissing Property error: resources.subnet.properties.cidr: The Parameter (sice) was not provided.',
      '20:11 UnknownType The Resource Type (OS::Nova::Serverr) could not be found.',
      '23:17 InvalidReference The specified reference "nowhere" (in random) is incorrect.',
      '24:27 ConstraintBroken Property error: resources.random.properties.length: 9999 is out of range (min: 1, max: 512)',
      '26:3 InvalidOutput Output validation error: outputs.nothing: Each output definition must contain a value key.',
      '3:17 InvalidParameter Invalid type (nunber)',
      "7:21 InvalidParameter Invalid key 'allowed_valuess' for parameter constraints",
    ])
    const meant = new Map(problems.map(({ line, meant }) => [line, meant]))
    assert.equal(meant.get(3), 'number')
    assert.equal(meant.get(12), 'name')
    assert.equal(meant.get(17), 'net')
    assert.equal(meant.get(20), 'OS::Nova::Server')
  })

  test('a circle names its members', async () => {
    const value = (of: string) => `{type: OS::Heat::Value, properties: {value: {get_attr: [${of}, value]}}}`
    const { status, body } = await visitor.create(
      'circle',
      `${head}resources:\n  a: ${value('b')}\n  b: ${value('c')}\n  c: ${value('a')}\n  d: ${value('a')}\n`,
    )
    assert.equal(status, 400)
    assert.equal(body.error?.type, 'CircularDependencyException')
    assert.deepEqual(listed(body.error?.problems), [
      '3:3 CircularDependency Circular Dependency Found: a -> b -> c -> a',
    ])
  })

  test('parameters that are missing, of the wrong type or not declared are told one by one', async () => {
    const template = `${head}parameters:
  size: { type: number }
  zone: { type: string, constraints: [{ allowed_values: [a, b] }] }
`
    const told = async (parameters: object) =>
      listed((await visitor.create('values', template, { parameters })).body.error?.problems)
    assert.deepEqual(await told({}), [
      '3:3 ParameterMissing The Parameter (size) was not provided.',
      '4:3 ParameterMissing The Parameter (zone) was not provided.',
    ])
    assert.deepEqual(await told({ size: 'many', zone: 'c' }), [
      "3:9 InvalidParameterValue Parameter 'size' is invalid: could not convert string to float: 'many'",
      `4:9 InvalidParameterValue Parameter 'zone' is invalid: "c" is not an allowed value ["a", "b"]`,
    ])
    assert.deepEqual(await told({ size: 1, zone: 'a', zonee: 'b' }), [
      '2:1 UnknownParameter The Parameter (zonee) was not defined in template.',
    ])
  })

  test('what is no template is told where it ends to be one', async () => {
    const says = async (template: unknown) => {
      const { status, body } = await visitor.create('broken', template)
      assert.equal(status, 400)
      return body.error?.message ?? ''
    }
    assert.match(await says(`${head}resources:\n  net: { properties: { a: [ }\n`), /in line 3, column \d+/)
    assert.match(await says('- a list'), /not a JSON object or YAML mapping/)
    assert.match(await says(''), /Template format version not found/)
    assert.match(await says('heat_template_version: 2021-04-17'), /version is invalid: .* should be one of/)
    assert.match(await says(null), /No template specified/)
    assert.match(await says(5), /Template not in valid format/)
  })

  test('a body that is no JSON object is refused', async () => {
    const says = async (body: unknown, type = 'application/json') => {
      const { status, body: said } = await visitor.ask('POST', '/stacks', {
        body,
        headers: { 'content-type': type },
      })
      assert.equal(status, 400)
      return said.error?.message ?? ''
    }
    assert.match(await says(Buffer.from('{"\xff\xfe":1}', 'latin1')), /not UTF-8/)
    assert.match(await says('{"stack_name": '), /Unexpected end of JSON/)
    assert.match(
      await says(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
      /nested more than 500 levels/,
    )
    assert.match(await says('[]'), /malformed/)
    assert.match(await says(''), /malformed/)
    assert.match(await says('<stack/>', 'application/xml'), /malformed/)
    assert.match(await says('stack_name=x', 'application/x-www-form-urlencoded'), /malformed/)
  })

  test('a body of 50 MB is refused, and no memory is spent on it', async () => {
    const body = Buffer.alloc(50_000_000, 'x')
    const before = hearth.memory().now
    const replies = await Promise.all([1, 2, 3].map(() => visitor.ask('POST', '/stacks', { body })))
    for (const { status, body } of replies) {
      assert.equal(status, 400)
      assert.match(body.error?.message ?? '', /50000000 bytes\) exceeds maximum allowed size/)
    }
    assert.ok(hearth.memory().most - before < 150, `${hearth.memory().most} MiB after ${before}`)
  })

  for (const [name, { template, more = {}, says }] of Object.entries(refusedAtOnce)) {
    test(`refused at once: ${name}`, async () => {
      const refused = visitor.create('hostile', template, more)
      await pause(20)
      const meanwhile = await visitor.ask('GET', '/stacks')
      const { status, body, ms } = await refused
      assert.equal(status, 400)
      assert.match(body.error?.message ?? '', says)
      assert.ok(Math.max(ms, meanwhile.ms) < 5000, `${ms} ms, meanwhile ${meanwhile.ms} ms`)
    })
  }

  test('what is too large only once it is deployed fails, and memory stays bounded', async () => {
    const stacks = Object.values(failsLater).map(async ({ template, more, says }, i) => {
      const { stack_status, stack_status_reason } = await visitor.made(`grows-${i}`, template, more)
      assert.equal(stack_status, 'CREATE_FAILED')
      assert.match(stack_status_reason, says)
    })
    await Promise.all(stacks)
    assert.ok(hearth.memory().most < 1500, `${hearth.memory().most} MiB`)
  })

  test('a pattern for names of resource types can not keep it busy', async () => {
    const { status, ms } = await visitor.ask(
      'GET',
      `/resource_types?name=${encodeURIComponent('.*'.repeat(30))}!`,
    )
    assert.equal(status, 200)
    assert.ok(ms < 5000)
  })

  test('names that mean something to JavaScript are names like any other', async () => {
    const stack = await visitor.made(
      'constructor',
      `${head}parameters:
  __proto__: { type: string }
  toString: { type: string, default: text }
resources:
  constructor: { type: OS::Heat::Value, properties: { value: { get_param: __proto__ } } }
  hasOwnProperty: { type: OS::Heat::Value, properties: { value: { get_attr: [constructor, value] } } }
outputs:
  __proto__: { value: { get_attr: [hasOwnProperty, value] } }
  valueOf: { value: { get_param: toString } }
`,
      { environment: '{"parameters": {"__proto__": "mine"}}' },
    )
    assert.equal(stack.stack_status, 'CREATE_COMPLETE', stack.stack_status_reason)
    assert.deepEqual(
      Object.fromEntries(outputsOf(stack)),
      JSON.parse('{"__proto__": "mine", "valueOf": "text"}'),
    )
    const { body } = await visitor.create(
      'strange',
      `${head}resources:\n  a: { type: __proto__ }\n  b: { type: OS::Heat::Value, properties: { constructor: 1, value: 2 } }\n`,
    )
    assert.deepEqual(listed(body.error?.problems), [
      '3:14 UnknownType The Resource Type (__proto__) could not be found.',
      '4:45 UnknownProperty Property error: resources.b.properties: Unknown Property constructor',
    ])
  })

  test('strange characters and huge numbers are refused, or kept as they are', async () => {
    const nul = await visitor.create('nul', `${head}description: "a\u0000b"\n`)
    assert.equal(nul.status, 400)
    assert.match(nul.body.error?.message ?? '', /a NUL character is not allowed/)
    const template = `${head}parameters: { text: { type: string }, size: { type: number, default: 1 } }
resources: { v: { type: 'OS::Heat::Value', properties: { value: { get_param: text } } } }
outputs: { text: { value: { get_attr: [v, value] } } }
`
    for (const [i, text] of [
      'a\u0000b',
      '\ud800',
      '\u{1f600}\u202e',
      '123456789012345678901234567890',
    ].entries()) {
      const stack = await visitor.made(`strange-${i}`, template, { parameters: { text } })
      assert.equal(outputsOf(stack).get('text'), text)
    }
    const endless = await visitor.create('endless', template, { parameters: { text: '', size: '1e999' } })
    assert.match(endless.body.error?.message ?? '', /Parameter 'size' is invalid/)
    const large = await visitor.create(
      'large',
      `${head}resources: { v: { type: 'OS::Cinder::Volume', properties: { size: 1e30 } } }`,
    )
    assert.match(large.body.error?.message ?? '', /'1e30' is not an integer/)
  })

  test('names of stacks that can not be, or are taken, are refused', async () => {
    for (const name of ['', 'a b', '1a', 'x'.repeat(300), 'a/b', 'é', '__proto__', 'a\u0000']) {
      const { status, body } = await visitor.create(name, head)
      assert.equal(status, 400, name)
      assert.match(body.error?.message ?? '', /Invalid stack name/)
    }
    await visitor.made('taken', head)
    const { status, body } = await visitor.create('taken', head)
    assert.equal(status, 409)
    assert.deepEqual(body.error?.message, 'The Stack (taken) already exists.')
  })

  test('what is not there is not found, and what makes no sense is refused', async () => {
    const statusOf = async (path: string, method = 'GET') => (await visitor.ask(method, path)).status
    assert.equal(await statusOf('/stacks/nobody'), 404)
    assert.equal(await statusOf('/stacks/nobody/1', 'DELETE'), 404)
    assert.equal(await statusOf('/stacks/%2e%2e%2f'), 404)
    assert.equal(await statusOf('/resource_types/OS::No::Thing'), 404)
    assert.equal(await statusOf('/elsewhere'), 404)
    assert.equal(await statusOf('/stacks', 'PUT'), 405)
    for (const query of ['limit=-1', 'limit=x', 'limit=99999999999999999999', 'global_tenant=maybe']) {
      assert.equal(await statusOf(`/stacks?${query}`), 400, query)
    }
    assert.equal(await statusOf('/stacks?limit=0&marker=nobody&sort_keys=nothing&name=%00'), 200)
  })

  test('without a good token nothing is told', async () => {
    behindMs = 3600_000 - 1500
    const short = await Cloud.open(as('demo', 'demo'))
    behindMs = 0
    const expiring = new Visitor(port, short)
    assert.equal((await expiring.ask('GET', '/stacks')).status, 200)
    await pause(1600)
    const others = ['', 'garbage', 'x'.repeat(10_000)].map(
      (token) => new Visitor(port, { ...demo, projectId: demo.projectId, token }),
    )
    for (const stranger of [expiring, ...others]) {
      const { status, headers, body } = await stranger.ask('GET', '/stacks')
      assert.equal(status, 401)
      assert.equal(headers.get('www-authenticate'), `Keystone uri="${simulator.authUrl}"`)
      assert.deepEqual([body.title, body.error?.message], ['Unauthorized', 'Authentication required'])
    }
  })

  test('another project is closed', async () => {
    const other = await Cloud.open(as('hearth', 'service'))
    const neighbour = new Visitor(port, other)
    const theirs = await neighbour.made('theirs', head)
    assert.equal((await visitor.ask('GET', '/stacks', {}, other.projectId)).status, 403)
    for (const method of ['GET', 'DELETE']) {
      const { status, body } = await visitor.ask(method, `/stacks/theirs/${theirs.id}`)
      assert.equal(status, 404)
      assert.equal(body.error?.message, 'The Stack (theirs) could not be found.')
    }
    assert.equal((await visitor.ask('GET', `/stacks/${theirs.id}`)).status, 404)
    assert.equal((await neighbour.settled('theirs')).stack_status, 'CREATE_COMPLETE')
  })

  test('no password, token or hidden value is logged, stored in plain text or told to others', async () => {
    const secret = 'hidden-1f0c4e7a'
    const stack = await visitor.made(
      'secrets',
      `${head}parameters:
  secret: { type: string, hidden: true }
resources:
  web:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      networks: [{ network: heat-net }]
      user_data_format: RAW
      user_data: { str_replace: { template: "password: SECRET", params: { SECRET: { get_param: secret } } } }
  kept: { type: OS::Heat::Value, properties: { value: { get_param: secret } } }
  key: { type: OS::Nova::KeyPair, properties: { name: secrets, save_private_key: true } }
outputs:
  secret: { value: { get_attr: [kept, value] } }
  key: { value: { get_attr: [key, private_key] } }
`,
      { parameters: { secret } },
    )
    assert.equal(stack.stack_status, 'CREATE_COMPLETE', stack.stack_status_reason)
    assert.equal(outputsOf(stack).get('secret'), secret)
    assert.equal(stack.parameters.secret, '******')
    const key = String(outputsOf(stack).get('key'))
    assert.match(key, /PRIVATE KEY/)
    const path = `/stacks/secrets/${stack.id}`
    for (const part of ['/events', '/environment', '/template', '/resources', '/resources/web']) {
      const { status, text } = await visitor.ask('GET', path + part)
      assert.equal(status, 200)
      assert.ok(!text.includes(secret), part)
    }
    await visitor.ask('PUT', path, { body: { template: `${head}resources: {}`, parameters: { secret } } })
    await visitor.settled('secrets')
    const forbidden = [secret, password, demo.token, key.split('\n')[1] ?? key]
    const files = filesIn(hearth.directory)
    const holding = (word: string) =>
      files.filter(({ content }) => content.includes(word)).map(({ name }) => name)
    assert.deepEqual(holding(demo.projectId), ['hearth.db', 'hearth.db-wal', 'log'], 'all are looked through')
    for (const word of [...forbidden, ...forbidden.flatMap(inBase64)])
      assert.deepEqual(holding(word), [], word)
  })
})

/** What a service writes, except for what is there to be secret. */
function filesIn(directory: string): readonly { readonly name: string; readonly content: Buffer }[] {
  const names = readdirSync(directory).filter((name) => !['key', 'password', 'env.json'].includes(name))
  return names.sort().map((name) => ({ name, content: readFileSync(join(directory, name)) }))
}

/** What of a text can be seen in base64, wherever in a longer text it stands. */
function inBase64(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('x'.repeat(offset) + text).toString('base64')
    return encoded.slice(4, -4)
  })
}
