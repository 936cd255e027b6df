import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cfnVersions } from '../../../src/template/versions/cfn.ts'
import {
  laterFunctionHint,
  laterWordHint,
  removedFunctionHint,
} from '../../../src/template/versions/hints.ts'
import { hotVersions } from '../../../src/template/versions/hot.ts'

function version(name: string) {
  const found = [...hotVersions, ...cfnVersions].find((one) => one.name === name)
  assert.ok(found)
  return found
}

test('what looks like a call of a later function is told the version that has it', () => {
  assert.equal(
    laterFunctionHint({ str_split: [',', 'a,b'] }, version('2014-10-16')),
    'The function "str_split" exists from version 2015-10-15 on; this template is 2014-10-16',
  )
})

test('what is no call of any function is told nothing', () => {
  for (const data of [{ other: 1 }, { str_split: 1, other: 2 }, [1], 'str_split', null, {}])
    assert.equal(laterFunctionHint(data, version('2014-10-16')), undefined)
  assert.equal(laterFunctionHint({ str_split: 1 }, version('2018-08-31')), undefined)
})

test('a function for conditions in another place is told where it belongs', () => {
  assert.equal(
    laterFunctionHint({ equals: [1, 1] }, version('2018-08-31')),
    'The function "equals" may only be called in conditions',
  )
})

test('a function of the other language is told what does its work here', () => {
  assert.equal(
    laterFunctionHint({ 'Fn::GetAtt': ['a', 'b'] }, version('2018-08-31')),
    'The function "Fn::GetAtt" is one of AWSTemplateFormatVersion; this template is heat_template_version 2018-08-31, which has get_attr',
  )
  assert.equal(
    laterFunctionHint({ get_param: 'x' }, version('2010-09-09')),
    'The function "get_param" is one of heat_template_version; this template is AWSTemplateFormatVersion 2010-09-09, which has Ref',
  )
  assert.equal(
    laterFunctionHint({ 'Fn::If': ['a', 1, 2] }, version('2012-12-12')),
    'The function "Fn::If" is one of AWSTemplateFormatVersion; this template is HeatTemplateFormatVersion 2012-12-12',
  )
})

test('a removed function is told its last version, and what does its work now', () => {
  assert.equal(
    removedFunctionHint('Ref', version('2018-08-31')),
    'The last version that has it is 2013-05-23; this one has get_param and get_resource',
  )
  assert.equal(
    removedFunctionHint('Fn::Base64', version('2014-10-16')),
    'The last version that has it is 2013-05-23',
  )
})

test('a word of a later version is told that version', () => {
  assert.equal(
    laterWordHint('conditions', version('2016-04-08'), (words) => words),
    '"conditions" exists from version 2016-10-14 on; this template is 2016-04-08',
  )
  assert.equal(
    laterWordHint('Conditions', version('2012-12-12'), (words) => words),
    '"Conditions" is a word of AWSTemplateFormatVersion; this template is HeatTemplateFormatVersion 2012-12-12',
  )
  assert.equal(
    laterWordHint('nonsense', version('2016-04-08'), (words) => words),
    undefined,
  )
})
