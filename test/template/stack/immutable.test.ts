import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { changedImmutables } from '../../../src/template/index.ts'
import { sampleStack, sampleTemplate } from '../sample.ts'

const stack = (immutable: boolean, parameters: JsonMap) =>
  sampleStack(
    sampleTemplate({ parameters: { a: { type: 'number', immutable }, b: { type: 'string', default: 'x' } } }),
    { environment: { parameters } },
  ).definition

test('names the parameters that may not change and do', () => {
  assert.deepEqual(changedImmutables(stack(true, { a: 1 }), stack(true, { a: 2, b: 'y' })), ['a'])
  assert.deepEqual(changedImmutables(stack(true, { a: 1 }), stack(true, { a: '1' })), [])
  assert.deepEqual(changedImmutables(stack(true, { a: 1 }), stack(false, { a: 2 })), [])
})

test('a parameter that is new may have any value', () => {
  const before = sampleStack(sampleTemplate({})).definition
  assert.deepEqual(changedImmutables(before, stack(true, { a: 2 })), [])
})
