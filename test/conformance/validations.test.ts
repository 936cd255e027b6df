import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { JsonMap } from '../../src/base/json.ts'
import { allTypes } from '../../src/resources/index.ts'
import { extendSite, noSite } from '../../src/template/index.ts'
import { type Scenario, scenario } from '../../src/testing/scenario.ts'
import { bench } from '../api/kit.ts'

interface Fact {
  readonly name: string
  readonly query: string
  readonly body: JsonMap
  readonly answer:
    | { readonly status: 200; readonly body: JsonMap }
    | { readonly status: number; readonly type: string; readonly message: string | null }
}

/** What the original answered; see validations.py beside the facts. */
const facts = JSON.parse(
  readFileSync(new URL('./facts/validations.json', import.meta.url), 'utf8'),
) as readonly Fact[]

/** Where Hearth answers something else on purpose: the status, words in its message, and why. */
const differences: Readonly<Record<string, readonly [status: number, words: RegExp, why: string]>> = {
  ...alike('the original has no words', 400, {
    'params not map': /"parameters" must be a map/,
    'groups of text': /parameters must be provided/,
    'resources list': /"resources" must contain a map/,
    'outputs list': /"outputs" must contain a map/,
    'env list': /not a valid YAML mapping/,
    'template list': /not a JSON object or YAML mapping/,
    'template number': /not a JSON object or YAML mapping/,
    'files bad': /Error parsing environment one/,
  }),
  ...alike('the original breaks down', 400, {
    'cycle two': /^Circular Dependency Found: a -> b -> a$/,
    'cycle self': /^Circular Dependency Found: a -> a$/,
    'cycle three': /^Circular Dependency Found: a -> b -> c -> a$/,
    'cycle self ref': /^Circular Dependency Found: a -> a$/,
    'external id depends': /^Invalid dependency with external OS::Neutron::Net resource: abc$/,
    'env restricted bad': /^Invalid restricted_action type "never"/,
    'files merged': /^Conflicting merge strategy 'merge' for parameter 'l' in file 'two'\.$/,
    'files invalid strategy': /^Invalid merge strategy 'merge' for parameter 'b'\.$/,
    'files missing': /No content found in the "files" section for the environment file one/,
    'ignore bad code': /^Invalid codes in ignore_errors : 5$/,
    'ignore bad text': /^Invalid codes in ignore_errors : foo$/,
  }),
  ...alike('another YAML reader says it otherwise', 400, {
    'env bad text': /^Environment not in valid format: Error parsing environment .*line 1, column 5/,
    'template bad text': /^Template not in valid format: Error parsing template .*line 1, column 5/,
  }),
  ...alike('which nested template it is in is said too', 400, {
    'nested unparseable': /^resources\.a<in\.yaml>: Error parsing template in\.yaml/,
    'nested no version': /^resources\.a<in\.yaml>: Template format version not found\.$/,
  }),
  ...alike('templates are not fetched by engines', 400, {
    'nested missing http': /^Could not fetch remote template .*: it is not among the files of the request$/,
  }),
  ...alike('the type is not there yet', 400, {
    'ignore 99001': /OS::Trove::Instance\) could not be found/,
    'service missing': /OS::Trove::Instance\) could not be found/,
    'service missing barbican': /OS::Barbican::Secret\) could not be found/,
  }),
  ...alike('all problems are told', 400, { 'several problems': /^Invalid type \(text\)\nThe Resource Type/ }),
}

function alike(why: string, status: number, words: Readonly<Record<string, RegExp>>) {
  return Object.fromEntries(Object.entries(words).map(([name, form]) => [name, [status, form, why] as const]))
}

describe('a template is validated as Heat does it', () => {
  let play: Scenario
  let app: FastifyInstance

  before(async () => {
    const said = { resource_registry: { 'OS::Quantum*': 'OS::Neutron*' } }
    play = await scenario({ types: allTypes, site: extendSite(noSite, said, 'default.yaml').value ?? noSite })
    const { validateTemplate } = play.calls
    // The services of those types are not in this cloud.
    const anyService = { ignoreErrors: ['99001'] }
    app = bench({
      engine: { validateTemplate: (caller, ask) => validateTemplate(caller, { ...anyService, ...ask }) },
    }).app
  })
  after(() => play.end())

  for (const { name, query, body, answer } of facts) {
    it(name, async () => {
      const reply = await app.inject({
        method: 'POST',
        url: `/v1/p1/validate${query}`,
        headers: { 'x-auth-token': 'member' },
        payload: body,
      })
      const said = reply.json() as { readonly error?: { readonly type: string; readonly message: string } }
      const told = said.error
        ? { status: reply.statusCode, type: said.error.type, message: said.error.message }
        : { status: reply.statusCode, body: said }
      const other = differences[name]
      if (other === undefined) return assert.deepEqual(told, known(answer))
      const [status, words, why] = other
      assert.notDeepEqual(told, known(answer), `it is not different any more (${why})`)
      assert.equal(told.status, status)
      assert.match(said.error?.message ?? '', words)
    })
  }
})

/** What a wildcard of the operator's came to is kept as what it came to; the original keeps the wildcard's own words. */
function known(answer: Fact['answer']): unknown {
  return JSON.parse(JSON.stringify(answer).replace('"OS::Neutron*"', '"OS::Neutron::Net"'))
}
