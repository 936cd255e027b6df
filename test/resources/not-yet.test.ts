import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allTypes, notYet } from '../../src/resources/index.ts'
import { typeFacts } from '../conformance/facts.ts'

test('every type of Heat is declared or known to be missing, and none is both', () => {
  const here = allTypes.map(({ type }) => type).filter((type) => Object.hasOwn(typeFacts, type))
  assert.deepEqual([...here, ...notYet].sort(), Object.keys(typeFacts).sort())
})
