import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { functionHistories } from '../../../src/template/index.ts'
import { allVersions } from '../../../src/template/versions/index.ts'
import { changesOf } from '../../../tools/reference/version-changes.ts'

function changes(name: string) {
  const version = allVersions.find((one) => one.name === name)
  assert.ok(version)
  return changesOf(version, functionHistories())
}

describe('what a version changed', () => {
  it('is read from the declarations: functions, sections, keys, constraints and policies', () => {
    const gained = changes('2016-10-14').flatMap((one) => one.gained)
    for (const name of ['if', 'repeat', 'get_param', 'conditions', 'external_id', 'condition', 'retain'])
      assert.ok(gained.includes(name), name)
    assert.deepEqual(
      changes('2018-03-02').map(({ words }) => words),
      ['A parameter may have the key `tags`.'],
    )
    assert.ok(
      changes('2017-02-24').some(({ words }) => words === 'Parameters may be constrained by `modulo`.'),
    )
  })

  it('may be that something is gone', () => {
    assert.deepEqual(
      changes('2015-10-15').flatMap(({ lost }) => lost),
      ['Fn::Select'],
    )
    const lost = changes('2012-12-12').flatMap((one) => one.lost)
    assert.ok(lost.includes('Conditions') && lost.includes('Fn::If') && !lost.includes('Ref'))
  })

  it('may be nothing', () => assert.deepEqual(changes('2018-08-31'), []))
})
