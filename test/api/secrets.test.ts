import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApi } from '../../src/api/index.ts'
import type { JsonMap } from '../../src/base/json.ts'
import { leavable } from '../../src/contract/call.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import type { StackIdentity } from '../../src/contract/views.ts'
import { anna, type Scenario } from '../../src/testing/scenario.ts'
import { refusal } from '../../src/testing/yard.ts'
import { playing } from '../engine/playing.ts'
import { group, hot, thing } from '../engine/templates.ts'

const word = 'sesame-4711'
const fallback = 'sesame-4712'
const token = 'gAAAAAB-token-of-anna'

const parameters = {
  word: { type: 'string', hidden: true, constraints: [{ allowed_pattern: '[a-z0-9-]+' }] },
  other: { type: 'string', hidden: true },
}
const environment = { parameters: { word }, parameter_defaults: { other: fallback } }

const template = hot(
  {
    a: thing({ secret: { get_param: 'word' }, labels: { inside: { get_param: 'other' } } }),
    b: thing({ name: { str_replace: { template: 'x-W', params: { W: { get_param: 'word' } } } } }),
    many: group(1, thing({ secret: { get_param: 'word' }, name: { get_param: 'other' } })),
  },
  { parameters, outputs: { size: { value: { get_attr: ['a', 'size'] } } } },
)

/** A service over a real engine, and all that it wrote into its log and its audit. */
function service(play: Scenario) {
  const written: string[] = []
  const note = (fields: object, message: string) => void written.push(JSON.stringify([fields, message]))
  const log = { debug: note, info: note, warn: note, error: note }
  const app = createApi({
    engine: leavable<EngineCalls>(play.calls),
    identity: { authenticate: async () => ({ ...anna, token }) },
    policy: { check() {} },
    log,
    audit: (event) => note(event, 'audit'),
  })
  return { app, written }
}

async function answered(app: FastifyInstance, method: string, url: string, body?: JsonMap) {
  const reply = await app.inject({
    method: method as 'GET',
    url: `/v1/${anna.projectId}${url}`,
    headers: { 'x-auth-token': token },
    ...(body && { payload: body }),
  })
  return { status: reply.statusCode, text: reply.payload, json: () => JSON.parse(reply.payload) }
}

/** Everything that can be read of a stack. */
async function allOf(
  play: Scenario,
  app: FastifyInstance,
  { name, id }: StackIdentity,
): Promise<readonly string[]> {
  const at = `/stacks/${name}/${id}`
  const read = async (url: string) => {
    const { status, text } = await answered(app, 'GET', url)
    assert.equal(status, 200, `${url}: ${text}`)
    // What the cloud itself shows of its objects is shown, as in Heat.
    return JSON.stringify(JSON.parse(text, (key, value) => (key === 'attributes' ? undefined : value)))
  }
  const { events } = JSON.parse(await read(`${at}/events?nested_depth=2`)) as {
    events: { links: { href: string; rel: string }[] }[]
  }
  const here = /^http:\/\/[^/]+\/v1\/[^/]+/
  const [ofEvents = [], ofResources = []] = ['self', 'resource'].map((rel) =>
    events.flatMap(({ links }) =>
      links.filter((link) => link.rel === rel).map(({ href }) => href.replace(here, '')),
    ),
  )
  assert.ok(ofEvents.some((url) => !url.startsWith(at)))
  const urls = [
    ...[
      '/stacks',
      '/stacks/detail',
      at,
      `${at}/template`,
      `${at}/environment`,
      `${at}/files`,
      `${at}/outputs`,
    ],
    ...[`${at}/resources?nested_depth=3&with_detail=true`, `${at}/events?nested_depth=3`, `${at}/snapshots`],
    ...['a', 'b', 'many'].flatMap((resource) => [
      `${at}/resources/${resource}`,
      `${at}/resources/${resource}/metadata`,
    ]),
    ...ofEvents,
    ...ofResources.filter((url) => url.endsWith('/resources/0')),
  ]
  let isOver = false
  const reading = Promise.all(urls.map(read)).finally(() => {
    isOver = true
  })
  // The cloud is asked for what it knows of its things, which takes time.
  await play.when(() => isOver)
  return await reading
}

function demandSilence(texts: readonly string[]): void {
  for (const text of texts)
    for (const secret of [word, fallback, token]) assert.ok(!text.includes(secret), text.slice(0, 2000))
}

test(
  'no answer, line of the log or event of the audit tells the value of a hidden parameter, or a token',
  playing(async (play) => {
    const { app, written } = service(play)
    const body = { stack_name: 'web', template, environment }
    const preview = await answered(app, 'POST', '/stacks/preview', body)
    const made = await answered(app, 'POST', '/stacks', body)
    assert.deepEqual([preview.status, made.status], [200, 201])
    const stack: StackIdentity = { projectId: anna.projectId, name: 'web', id: made.json().stack.id }
    assert.equal((await play.settled(stack)).status, 'COMPLETE')
    const at = `/stacks/web/${stack.id}`
    const shot = await answered(app, 'POST', `${at}/snapshots`, { name: 'one' })
    assert.equal(shot.status, 200)
    await play.settled(stack)
    const shown = await answered(app, 'GET', `${at}/snapshots/${shot.json().id}`)
    assert.equal(shown.json().snapshot.status, 'COMPLETE')
    const change = { template: hot({ a: thing({ secret: 'x' }), b: thing({ name: 'y' }) }), parameters: {} }
    const changes = await answered(app, 'PUT', `${at}/preview?show_nested=true`, change)
    assert.equal(changes.status, 200)
    demandSilence([preview, made, shot, shown, changes].map(({ text }) => text))
    demandSilence(await allOf(play, app, stack))
    demandSilence(written)
    await app.close()
  }),
)

test(
  'what a cloud says of a value that it refused is told without it',
  playing(
    async (play) => {
      const { app, written } = service(play)
      play.yard.interfere = (ask, act) => {
        if (ask.method === 'POST')
          throw refusal(`Invalid input for ${word} and ${fallback}`, { kind: 'bad-request' })
        return act()
      }
      const made = await answered(app, 'POST', '/stacks', { stack_name: 'web', template, environment })
      const stack: StackIdentity = { projectId: anna.projectId, name: 'web', id: made.json().stack.id }
      const row = await play.settled(stack)
      assert.equal(row.status, 'FAILED')
      const texts = await allOf(play, app, stack)
      assert.match(texts.join(), /Invalid input for/)
      demandSilence(texts)
      demandSilence(written)
      await app.close()
    },
    { options: { actionRetryLimit: 0 } },
  ),
)

test(
  'a request that is refused is answered without the secrets that it came with',
  playing(async (play) => {
    const { app, written } = service(play)
    const secret = `${word} ?!`
    const texts: string[] = []
    for (const [method, url, extra] of [
      ['POST', '/stacks', { stack_name: 'web' }],
      ['POST', '/stacks/preview', { stack_name: 'web' }],
      ['PUT', '/stacks/web/s1', {}],
    ] as const) {
      const bad = { parameters: { word: secret }, parameter_defaults: { other: { no: [fallback] } } }
      const { status, text } = await answered(app, method, url, { ...extra, template, environment: bad })
      assert.ok(status === 400 || status === 404, `${url}: ${status} ${text}`)
      texts.push(text)
    }
    demandSilence(texts)
    demandSilence(written)
    await app.close()
  }),
)
