import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { UNKNOWN } from '../../../src/schema/index.ts'
import {
  defaultYaqlLimits,
  defineStack,
  evaluateOutput,
  parseEnvironment,
  parseTemplate,
} from '../../../src/template/index.ts'
import { namedWorld, pseudo, refusalOf, resultOf, sampleStack, sampleTemplate } from '../sample.ts'

const yaql = (expression: Json, data?: Json) => ({
  yaql: { expression, ...(data !== undefined && { data }) },
})

describe('yaql', () => {
  it('evaluates an expression on data in which calls may stand', () => {
    const parameters = { ports: [80, 443] }
    assert.equal(resultOf(yaql('$.data.max()', { get_param: 'ports' }), { parameters }), 443)
    assert.equal(resultOf(yaql({ get_param: 'text' }, [1, 2]), { parameters: { text: '$.data.len()' } }), 2)
  })

  it('has an empty map for data where none is given', () => {
    assert.deepEqual(resultOf(yaql('$.data')), {})
    assert.equal(resultOf(yaql('$.data', null)), null)
  })

  it('makes lists of sets and streams, and JSON of dates and keys', () => {
    assert.deepEqual(resultOf(yaql('set(1, 2)')), [1, 2])
    assert.deepEqual(resultOf(yaql('range(2)')), [0, 1])
    assert.deepEqual(resultOf(yaql('{1 => a, null => b}')), { 1: 'a', null: 'b' })
    assert.equal(resultOf(yaql('datetime(2020, 2, 29)')), '2020-02-29T00:00:00.000000')
  })

  it('is a condition too from 2017-09-01 on', () => {
    const choice = { if: [yaql('$.data.len() > 1', [1, 2]), 'many', 'few'] }
    assert.equal(resultOf(choice, { version: '2017-09-01' }), 'many')
    assert.match(refusalOf(choice, { version: '2017-02-24' }) ?? '', /"yaql" is invalid in this context/)
  })

  it('is not known where its data are not', () => {
    const world = { ...namedWorld, attribute: () => UNKNOWN }
    assert.equal(resultOf(yaql('1', { get_attr: ['server', 'name'] }), { world }), UNKNOWN)
  })

  it('refuses arguments of another form in the words of Heat', () => {
    assert.match(refusalOf({ yaql: [] }) ?? '', /Arguments to "yaql" must be a map\.$/)
    assert.match(refusalOf({ yaql: {} }) ?? '', /"yaql" syntax should be yaql:\n {14}expression: \$\.data/)
    assert.match(refusalOf({ yaql: { expression: '1', date: 1 } }) ?? '', /"yaql" syntax should be/)
    assert.match(refusalOf(yaql(1)) ?? '', /The "expression" argument to yaql must contain a string\.$/)
  })

  it('refuses what is no expression when the template is read', () => {
    assert.match(
      refusalOf(yaql('$.data.where(')) ?? '',
      /Bad expression Parse error: unexpected end of statement\.$/,
    )
    assert.match(
      refusalOf(yaql('1 + * 2')) ?? '',
      /Bad expression Parse error: unexpected '\*' at position 4 of expression '1 \+ \* 2'\.$/,
    )
    assert.match(refusalOf(yaql('a # b')) ?? '', /Lexical error: illegal character '#' at position 2\.$/)
  })

  it('underlines the expression that can not be read', () => {
    const source =
      'heat_template_version: newton\noutputs:\n  a: {value: {yaql: {data: 1, expression: "(" }}}\n'
    const [problem] = parseTemplate(source).problems
    assert.deepEqual([problem?.line, problem?.column], [3, 31])
  })

  it('refuses what an expression can not do, and says more than Heat where Heat says next to nothing', () => {
    assert.equal(refusalOf(yaql('foo(1)')), 'Unknown function "foo"')
    assert.equal(refusalOf(yaql('$.data.foo()', [1])), 'Unknown method "foo" for receiver (1,)')
    assert.equal(refusalOf(yaql('$.data.a', {})), "There is no key 'a' in the data of the yaql expression")
    assert.equal(
      refusalOf(yaql('$.data.first()', [])),
      'The yaql expression asks for an item of an empty collection',
    )
  })

  it('takes the names of prototypes for ordinary keys', () => {
    const value = resultOf(yaql("{'__proto__' => {x => 1}}")) as object
    assert.deepEqual(Object.keys(value), ['__proto__'])
    assert.equal(({} as { x?: number }).x, undefined)
    assert.match(refusalOf(yaql('{a => 1}.constructor')) ?? '', /no key 'constructor'/)
    assert.equal(resultOf(yaql("$.data['__proto__']", JSON.parse('{"__proto__": 5}') as Json)), 5)
  })

  it('counts the steps of all expressions of a stack, so that many are not too much', () => {
    const bomb = yaql('range(200).select(range(200).select(range(200).sum()))')
    const resources = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `r${i}`,
        { type: 'OS::Heat::Value', properties: { value: bomb } },
      ]),
    )
    const template = sampleTemplate({ resources })
    const { problems } = sampleStack(template)
    assert.match(problems[0]?.message ?? '', /Expression takes more than 500000 steps$/)
    assert.equal(problems.at(-1)?.code, 'TooLarge')
    assert.ok(problems.length < 10)
  })

  it('has the limits that the site sets', () => {
    const template = sampleTemplate({ outputs: { it: { value: yaql('range(5)') } } })
    const environment = parseEnvironment({}).value
    assert.ok(environment)
    const { value } = defineStack({
      template,
      environment,
      files: {},
      pseudo,
      yaql: { ...defaultYaqlLimits, iterators: 4 },
    })
    assert.deepEqual(evaluateOutput(value, 'it', namedWorld), {
      error: 'Collection length exceeds 4 elements',
    })
  })
})
