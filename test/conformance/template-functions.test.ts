import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonMap } from '../../src/base/json.ts'
import { functionsOf, parseTemplate } from '../../src/template/index.ts'
import { laterFunction } from '../../src/template/versions/hints.ts'
import { versionOf } from '../../src/template/versions/index.ts'
import type { Version } from '../../src/template/versions/version.ts'
import { resultOf, type Sample } from '../template/sample.ts'
import { versionFacts } from './facts.ts'

interface Call {
  readonly args: Json
  readonly gives: Json
  readonly where?: Sample
}

/** A good call of every function there is; what it gives is the same in all versions that have the function. */
const calls: Readonly<Record<string, Call>> = {
  get_param: { args: 'colour', gives: 'red', where: { parameters: { colour: 'red' } } },
  get_resource: { args: 'server', gives: 'REF:server' },
  get_attr: { args: ['server', 'name'], gives: 'ATT:server.name' },
  get_file: { args: 'a.txt', gives: 'text', where: { files: { 'a.txt': 'text' } } },
  list_join: { args: ['-', ['a', null, 'b']], gives: 'a--b' },
  str_replace: { args: { template: 'a NAME', params: { NAME: 1 } }, gives: 'a 1' },
  resource_facade: {
    args: 'deletion_policy',
    gives: 'Retain',
    where: { facade: { deletion_policy: 'Retain' } },
  },
  repeat: {
    args: { template: '%a%%b%', for_each: { '%a%': ['1', '2'], '%b%': ['x'] } },
    gives: ['1x', '2x'],
  },
  digest: { args: ['md5', 'a'], gives: '0cc175b9c0f1b6a831c399e269772661' },
  str_split: { args: [',', 'a,b', 1], gives: 'b' },
  map_merge: { args: [{ a: 1, b: 1 }, { b: 2 }], gives: { a: 1, b: 2 } },
  map_replace: { args: [{ a: 'x' }, { keys: { a: 'b' }, values: { x: 'y' } }], gives: { b: 'y' } },
  if: { args: [true, 1, 2], gives: 1 },
  filter: { args: [[1], [1, 2]], gives: [2] },
  str_replace_strict: { args: { template: 'a NAME', params: { NAME: [1] } }, gives: 'a [1]' },
  str_replace_vstrict: { args: { template: 'a NAME', params: { NAME: 'b' } }, gives: 'a b' },
  make_url: { args: { scheme: 'http', host: '::1', path: '/a b' }, gives: 'http://[::1]/a%20b' },
  list_concat: { args: [[1], null, [1, 2]], gives: [1, 1, 2] },
  list_concat_unique: { args: [[1], [1, 2]], gives: [1, 2] },
  contains: { args: ['b', 'abc'], gives: true },
  equals: { args: [1, '1'], gives: false },
  not: { args: false, gives: true },
  and: { args: [true, false], gives: false },
  or: { args: [true, false], gives: true },
  Ref: { args: 'server', gives: 'REF:server' },
  'Fn::GetAtt': { args: ['server', 'name'], gives: 'ATT:server.name' },
  'Fn::FindInMap': {
    args: ['Sizes', 'web', 'ram'],
    gives: 512,
    where: { template: { Mappings: { Sizes: { web: { ram: 512 } } } } },
  },
  'Fn::GetAZs': { args: '', gives: ['nova'] },
  'Fn::Select': { args: ['1', ['a', 'b']], gives: 'b' },
  'Fn::Join': { args: ['-', ['a', null, 'b']], gives: 'a--b' },
  'Fn::Split': { args: [',', 'a,b'], gives: ['a', 'b'] },
  'Fn::Replace': { args: [{ NAME: 1 }, 'a NAME'], gives: 'a 1' },
  'Fn::Base64': { args: 'text', gives: 'text' },
  'Fn::MemberListToMap': {
    args: ['Name', 'Value', ['.member.0.Name=a', '.member.0.Value=b']],
    gives: { a: 'b' },
  },
  'Fn::ResourceFacade': {
    args: 'DeletionPolicy',
    gives: 'Retain',
    where: { facade: { deletion_policy: 'Retain' } },
  },
  'Fn::If': { args: [true, 1, 2], gives: 1 },
  'Fn::Equals': { args: [1, '1'], gives: false },
  'Fn::Not': { args: [false], gives: true },
  'Fn::And': { args: [true, false], gives: false },
  'Fn::Or': { args: [true, false], gives: true },
  yaql: { args: { expression: '$.data.max()', data: [3, 1] }, gives: 3 },
}

function versionNamed(fullName: string): Version {
  const [key = '', name = ''] = fullName.split('.')
  const version = versionOf({ [key]: name })
  assert.ok(!('message' in version), fullName)
  return version
}

function sampleIn({ key, name, type }: Version, where: Sample = {}): Sample {
  return { ...where, version: type === 'hot' ? name : `${key}.${name}` }
}

const expected = Object.entries(versionFacts).map(([fullName, { functions }]) => ({
  fullName,
  version: versionNamed(fullName),
  names: functions,
}))

for (const { fullName, version, names } of expected) {
  test(`${fullName} lists the functions of Heat's, in its order`, () => {
    const listed = (conditions: boolean) =>
      functionsOf(fullName, { conditions })?.map(({ functions }) => functions)
    assert.deepEqual(listed(true), names)
    assert.deepEqual(
      listed(false),
      names.filter((name) => version.functions.has(name)),
    )
  })

  for (const [name, { args, gives, where }] of Object.entries(calls)) {
    const sample = sampleIn(version, where)
    if (names.includes(name)) {
      test(`${fullName} has ${name}`, () => assert.deepEqual(called(name, args, version, sample), gives))
    } else if (version.removed.has(name)) {
      test(`${fullName} has ${name} no more`, () => assertRemoved({ [name]: args }, version))
    } else {
      test(`${fullName} takes ${name} for data, and knows who has it`, () =>
        assertData({ [name]: args }, version, name))
    }
  }
}

/** What a call gives as a value or, where it may only stand in a condition, as a condition. */
function called(name: string, args: Json, version: Version, sample: Sample): unknown {
  if (version.functions.has(name)) return resultOf({ [name]: args }, sample)
  const choice = version.type === 'hot' ? 'if' : 'Fn::If'
  return resultOf({ [choice]: [{ [name]: args }, true, false] }, sample)
}

function templateWith(value: Json, { key, name, type }: Version): JsonMap {
  return type === 'hot'
    ? { [key]: name, outputs: { it: { value } } }
    : { [key]: name, Outputs: { it: { Value: value } } }
}

function assertRemoved(call: JsonMap, version: Version): void {
  const [name] = Object.keys(call)
  const [problem, ...others] = parseTemplate(templateWith(call, version)).problems
  assert.deepEqual(others, [])
  assert.equal(
    problem?.message,
    `outputs.it.value.${name}: The template version is invalid: The function ${name} is not supported in this version of HOT.`,
  )
  const last = Object.entries(versionFacts).findLast(
    ([, { type, functions }]) => type === 'hot' && functions.includes(name ?? ''),
  )
  assert.ok(problem.hint?.startsWith(`The last version that has it is ${last?.[0].split('.')[1]}`))
}

function assertData(call: JsonMap, version: Version, name: string): void {
  assert.deepEqual(resultOf(call, sampleIn(version)), call)
  const family = Object.entries(versionFacts).filter(([, { type }]) => type === version.type)
  const first = family.find(([, { functions }]) => functions.includes(name))?.[0].split('.')
  const { hint } = laterFunction(call, version)
  if (first?.[0] === version.key)
    assert.equal(
      hint,
      `The function "${name}" exists from version ${first[1]} on; this template is ${version.name}`,
    )
  else assert.match(hint ?? '', new RegExp(`^The function "${name}" is one of [A-Za-z_]+; this template is `))
}

test('every function of the table is called here', () => {
  const missing = new Set(
    expected.flatMap(({ names }) => names).filter((name) => !Object.hasOwn(calls, name)),
  )
  assert.deepEqual([...missing], [])
})
