import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { describeTemplate, parseTemplate } from '../../../src/template/index.ts'
import { messages, pseudo, sampleStack } from '../sample.ts'

const amazon = (sections: JsonMap) => parseTemplate({ AWSTemplateFormatVersion: '2010-09-09', ...sections })
const heats = (sections: JsonMap) => parseTemplate({ HeatTemplateFormatVersion: '2012-12-12', ...sections })

function parameterOf(declaration: JsonMap) {
  const { value, problems } = amazon({ Parameters: { it: declaration } })
  return { it: value?.parameters.get('it'), problems }
}

test('a parameter has its rules under keys of their own', () => {
  const { it, problems } = parameterOf({
    Type: 'String',
    Default: 'abc',
    NoEcho: 'true',
    Label: 'It',
    AllowedValues: ['abc', 'abcd'],
    AllowedPattern: '[a-z]*',
    MinLength: '2',
    MaxLength: 5,
    Description: 'what',
    ConstraintDescription: 'short',
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(it, {
    name: 'it',
    type: 'string',
    description: 'what',
    label: 'It',
    default: 'abc',
    hidden: true,
    immutable: false,
    tags: [],
    constraints: [
      { is: 'length', min: 2, max: 5, description: 'short' },
      { is: 'allowed_values', values: ['abc', 'abcd'], description: 'short' },
      { is: 'allowed_pattern', pattern: '[a-z]*', description: 'short' },
    ],
  })
})

test('a parameter is shown as the API shows those of native templates', () => {
  const { value } = amazon({
    Parameters: {
      List: { Type: 'CommaDelimitedList', Default: 'a,b' },
      Size: { Type: 'Number', Default: 3, MinValue: 1, MaxValue: 5, NoEcho: true },
    },
  })
  assert.ok(value)
  assert.deepEqual(describeTemplate(sampleStack(value).definition).Parameters, {
    List: { Type: 'CommaDelimitedList', Description: '', NoEcho: 'false', Label: 'List', Default: 'a,b' },
    Size: {
      Type: 'Number',
      Description: '',
      NoEcho: 'true',
      Label: 'Size',
      Default: 3,
      MinValue: 1,
      MaxValue: 5,
    },
  })
})

const misread: readonly (readonly [JsonMap, string])[] = [
  [{ Type: 'string' }, 'Invalid type (string)'],
  [{ Default: 'a' }, 'Missing parameter type for parameter: it'],
  [{ Type: 'String', Constraints: [] }, "Invalid key 'Constraints' for parameter (it)"],
  [{ Type: 'String', MinValue: 1 }, "Parameter 'it' is invalid: Range constraint invalid for String"],
  [
    { Type: 'Number', MaxValue: 2, Default: 3 },
    "Parameter 'it' is invalid: Invalid default 3 (3 is out of range (min: None, max: 2))",
  ],
]

for (const [declaration, message] of misread) {
  test(`a parameter of ${JSON.stringify(declaration)} is refused`, () =>
    assert.deepEqual(messages(parameterOf(declaration).problems), [message]))
}

test('rules that do not fit are told with the key that says them', () => {
  assert.deepEqual(parameterOf({ Type: 'Json', MaxValue: 1 }).problems[0]?.path, [
    'Parameters',
    'it',
    'MaxValue',
  ])
})

test('a resource may have keys that mean nothing', () => {
  const { value, problems } = heats({
    Resources: {
      a: { Type: 'T', CreationPolicy: {}, DependsOn: 'b', DeletionPolicy: 'Retain' },
      b: { Type: 'T' },
    },
  })
  assert.deepEqual(problems, [])
  const a = value?.resources.get('a')
  assert.deepEqual([a?.dependsOn, a?.deletionPolicy], [['b'], 'Retain'])
})

test('resources and outputs have conditions in templates of Amazon, and none in those of Heat', () => {
  const sections: JsonMap = {
    Resources: { a: { Type: 'T', Condition: 'No' } },
    Outputs: { o: { Value: 1, Condition: 'No' } },
  }
  const theirs = amazon({ ...sections, Conditions: { No: { 'Fn::Equals': [1, 2] } } }).value
  const ours = heats(sections).value
  assert.ok(theirs && ours)
  assert.equal(sampleStack(theirs).definition.resources.size, 0)
  assert.equal(sampleStack(theirs).definition.outputs.get('o')?.enabled, false)
  assert.equal(sampleStack(ours).definition.resources.size, 1)
  assert.equal(sampleStack(ours).definition.outputs.get('o')?.enabled, true)
})

test('a section for conditions in a template of Heat names the version that has one', () => {
  const [problem] = heats({ Conditions: {} }).problems
  assert.equal(problem?.message, 'The template section is invalid: Conditions')
  assert.match(problem?.hint ?? '', /"Conditions" is a word of AWSTemplateFormatVersion/)
})

test('the stack is known by name, ARN and a region that Amazon has', () => {
  const { value } = amazon({})
  assert.ok(value)
  const { parameters } = sampleStack(value).definition
  const known = (name: string) => parameters.get(name)?.value
  assert.equal(known('AWS::StackName'), pseudo.stackName)
  assert.equal(
    known('AWS::StackId'),
    `arn:openstack:heat::${pseudo.projectId}:stacks/${pseudo.stackName}/${pseudo.stackId}`,
  )
  assert.equal(known('AWS::Region'), 'ap-southeast-1')
  assert.equal(known('OS::stack_id'), undefined)
})

test('what is no resource is said in the words of these versions', () => {
  assert.deepEqual(messages(heats({ Resources: { a: 'text', b: { Properties: {} } } }).problems), [
    "Resources must contain Resource. Found a [<class 'str'>] instead",
    'Each Resource must contain a Type key.',
  ])
})
