import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import {
  firstVersion,
  functionsOf,
  lastVersion,
  versionOf,
  versions,
} from '../../../src/template/versions/index.ts'
import { messages } from '../sample.ts'

test('functions of conditions are only listed when asked for', () => {
  const names = functionsOf('heat_template_version.newton')?.map(({ functions }) => functions)
  assert.ok(names?.includes('if') && !names.includes('equals'))
  assert.equal(functionsOf('heat_template_version.2999-01-01'), undefined)
})

test('versions are listed by their names, with their aliases', () => {
  const listed = versions()
  assert.equal(listed.length, 13)
  assert.deepEqual(listed[0], { version: 'AWSTemplateFormatVersion.2010-09-09', type: 'cfn', aliases: [] })
  assert.deepEqual(listed[7], {
    version: 'heat_template_version.2016-10-14',
    type: 'hot',
    aliases: ['heat_template_version.newton'],
  })
})

test('a template may name its version by date or alias', () => {
  for (const [name, found] of Object.entries({
    newton: '2016-10-14',
    ocata: '2017-02-24',
    pike: '2017-09-01',
    queens: '2018-03-02',
    rocky: '2018-08-31',
    wallaby: '2021-04-16',
  })) {
    const version = versionOf({ heat_template_version: name })
    assert.ok(!('message' in version) && version.name === found)
  }
})

const refused: readonly (readonly [Parameters<typeof versionOf>[0], RegExp])[] = [
  [{}, /Template version was not provided$/],
  [{ heat_template_version: 2013 }, /Template version was not provided$/],
  [{ heat_template_version: '2018-08-31', AWSTemplateFormatVersion: '2010-09-09' }, /Ambiguous versions/],
  [
    { heat_template_version: '2018-08-30' },
    /"heat_template_version: 2018-08-30"\. "heat_template_version" should be one of: 2013-05-23, 2014-10-16/,
  ],
  [
    { AWSTemplateFormatVersion: '2012-12-12' },
    /"AWSTemplateFormatVersion: 2012-12-12"\. "AWSTemplateFormatVersion" should be: 2010-09-09$/,
  ],
]

for (const [template, words] of refused) {
  test(`${JSON.stringify(template)} names no version`, () =>
    assert.match(messages(parseTemplate(template).problems)[0] ?? '', words))
}

test('a text in which no version is written is no template', () => {
  assert.deepEqual(messages(parseTemplate('resources: {}').problems), ['Template format version not found.'])
})

test('a mistyped version is told the one that was meant', () => {
  const problem = versionOf({ heat_template_version: '2018-08-30' })
  assert.ok('message' in problem && problem.meant === '2018-08-31')
})

test('CloudFormation has a version of Amazon and one of Heat', () => {
  for (const [key, name] of [
    ['AWSTemplateFormatVersion', '2010-09-09'],
    ['HeatTemplateFormatVersion', '2012-12-12'],
  ] as const) {
    const version = versionOf({ [key]: name })
    assert.ok(!('message' in version) && version.type === 'cfn' && version.key === key)
  }
})

test('the second key of CloudFormation may stand beside the first if it names no version', () => {
  const version = versionOf({ AWSTemplateFormatVersion: '2010-09-09', HeatTemplateFormatVersion: null })
  assert.ok(!('message' in version) && version.name === '2010-09-09')
})

test('it is known which versions have something', () => {
  assert.equal(firstVersion('hot', ({ functions }) => functions.has('map_merge'))?.name, '2016-04-08')
  assert.equal(lastVersion('hot', ({ functions }) => functions.has('Fn::Select'))?.name, '2015-04-30')
  assert.equal(
    firstVersion('cfn', ({ functions }) => functions.has('map_merge')),
    undefined,
  )
})
