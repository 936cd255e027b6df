import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Json, JsonMap } from '../../src/base/json.ts'
import {
  defineStack,
  errorType,
  parseEnvironment,
  parseTemplate,
  type TemplateProblem,
} from '../../src/template/index.ts'

type Answer =
  | { readonly value: Json; readonly text: string }
  | { readonly error: string; readonly message?: string }

interface Fact {
  readonly version: string
  readonly declaration: Json
  readonly rows: readonly (readonly [Answer] | readonly [Json, Answer])[]
}

/** What the original said; see parameters.py beside the facts. */
const facts = JSON.parse(
  readFileSync(new URL('./facts/parameters.json', import.meta.url), 'utf8'),
) as readonly Fact[]

describe('parameters get the values, and the refusals, that Heat gives them', () => {
  for (const { version, declaration, rows } of facts) {
    it(`${JSON.stringify(declaration)} in ${version}`, () => {
      for (const row of rows) {
        const [given, told] = row.length === 2 ? row : [undefined, row[0]]
        const answer = ask(version, declaration, given)
        // Where the original broke down, anything counts that is an answer.
        if ('error' in told && told.error === 'crash') continue
        assert.deepEqual(answer, asJson(told), `given ${JSON.stringify(given)}`)
      }
    })
  }
})

/** JSON has one kind of number: what Python shows as 5.0 is 5. */
const asJson = (answer: Answer): Answer =>
  'text' in answer ? { ...answer, text: answer.text.replace(/^(-?\d+)\.0$/, '$1') } : answer

function ask(version: string, declaration: Json, given: Json | undefined): Answer {
  const parsed = parseTemplate(
    version === 'HeatTemplateFormatVersion'
      ? { [version]: '2012-12-12', Parameters: { p: declaration } }
      : { heat_template_version: version, parameters: { p: declaration } },
  )
  const [misread] = parsed.problems
  if (misread !== undefined || parsed.value === undefined) return refusal(misread)
  const said: JsonMap = { parameters: given === undefined ? {} : { p: given } }
  const environment = parseEnvironment(said).value
  assert.ok(environment)
  const { value, problems } = defineStack({
    template: parsed.value,
    environment,
    files: {},
    pseudo: { stackName: '', stackId: '', projectId: '' },
  })
  const parameter = value.parameters.get('p')
  return problems.length > 0 || parameter === undefined
    ? refusal(problems[0])
    : { value: parameter.value, text: parameter.text }
}

const refusal = (problem: TemplateProblem | undefined): Answer =>
  problem === undefined ? { error: 'none' } : { error: errorType(problem.code), message: problem.message }
