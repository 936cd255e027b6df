import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from './sample.ts'

test('a value that is read again and again makes no more than memory holds', () => {
  const long = 'x'.repeat(400_000)
  const times = (count: number) => Array.from({ length: count }, () => ({ get_param: 'long' }))
  assert.equal((resultOf(times(40), { parameters: { long } }) as readonly string[]).length, 40)
  const words = 'It reads more than 16000000 bytes of parameters, attributes and files'
  assert.equal(refusalOf(times(41), { parameters: { long } }), words)
  const many = Array.from({ length: 100_000 }, (_, i) => i)
  const world = { reference: () => 'id', attribute: () => many }
  const read = { get_attr: ['server', 'many'] }
  assert.equal(
    refusalOf(
      Array.from({ length: 10 }, () => read),
      { world },
    ),
    undefined,
  )
  assert.equal(
    refusalOf(
      Array.from({ length: 30 }, () => read),
      { world },
    ),
    words,
  )
})

test('an attribute that is nested beyond reason is refused', () => {
  let deep: unknown[] = []
  for (let i = 0; i < 1000; i++) deep = [deep]
  const world = { reference: () => 'id', attribute: () => deep }
  assert.equal(
    refusalOf({ get_attr: ['server', 'x'] }, { world }),
    'A value is nested more than 200 levels deep',
  )
})
