import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutConsequences } from '../../../src/template/check/consequences.ts'
import { checkStack, defineStack, emptyEnvironment, parseTemplate } from '../../../src/template/index.ts'
import { catalog } from './catalog.ts'

const head = 'heat_template_version: 2016-10-14\n'

function told(text: string): readonly string[] {
  const { value: template, problems } = parseTemplate(head + text)
  assert.ok(template !== undefined)
  const pseudo = { stackName: 'web', stackId: 's', projectId: 'p' }
  const defined = defineStack({ template, environment: emptyEnvironment, files: {}, pseudo })
  const all = [...problems, ...defined.problems, ...checkStack(defined.value, catalog)]
  return withoutConsequences(all).map(({ code }) => code)
}

const resource = '  a: {type: OS::Heat::None}\n'
const outputs = 'outputs:\n  o: {value: {get_attr: [a, b]}}\n'

test('of a section with the wrong name that is told, and not what is missing because of it', () => {
  assert.deepEqual(told(`resource:\n${resource}${outputs}`), ['InvalidSection'])
  const server = 'resources:\n  a: {type: OS::Nova::Server, properties: {flavor: {get_param: p}}}\n'
  assert.deepEqual(told(server), ['ParameterMissing'])
  assert.deepEqual(told(`parameter:\n  p: {type: string, default: x}\n${server}`), ['InvalidSection'])
})

test('what is missing for another reason is told', () => {
  assert.deepEqual(told(outputs), ['InvalidOutputReference'])
  assert.deepEqual(told(`else: {}\n${outputs}`), ['InvalidSection', 'InvalidOutputReference'])
  assert.deepEqual(told('parameter: {}\nresources: {}\noutputs:\n  o: {value: {get_attr: [a, b]}}\n'), [
    'InvalidSection',
    'InvalidOutputReference',
  ])
})
