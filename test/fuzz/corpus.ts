import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import type { Json, JsonMap } from '../../src/base/json.ts'
import { functionHistories, versions } from '../../src/template/index.ts'
import { filesIn } from '../../tools/files.ts'

const parsed = (text: string): Json => load(text) as Json

/** Whole templates that are right, to begin from. */
export const templates: readonly JsonMap[] = [
  ...filesIn('examples', '.yaml').map((file) => parsed(readFileSync(file, 'utf8')) as JsonMap),
  parsed(`
heat_template_version: 2021-04-16
parameter_groups: [{label: all, parameters: [name, count, zones, settings, on]}]
parameters:
  name: {type: string, default: web, constraints: [{length: {min: 1, max: 60}}, {allowed_pattern: '[a-z]+'}]}
  count: {type: number, default: 2, constraints: [{range: {min: 0, max: 9}}, {modulo: {step: 2, offset: 0}}]}
  zones: {type: comma_delimited_list, default: 'a,b', constraints: [{allowed_values: [a, b, c]}]}
  settings: {type: json, default: {deep: {er: [1, {x: y}]}}, tags: [t], label: L, description: D}
  on: {type: boolean, default: true, immutable: true}
  secret: {type: string, hidden: true, default: s3cr3t-value}
conditions: {is_on: {get_param: on}, both: {and: [is_on, {equals: [{get_param: name}, web]}]}, none: {not: both}}
resources:
  random: {type: 'OS::Heat::RandomString', properties: {length: 12, salt: {get_param: secret}}, deletion_policy: retain}
  value:
    type: OS::Heat::Value
    condition: both
    depends_on: [random]
    metadata: {m: {get_resource: random}}
    properties: {type: json, value: {if: [is_on, {a: {get_attr: [random, value]}}, {b: 1}]}}
  many: {type: 'OS::Heat::ResourceGroup', properties: {count: {get_param: count}, resource_def: {type: nested.yaml, properties: {x: '%index%'}}}}
  inner: {type: nested.yaml, properties: {x: {get_param: [settings, deep, er, 1, x]}}}
  aliased: {type: 'My::Type', properties: {x: {list_join: ['-', {get_param: zones}]}}}
outputs:
  all: {value: {get_attr: [many, refs]}}
  inside: {value: {get_attr: [inner, resource.value, value]}, condition: is_on}
`) as JsonMap,
  parsed(`
AWSTemplateFormatVersion: '2010-09-09'
Description: An old one
Parameters: {KeyName: {Type: String, Default: key, MinLength: '1', NoEcho: true}, Sizes: {Type: CommaDelimitedList, Default: 'a,b'}}
Mappings: {Map: {one: {arch: x86}, two: {arch: arm}}}
Conditions: {IsOne: {'Fn::Equals': [{Ref: KeyName}, key]}}
Resources:
  Handle: {Type: 'AWS::CloudFormation::WaitConditionHandle'}
  Net: {Type: 'OS::Neutron::Net', Condition: IsOne, DeletionPolicy: Retain, Properties: {name: {'Fn::Join': ['-', [{Ref: KeyName}, {'Fn::FindInMap': [Map, one, arch]}]]}}}
Outputs: {Out: {Value: {'Fn::GetAtt': [Net, status]}}, Picked: {Value: {'Fn::Select': ['1', {Ref: Sizes}]}}}
`) as JsonMap,
]

/** Whole environments that are right. */
export const environments: readonly JsonMap[] = [
  {},
  parsed(`
parameters: {name: db, count: 4, zones: [a, b], settings: {deep: {er: []}}}
parameter_defaults: {secret: another-s3cret, x: why}
parameter_merge_strategies: {settings: deep_merge, default: merge}
resource_registry:
  "My::Type": nested.yaml
  "OS::Quantum*": "OS::Neutron*"
  "Old::*": null
  resources: {value: {"OS::Heat::Value": nested.yaml, hooks: [pre-create]}, "in*": {random: {restricted_actions: replace}}}
event_sinks: [{type: zaqar-queue, target: q}]
`) as JsonMap,
]

const histories = functionHistories()

/** Calls of every function in each of its forms, right ones, out of the reference. */
export const calls: readonly Json[] = histories.flatMap(({ forms }) =>
  forms.flatMap(({ does }) => does.examples.map(({ call }) => parsed(call))),
)

/** The names of all functions that any version has. */
export const functionNames: readonly string[] = histories.map(({ name }) => name)

export const versionNames: readonly string[] = versions().map(({ version }) => version)

interface Expressions {
  readonly data: JsonMap
  readonly expressions: Readonly<Record<string, readonly string[]>>
}

const yaql = JSON.parse(
  readFileSync(new URL('../conformance/facts/yaql-expressions.json', import.meta.url), 'utf8'),
) as Expressions

/** Expressions of YAQL, and data that they are about. */
export const expressions: readonly string[] = Object.values(yaql.expressions).flat()
export const expressionData: JsonMap = yaql.data

/** Texts that have made trouble somewhere before. */
export const oddTexts: readonly string[] = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%index%',
  'nested.yaml',
  'missing.yaml',
  'OS::Heat::Value',
  'OS::stack_name',
  'is_on',
  'random',
  'show',
  '0x10',
  '1e400',
  '-0',
  '9'.repeat(400),
  'a'.repeat(5000),
  '(a+)+$',
  '(.*)*\\1x',
  '[',
  '\u0000',
  '\ud800',
  '😀',
  '\u2028',
  '$.data.select($).where($ > 1)',
  'range(1000000000).toList()',
  '$.data * 1000000 + [0] * 10000000',
  '2013-05-23',
  'file:///etc/passwd',
  'http://[::1',
  'Fn::Join',
  'yes',
]

/** Pieces of text that mean something to YAML or JSON. */
export const oddPieces: readonly string[] = [
  ...[
    '\t',
    '\r\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\u00a0',
    '...',
    '---\n',
    '%YAML 1.1\n',
    '? ',
    ': ',
    '- ',
    '#',
    '|\n',
  ],
  ...[
    '>-\n',
    '&a ',
    '*a',
    '<<: *a\n',
    '!!binary ',
    '!!python/object:os.system ',
    '!x ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '\\',
    ',',
  ],
  ...[
    '&a [*a]',
    '0o17',
    '1:30',
    '.inf',
    '.nan',
    '~',
    '!!float x',
    '!!set {a}',
    '{a: 1, a: 2}',
    '"\\ud800"',
    '2001-01-01',
  ],
]
