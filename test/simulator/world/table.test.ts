import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kind, Table } from '../../../src/simulator/world/table.ts'

interface Thing {
  readonly id: string
  readonly home: string
  readonly size: number
}

test('a table finds rows by an index as by a look at each, whatever was changed or removed', () => {
  let changes = 0
  const table = new Table<Thing>(kind<Thing>('things', ['home']), () => changes++)
  for (let i = 0; i < 6; i++) table.add({ id: `${i}`, home: i % 2 ? 'odd' : 'even', size: i })
  table.change('2', { home: 'odd' })
  table.change('4', { size: 40 })
  table.remove('1')
  table.remove('nothing')
  const ids = (rows: readonly Thing[]) => rows.map((row) => row.id).sort()
  assert.deepEqual(ids(table.where('home', 'odd')), ids(table.filter((row) => row.home === 'odd')))
  assert.deepEqual(ids(table.where('home', 'even')), ['0', '4'])
  assert.deepEqual(ids(table.where('size', 40)), ['4'])
  assert.equal(table.change('1', { size: 1 }), undefined)
  assert.equal(table.size, 5)
  assert.equal(changes, 9)
})
