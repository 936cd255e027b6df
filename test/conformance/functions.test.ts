import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { isMap, type Json, type JsonMap } from '../../src/base/json.ts'
import {
  type AttributePath,
  defineStack,
  emptyEnvironment,
  evaluateOutput,
  parseTemplate,
  type World,
} from '../../src/template/index.ts'

type Answer = { readonly gives: Json } | { readonly refused: true }
type Rows = readonly (readonly [versions: readonly string[], args: Json, answer: Answer])[]

interface Facts {
  /** What was known when the calls were made. */
  readonly asked: Readonly<
    Record<'parameters' | 'conditions' | 'cfnConditions' | 'mappings' | 'attributes', JsonMap>
  > & { readonly files: Readonly<Record<string, string>> }
  readonly values: Readonly<Record<string, Rows>>
  readonly conditions: Readonly<Record<string, Rows>>
}

/** What the original said; see functions.py beside the facts. */
const facts = JSON.parse(readFileSync(new URL('./facts/functions.json', import.meta.url), 'utf8')) as Facts

for (const place of ['values', 'conditions'] as const) {
  describe(`functions for ${place} give, and refuse, what they do in Heat`, () => {
    for (const [name, rows] of Object.entries(facts[place])) {
      it(name, () => {
        for (const [versions, args, told] of rows) {
          for (const version of versions) {
            const call = { [name]: args }
            const answer = ask(version, place === 'values' ? call : chosenBy(call, version))
            assert.deepEqual(answer, told, `${version} ${JSON.stringify(call)}`)
          }
        }
      })
    }
  })
}

const isCfn = (version: string): boolean => version.includes('.')

/** A condition can only be seen by what it decides. */
const chosenBy = (condition: JsonMap, version: string): JsonMap => ({
  [isCfn(version) ? 'Fn::If' : 'if']: [condition, true, false],
})

function ask(version: string, value: Json): Answer {
  const { value: template, problems } = parseTemplate(templateOf(version, value))
  if (template === undefined || problems.length > 0) return { refused: true }
  const stack = defineStack({
    template,
    environment: emptyEnvironment,
    files: facts.asked.files,
    pseudo: { stackName: 'web', stackId: 'i', projectId: 'p' },
  })
  if (stack.problems.length > 0) return { refused: true }
  const output = evaluateOutput(stack.value, 'it', world)
  return 'error' in output ? { refused: true } : { gives: JSON.parse(JSON.stringify(output.value)) }
}

function templateOf(version: string, value: Json): JsonMap {
  const { parameters, conditions, cfnConditions, mappings } = facts.asked
  if (isCfn(version)) {
    const [key = '', name = ''] = version.split('.')
    return {
      [key]: name,
      Mappings: mappings,
      Parameters: mapped(parameters, (one) => ({ Type: capital(kindOf(one)), Default: one })),
      ...(key.startsWith('AWS') && { Conditions: cfnConditions }),
      Resources: { server: { Type: 'T' } },
      Outputs: { it: { Value: value } },
    }
  }
  return {
    heat_template_version: version,
    parameters: mapped(parameters, (one) => ({ type: kindOf(one), default: one })),
    ...(version >= '2016-10-14' && { conditions }),
    resources: { server: { type: 'T' } },
    outputs: { it: { value } },
  }
}

const mapped = (map: JsonMap, change: (value: Json) => Json): JsonMap =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]))

const kindOf = (value: Json): string => (typeof value === 'object' ? 'json' : typeof value)

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const world: World = {
  reference: (resource) => `REF:${resource}`,
  attribute: (_resource, path) => (path.length === 0 ? facts.asked.attributes : walked(path)),
}

function walked(path: AttributePath): unknown {
  let part: unknown = facts.asked.attributes
  for (const key of path) {
    if (Array.isArray(part) || typeof part === 'string')
      part = Number.isInteger(key) ? part.at(Number(key)) : undefined
    else part = isMap(part) && typeof key === 'string' && Object.hasOwn(part, key) ? part[key] : undefined
  }
  return part ?? null
}
