import assert from 'node:assert/strict'
import type { JsonMap } from '../../src/base/json.ts'
import { messageOf } from '../../src/base/problem.ts'
import { allTypes } from '../../src/resources/index.ts'
import { UNKNOWN } from '../../src/schema/index.ts'
import {
  checkStack,
  declaredParameters,
  defineStack,
  describeTemplate,
  type Environment,
  emptyEnvironment,
  evaluateMetadata,
  evaluateOutput,
  evaluateProperties,
  evaluateUpdatePolicy,
  lintTemplate,
  mergeEnvironments,
  parseEnvironment,
  parseTemplate,
  type StackDefinition,
  type Template,
  type TemplateProblem,
  type TypeCatalog,
  type World,
} from '../../src/template/index.ts'

/** A request as a stranger may send it: a template, environments and files. */
export interface Case {
  readonly template: string | JsonMap
  readonly environments: readonly (string | JsonMap)[]
  readonly files: Readonly<Record<string, string>>
}

const types = new Map(allTypes.map((type) => [type.type, type]))
const catalog: TypeCatalog = { find: (type) => types.get(type), names: () => [...types.keys()] }

const worlds: readonly World[] = [
  { reference: (resource) => `id-${resource}`, attribute: (_, path) => path.join('.') },
  { reference: () => UNKNOWN, attribute: () => UNKNOWN },
  {
    reference: () => null,
    attribute: (_, path) => ({ [String(path[0])]: [path, { x: UNKNOWN }, 1.5, null] }),
  },
]

/** Does all that a service does with a request before it asks a cloud; throws where the language breaks its promises. */
export function takeAll({ template: source, environments, files }: Case): void {
  const read = parseTemplate(source)
  judge(read.problems)
  const given = environments.map((one, i) => ({
    name: `env-${i}`,
    ...parseEnvironment(one, { file: `env-${i}` }),
  }))
  for (const { problems } of given) judge(problems)
  if (read.value === undefined) return
  const named = given.flatMap(({ name, value }) => (value ? [{ name, environment: value }] : []))
  const merged = mergeEnvironments(emptyEnvironment, named, declaredParameters(read.value, files))
  judge(merged.problems)
  const taking = { environment: withSecrets(read.value, merged.value ?? emptyEnvironment), files }
  takeTemplate(read.value, taking)
  lint(read.value, taking, source)
  assert.deepEqual(Object.keys(Object.prototype), [], 'no prototype was touched')
}

/** Gives every hidden parameter a value that nothing may tell. */
function withSecrets({ parameters }: Template, environment: Environment): Environment {
  const hidden = [...parameters.values()].filter((one) => one.hidden).map(({ name }) => [name, secret])
  return { ...environment, parameters: { ...environment.parameters, ...Object.fromEntries(hidden) } }
}

const secret = `a "secret" of 'somebody' \\ ${'x'.repeat(300)}`
const tellsSecret = /a \\?"secret/

interface Taking {
  readonly environment: Environment
  readonly files: Case['files']
}

function takeTemplate(template: Template, { environment, files }: Taking): void {
  for (const lenient of [false, true]) {
    const pseudo = { stackName: 'fuzzed', stackId: 'id', projectId: 'project' }
    const { value: definition, problems } = defineStack({ template, environment, files, pseudo, lenient })
    judge(problems)
    judge(checkStack(definition, catalog, { nested: true, values: true }))
    JSON.stringify(describeTemplate(definition, { showNested: true }))
    for (const world of worlds) evaluateAll(definition, world)
  }
}

function lint(template: Template, { environment, files }: Taking, source: Case['template']): void {
  const text = typeof source === 'string' ? source : JSON.stringify(source)
  for (const { message } of lintTemplate(template, { environment, files, catalog, text, runs: () => true }))
    judgeWords(message)
}

function evaluateAll(definition: StackDefinition, world: World): void {
  for (const name of definition.outputs.keys()) {
    const result = evaluateOutput(definition, name, world)
    if ('error' in result) judgeWords(result.error)
  }
  for (const name of definition.resources.keys()) {
    for (const evaluated of [evaluateProperties, evaluateMetadata, evaluateUpdatePolicy]) {
      try {
        evaluated(definition, name, world)
      } catch (error) {
        assert.match(messageOf(error), /^Property error: /, 'a refusal says where')
        judgeWords(messageOf(error))
      }
    }
  }
}

const longestMessage = 20_000
const mostProblems = 5000

/** What every problem must be: few enough, told in bounded words, and with a place that is there. */
function judge(problems: readonly TemplateProblem[]): void {
  assert.ok(problems.length <= mostProblems, 'there are not too many problems')
  for (const { code, message, line, column } of problems) {
    assert.match(code, /^[A-Z][A-Za-z]+$/)
    judgeWords(message)
    if (line !== undefined)
      assert.ok(line > 0 && (column ?? 1) > 0, `the place of ${code} is counted from one`)
  }
}

function judgeWords(message: string): void {
  assert.ok(message.length > 0 && message.length < longestMessage, 'words are few')
  assert.doesNotMatch(message, tellsSecret, 'no secret is told')
}
