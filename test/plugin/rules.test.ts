import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { atLeastOne, isGiven, notTogether, onlyWith, refuseIf } from '../../src/plugin/index.ts'
import { UNKNOWN } from '../../src/schema/index.ts'

const refused = (message: string) => [{ path: [], message }]

describe('rules between properties', () => {
  it('take empty values, false and what is not known yet for not given', () => {
    assert.deepEqual([undefined, null, '', false, [], UNKNOWN].map(isGiven), Array(6).fill(false))
    assert.deepEqual(['a', 0, true, ['a'], {}].map(isGiven), Array(5).fill(true))
  })

  it('refuse properties that exclude each other', () => {
    assert.deepEqual(
      notTogether({ a: 1, b: 2, c: '' }, 'a', 'b', 'c'),
      refused('Cannot define the following properties at the same time: a, b.'),
    )
    assert.deepEqual(notTogether({ a: 1, b: UNKNOWN }, 'a', 'b'), [])
  })

  it('ask for one of several, which may be one that is not known yet', () => {
    assert.deepEqual(
      atLeastOne({ a: '' }, 'a', 'b'),
      refused('At least one of the following properties must be specified: a, b.'),
    )
    assert.deepEqual(atLeastOne({ b: UNKNOWN }, 'a', 'b'), [])
  })

  it('ask for what another needs', () => {
    assert.deepEqual(onlyWith({ a: 1 }, 'a', 'b'), refused('a cannot be specified without b.'))
    assert.deepEqual(onlyWith({ a: 1, b: UNKNOWN }, 'a', 'b'), [])
    assert.deepEqual(onlyWith({}, 'a', 'b'), [])
  })

  it("are a type's own", () => {
    assert.deepEqual(refuseIf(true, 'No.'), refused('No.'))
    assert.deepEqual(refuseIf(false, 'No.'), [])
  })
})
