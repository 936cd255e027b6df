import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { checkStack, parseTemplate, type TemplateProblem } from '../../../src/template/index.ts'
import { catalog } from '../check/catalog.ts'
import { sampleStack } from '../sample.ts'

/** All that is said of a template of a version. */
function problemsOf(version: string, sections: JsonMap): readonly TemplateProblem[] {
  const { value, problems } = parseTemplate({ heat_template_version: version, ...sections })
  assert.ok(value)
  const stack = sampleStack(value)
  return [...problems, ...stack.problems, ...checkStack(stack.definition, catalog)]
}

const server = (properties: JsonMap, more: JsonMap = {}): JsonMap => ({
  resources: { a: { type: 'OS::Nova::Server', properties, ...more } },
})

const call = { str_split: [',', 'a,b', 0] }
const cases: readonly (readonly [where: string, version: string, sections: JsonMap, wanted: string])[] = [
  ['the value of a property', '2014-10-16', server({ flavor: call }), '2015-10-15'],
  ['all properties', '2015-10-15', server({ map_merge: [{ flavor: 'x' }] }), '2016-04-08'],
  [
    'a param of str_replace',
    '2014-10-16',
    server({ flavor: { str_replace: { template: 'A', params: { A: call } } } }),
    '2015-10-15',
  ],
  ['an item of list_join', '2014-10-16', server({ flavor: { list_join: ['', [call]] } }), '2015-10-15'],
  ['the arguments of a function', '2014-10-16', server({ flavor: { list_join: call } }), '2015-10-15'],
  [
    'a definition of a condition',
    '2016-10-14',
    { conditions: { it: { contains: ['a', ['a']] } } },
    '2017-09-01',
  ],
  [
    'a condition inside of another',
    '2016-10-14',
    {
      conditions: { it: { not: { contains: ['a', ['a']] } } },
      ...server({ flavor: 'x' }, { condition: 'it' }),
    },
    '2017-09-01',
  ],
  [
    'the condition of a resource',
    '2016-10-14',
    server({ flavor: 'x' }, { condition: { contains: ['a', ['a']] } }),
    '2017-09-01',
  ],
  ['an if without an else', '2018-08-31', server({ flavor: { if: [true, 'x'] } }), '2021-04-16'],
  ['a get_attr of all attributes', '2014-10-16', server({ flavor: { get_attr: ['a'] } }), '2015-10-15'],
  ['several lists', '2014-10-16', server({ flavor: { list_join: ['', ['a'], ['b']] } }), '2015-10-15'],
  ['a section', '2016-04-08', { conditions: {} }, '2016-10-14'],
  ['a key of a resource', '2016-04-08', server({ flavor: 'x' }, { external_id: 'x' }), '2016-10-14'],
  ['a key of a parameter', '2017-09-01', { parameters: { p: { type: 'string', tags: [] } } }, '2018-03-02'],
  [
    'a constraint',
    '2016-10-14',
    { parameters: { p: { type: 'number', constraints: [{ modulo: { step: 2, offset: 0 } }] } } },
    '2017-02-24',
  ],
  [
    'a word for a deletion policy',
    '2016-04-08',
    server({ flavor: 'x' }, { deletion_policy: 'retain' }),
    '2016-10-14',
  ],
]

for (const [where, version, sections, wanted] of cases) {
  test(`${where} that ${version} does not have names the version that does`, () => {
    const told = problemsOf(version, sections).find((problem) => problem.version !== undefined)
    assert.equal(told?.version, wanted)
    assert.match(told.hint ?? '', new RegExp(`exists from version ${wanted} on; this template is ${version}`))
  })
}
