import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { isMap, type JsonMap } from '../../src/base/json.ts'
import { catalogOf, registry } from '../../src/plugin/index.ts'
import { allTypes } from '../../src/resources/index.ts'
import {
  checkStack,
  defineStack,
  emptyEnvironment,
  functionHistories,
  parseEnvironment,
  parseTemplate,
  type TemplateProblem,
} from '../../src/template/index.ts'
import { fencedBlocks } from '../../tools/documents.ts'
import { readYaml } from '../template/functions/example.ts'
import { messages, newest, pseudo } from '../template/sample.ts'

const documents = ['README.md', 'docs/guide.md', 'docs/language-library.md']
const catalog = catalogOf(registry(allTypes))

describe('the YAML in the documents', () => {
  for (const document of documents) {
    for (const { language, code, line } of fencedBlocks(readFileSync(document, 'utf8'))) {
      if (language === 'yaml')
        it(`at ${document}:${line} has no faults`, () => assert.deepEqual(messages(problemsOf(code)), []))
    }
  }

  it('is looked at as what it is', () => {
    assert.match(problemsOf('resources: { a: { tpye: X } }')[0]?.message ?? '', /tpye/)
    assert.match(
      problemsOf('heat_template_version: newton\nresources: { a: { type: X::Y } }')[0]?.message ?? '',
      /X::Y/,
    )
    assert.match(problemsOf('list_join: [","]')[0]?.message ?? '', /list_join/)
    assert.match(problemsOf('parameter_defaults: []')[0]?.message ?? '', /must be a map/)
  })
})

/** Whole templates are checked against the resource types; parts of them, and calls of functions, are parsed; what is neither is an environment. */
function problemsOf(code: string): readonly TemplateProblem[] {
  const data = readYaml(code)
  assert.ok(isMap(data))
  if ('heat_template_version' in data) return problemsOfStack(code)
  if (isPartOfTemplate(data as JsonMap))
    return parseTemplate(`heat_template_version: ${newest}\n${code}`).problems
  if (isCall(data)) return parseTemplate(around(data as JsonMap)).problems
  return parseEnvironment(code).problems
}

function isCall(data: object): boolean {
  const [name = '', another] = Object.keys(data)
  return another === undefined && functionHistories().some((one) => one.name === name)
}

const around = (value: JsonMap): JsonMap => ({ heat_template_version: newest, outputs: { it: { value } } })

function isPartOfTemplate(data: JsonMap): boolean {
  const { parameters } = data
  if (isMap(parameters) && Object.values(parameters).every((one) => isMap(one) && 'type' in one)) return true
  return ['resources', 'outputs', 'conditions'].some((section) => section in data)
}

function problemsOfStack(code: string): readonly TemplateProblem[] {
  const { value: template, problems } = parseTemplate(code)
  if (template === undefined) return problems
  const stack = defineStack({ template, environment: emptyEnvironment, files: {}, pseudo, lenient: true })
  return [...problems, ...stack.problems, ...checkStack(stack.value, catalog, { values: true })]
}
