import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { allEndpoints } from '../../src/contract/rest/index.ts'
import { ask, at, bench, willing } from './kit.ts'

const endpoints = allEndpoints.flatMap((family) => family.endpoints).map(({ endpoint }) => endpoint)
const keys = [
  ...new Set(endpoints.flatMap(({ query }) => Object.keys(query))),
  '__proto__',
  'constructor',
  'x',
]
const text = fc.string({ unit: 'binary', maxLength: 30 })
const queries = fc.array(
  fc.tuple(fc.constantFrom(...keys), fc.oneof(text, fc.constantFrom('true', '1', '-1', 'a,b', ''))),
  {
    maxLength: 5,
  },
)

test('whatever is in a path or a query, the answer is an answer', async () => {
  const server = bench({ engine: willing, options: { templateFetchTimeoutMs: 10 } })
  const asked = fc.asyncProperty(
    fc.constantFrom(...endpoints),
    fc.array(text, { minLength: 5, maxLength: 5 }),
    queries,
    async (endpoint, values, query) => {
      const filled = values[Symbol.iterator]()
      const address = endpoint.address
        .replace('{project_id}', 'p1')
        .replaceAll(/\{\w+\}/g, () => encodeURIComponent((filled.next().value ?? '').toWellFormed()))
      const parameters = new URLSearchParams(
        query.map(([key, value]): [string, string] => [key, value.toWellFormed()]),
      )
      const reply = await ask(server, `${address}?${parameters}` as 'GET /')
      assert.ok(reply.status < 500, `${address}?${parameters}: ${reply.status} ${reply.text}`)
    },
  )
  await fc.assert(asked, { numRuns: 150 })
})

const parts = [
  'stack_name',
  'template',
  'parameters',
  'environment',
  'environment_files',
  'files',
  'files_container',
  'timeout_mins',
  'disable_rollback',
  'tags',
  'converge',
  'clear_parameters',
  'adopt_stack_data',
] as const
const bodies = fc.record(Object.fromEntries(parts.map((part) => [part, fc.jsonValue({ maxDepth: 3 })])), {
  requiredKeys: [],
})
const places = [
  'POST /v1/p1/stacks',
  'POST /v1/p1/validate',
  `PUT ${at}`,
  `PATCH ${at}`,
  `PATCH ${at}/preview`,
] as const

test('whatever is in a body, it is taken or refused', async () => {
  const server = bench({ engine: willing })
  const asked = fc.asyncProperty(fc.constantFrom(...places), bodies, async (place, body) => {
    const reply = await ask(server, place, { body })
    assert.ok(reply.status < 500, `${place} ${JSON.stringify(body)}: ${reply.status} ${reply.text}`)
  })
  await fc.assert(asked, { numRuns: 150 })
})

test('whatever bytes a body is of, it is taken or refused', async () => {
  const server = bench({ engine: willing })
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string().map((rest) => `{${rest}`),
    fc.json(),
  )
  const asked = fc.asyncProperty(
    fc.constantFrom(...places),
    noise,
    fc.constantFrom('application/json', 'text/plain', 'a', ''),
    async (place, body, type) => {
      const reply = await ask(server, place, { body, headers: type === '' ? {} : { 'content-type': type } })
      assert.ok(reply.status < 500, `${place} ${body}: ${reply.status} ${reply.text}`)
    },
  )
  await fc.assert(asked, { numRuns: 150 })
})
