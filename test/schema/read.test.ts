import assert from 'node:assert/strict'
import { test } from 'node:test'
import { integer, list, object, read, string, UNKNOWN } from '../../src/schema/index.ts'

const shape = {
  name: string('', { required: true }),
  size: integer('', { default: 1, range: { min: 1 } }),
  network: string(),
  network_id: string('', { spells: 'network' }),
  old: string('', { implemented: false }),
  ports: list(object({ id: string('', { required: true }), index: integer('', { default: 0 }) })),
  place: object({ zone: string('', { default: 'nova' }) }, '', { default: {} }),
}

test('fills in defaults, also inside, and casts kinds', () => {
  const { value, faults } = read(shape, { name: 'a', size: '5', ports: [{ id: 7 }] })
  assert.deepEqual(faults, [])
  assert.deepEqual(value, { name: 'a', size: 5, ports: [{ id: '7', index: 0 }], place: { zone: 'nova' } })
})

test('takes null for nothing where there is a default', () => {
  assert.equal(read(shape, { name: 'a', size: null }).value.size, 1)
  assert.equal(read(shape, { name: 'a', network: null }).value.network, '')
})

test('takes an older spelling for the newer one, but not both', () => {
  assert.equal(read(shape, { name: 'a', network_id: 'n' }).value.network, 'n')
  assert.deepEqual(
    read(shape, { name: 'a', network_id: 'n', network: 'm' }).faults.map(({ code, message }) => [
      code,
      message,
    ]),
    [['TwoSpellings', 'Cannot define the following properties at the same time: network, network_id']],
  )
})

test('collects every fault with its path', () => {
  const { faults } = read(shape, { naem: 'a', size: 0, old: 'x', ports: [{}, { id: 'b', index: 'c' }, 5] })
  assert.deepEqual(
    faults.map(({ code, path, meant }) => [code, path.join('.'), meant]),
    [
      ['UnknownProperty', 'naem', 'name'],
      ['MissingProperty', 'name', undefined],
      ['ConstraintBroken', 'size', undefined],
      ['NotImplemented', 'old', undefined],
      ['MissingProperty', 'ports.0.id', undefined],
      ['WrongType', 'ports.1.index', undefined],
      ['WrongType', 'ports.2', undefined],
    ],
  )
})

test('passes over what is not known yet, in part or whole', () => {
  assert.deepEqual(read(shape, { name: UNKNOWN, ports: [UNKNOWN, { id: UNKNOWN }] }), {
    value: { name: UNKNOWN, size: 1, ports: [UNKNOWN, { id: UNKNOWN, index: 0 }], place: { zone: 'nova' } },
    faults: [],
  })
  assert.equal(read(shape, UNKNOWN).value as unknown, UNKNOWN)
})

test('takes prototype names for names like any other', () => {
  const { faults } = read(shape, JSON.parse('{"name": "a", "__proto__": 1, "constructor": 2}'))
  assert.deepEqual(
    faults.map(({ path }) => path[0]),
    ['__proto__', 'constructor'],
  )
})

test('wants a map', () => {
  assert.deepEqual(
    read(shape, ['a']).faults.map(({ message }) => message),
    ['Properties must be a map'],
  )
})
