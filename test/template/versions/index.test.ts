import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import {
  firstWith,
  functionsOf,
  lastWith,
  versionOf,
  versions,
} from '../../../src/template/versions/index.ts'
import { messages } from '../sample.ts'

/** What each version adds to the one before, and takes away. */
const history: readonly (readonly [version: string, added: string, removed?: string])[] = [
  ['2013-05-23', 'get_param get_resource get_attr list_join str_replace resource_facade get_file'],
  ['2014-10-16', ''],
  ['2015-04-30', 'repeat digest'],
  ['2015-10-15', 'str_split'],
  ['2016-04-08', 'map_merge'],
  ['2016-10-14', 'map_replace if equals not and or'],
  ['2017-02-24', 'filter str_replace_strict'],
  ['2017-09-01', 'make_url list_concat str_replace_vstrict list_concat_unique contains'],
  ['2018-03-02', ''],
  ['2018-08-31', ''],
  ['2021-04-16', ''],
]

test('each version has the functions of the one before and its own', () => {
  const known: string[] = []
  for (const [version, added] of history) {
    known.push(...added.split(' ').filter(Boolean))
    const listed = functionsOf(`heat_template_version.${version}`, { conditions: true })
    assert.deepEqual(listed?.map(({ functions }) => functions).sort(), [...known].sort(), version)
    assert.ok(listed.every(({ description }) => description.length > 0))
  }
})

test('functions of conditions are only listed when asked for', () => {
  const names = functionsOf('heat_template_version.newton')?.map(({ functions }) => functions)
  assert.ok(names?.includes('if') && !names.includes('equals'))
  assert.equal(functionsOf('heat_template_version.2999-01-01'), undefined)
})

test('versions are listed oldest first, with their aliases', () => {
  assert.equal(versions().length, 11)
  assert.deepEqual(versions()[5], {
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
  [{}, /^Template format version not found\.$/],
  [{ heat_template_version: 2013 }, /Template version was not provided$/],
  [{ heat_template_version: '2018-08-31', AWSTemplateFormatVersion: '2010-09-09' }, /Ambiguous versions/],
  [
    { heat_template_version: '2018-08-30' },
    /"heat_template_version: 2018-08-30"\. "heat_template_version" should be one of: 2013-05-23, 2014-10-16/,
  ],
  [
    { AWSTemplateFormatVersion: '2010-09-09' },
    /"AWSTemplateFormatVersion: 2010-09-09"\. CloudFormation templates are not supported yet$/,
  ],
]

for (const [template, words] of refused) {
  test(`${JSON.stringify(template)} names no version`, () =>
    assert.match(messages(parseTemplate(template).problems)[0] ?? '', words))
}

test('a mistyped version is told the one that was meant', () => {
  const problem = versionOf({ heat_template_version: '2018-08-30' })
  assert.ok('message' in problem && problem.meant === '2018-08-31')
})

test('it is known which versions have a function', () => {
  assert.equal(firstWith('map_merge')?.name, '2016-04-08')
  assert.equal(lastWith('Fn::Select')?.name, '2015-04-30')
  assert.equal(firstWith('gone'), undefined)
})
