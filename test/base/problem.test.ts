import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOf, Problem, problem } from '../../src/base/problem.ts'

const Lost = problem('Lost', { status: 404, aws: 'Gone' }, ({ what }: { what: string }) => `${what} is lost.`)

test('a kind of problem makes problems that say what it declares', () => {
  const cause = new Error('why')
  const made = Lost({ what: 'The key' }, cause)
  assert.ok(made instanceof Problem)
  assert.deepEqual(
    [made.code, made.status, made.message, made.details, made.cause],
    ['Lost', 404, 'The key is lost.', { what: 'The key' }, cause],
  )
})

test('a problem is known by its code', () => {
  const sent = new Problem('Lost', 'from another process', { status: 404 })
  assert.ok(Lost.is(sent))
  assert.ok(!Lost.is(new Problem('Found', '', { status: 200 })))
  assert.ok(!Lost.is(new Error('Lost')))
})

test('whatever is thrown has words', () => {
  assert.deepEqual([messageOf(new Error('a')), messageOf('b'), messageOf(undefined)], ['a', 'b', 'undefined'])
})
