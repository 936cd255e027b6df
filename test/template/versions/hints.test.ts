import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cfnVersions } from '../../../src/template/versions/cfn.ts'
import { later, laterFunction, laterWord, removedFunction } from '../../../src/template/versions/hints.ts'
import { hotVersions } from '../../../src/template/versions/hot.ts'

function version(name: string) {
  const found = [...hotVersions, ...cfnVersions].find((one) => one.name === name)
  assert.ok(found)
  return found
}

test('what looks like a call of a later function is told the version that has it', () => {
  assert.equal(
    laterFunction({ str_split: [',', 'a,b'] }, version('2014-10-16')).hint,
    'The function "str_split" exists from version 2015-10-15 on; this template is 2014-10-16',
  )
})

test('what is no call of any function is told nothing', () => {
  for (const data of [{ other: 1 }, { str_split: 1, other: 2 }, [1], 'str_split', null, {}])
    assert.equal(laterFunction(data, version('2014-10-16')).hint, undefined)
  assert.equal(laterFunction({ str_split: 1 }, version('2018-08-31')).hint, undefined)
})

test('a function for conditions in another place is told where it belongs', () => {
  assert.equal(
    laterFunction({ equals: [1, 1] }, version('2018-08-31')).hint,
    'The function "equals" may only be called in conditions',
  )
})

test('a function of the other language is told what does its work here', () => {
  assert.equal(
    laterFunction({ 'Fn::GetAtt': ['a', 'b'] }, version('2018-08-31')).hint,
    'The function "Fn::GetAtt" is one of AWSTemplateFormatVersion; this template is heat_template_version 2018-08-31, which has get_attr',
  )
  assert.equal(
    laterFunction({ get_param: 'x' }, version('2010-09-09')).hint,
    'The function "get_param" is one of heat_template_version; this template is AWSTemplateFormatVersion 2010-09-09, which has Ref',
  )
  assert.equal(
    laterFunction({ 'Fn::If': ['a', 1, 2] }, version('2012-12-12')).hint,
    'The function "Fn::If" is one of AWSTemplateFormatVersion; this template is HeatTemplateFormatVersion 2012-12-12',
  )
})

test('a removed function is told its last version, and what does its work now', () => {
  assert.equal(
    removedFunction('Ref', version('2018-08-31')).hint,
    'The last version that has it is 2013-05-23; this one has get_param and get_resource',
  )
  assert.equal(
    removedFunction('Fn::Base64', version('2014-10-16')).hint,
    'The last version that has it is 2013-05-23',
  )
})

test('the version that would accept it is named for programs too', () => {
  const named = (lateness: { readonly version?: string }) => lateness.version
  assert.equal(named(laterFunction({ str_split: [',', 'a,b'] }, version('2014-10-16'))), '2015-10-15')
  assert.equal(named(removedFunction('Ref', version('2018-08-31'))), '2013-05-23')
  assert.equal(named(laterWord('tags', version('2016-10-14'), ({ words }) => words.parameter)), '2018-03-02')
  assert.equal(
    named(later('It', version('2016-10-14'), ({ constraints }) => constraints.includes('modulo'))),
    '2017-02-24',
  )
  assert.deepEqual(
    later('It', version('2016-10-14'), () => false),
    {},
  )
})

test('a word of a later version is told that version', () => {
  assert.equal(
    laterWord('conditions', version('2016-04-08'), ({ words }) => words).hint,
    '"conditions" exists from version 2016-10-14 on; this template is 2016-04-08',
  )
  assert.equal(
    laterWord('Conditions', version('2012-12-12'), ({ words }) => words).hint,
    '"Conditions" is a word of AWSTemplateFormatVersion; this template is HeatTemplateFormatVersion 2012-12-12',
  )
  assert.equal(laterWord('nonsense', version('2016-04-08'), ({ words }) => words).hint, undefined)
})

test('what looks like a call whose name is mistyped is told the name that was meant', () => {
  const hint = (data: unknown) => laterFunction(data, version('2018-08-31')).hint
  assert.equal(hint({ get_parm: 'a' }), 'There is no function "get_parm". Did you mean "get_param"?')
  assert.equal(
    hint({ '\u00a0get_param': 'a' }),
    'There is no function "\\u00a0get_param". Did you mean "get_param"?',
  )
  for (const data of [{ notes: 1 }, { iff: 1 }, { server_name: 1 }, { get_parm: 1, other: 2 }])
    assert.equal(hint(data), undefined)
  assert.equal(laterFunction({ 'Fn::GetAt': [] }, version('2010-09-09')).meant, 'Fn::GetAtt')
})
