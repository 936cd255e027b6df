import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { breaches, breachesOf, rooms } from '../../tools/layers.ts'

describe('the direction of the house', () => {
  it('is kept by every import', () => {
    assert.deepEqual(breaches(), [])
  })

  it('has no circle', () => {
    const above = (room: string, seen: readonly string[]): readonly string[] =>
      (rooms[room]?.rooms ?? []).flatMap((next) =>
        seen.includes(next) ? [[...seen, next].join(' → ')] : above(next, [...seen, next]),
      )
    assert.deepEqual(
      Object.keys(rooms).flatMap((room) => above(room, [room])),
      [],
    )
  })

  it('lets a room import itself and the rooms below it', () => {
    const text = `import { a } from './a.ts'\nimport type { B } from '../base/b.ts'\nexport * from '../contract/views.ts'`
    assert.deepEqual(breachesOf('src/store/rows.ts', text), [])
    assert.deepEqual(breachesOf('src/engine/run/run.ts', `import { stacks } from '../../store/index.ts'`), [])
  })

  it('keeps a room from one beside or above it, however it is imported', () => {
    const names = (text: string) => breachesOf('src/engine/plan/decide.ts', text)
    assert.deepEqual(names(`import { net } from '../../resources/neutron/net.ts'`), [
      'src/engine/plan/decide.ts: engine may not import resources (../../resources/neutron/net.ts)',
    ])
    assert.equal(names(`const { up } = await import('../../bin/up.ts')`).length, 1)
    assert.equal(names(`import '../../api/index.ts'`).length, 1)
    assert.equal(names(`import {\n  one,\n  two,\n} from '../../cli/index.ts'`).length, 1)
  })

  it('keeps tests, tools and packages that are not its own out of a room', () => {
    assert.deepEqual(breachesOf('src/schema/read.ts', `import { readFileSync } from 'node:fs'`), [
      'src/schema/read.ts: schema may not import node:fs',
    ])
    assert.deepEqual(breachesOf('src/base/ids.ts', `import { randomUUID } from 'node:crypto'`), [])
    assert.deepEqual(breachesOf('src/store/rows.ts', `import { createConnection } from 'mysql2/promise'`), [])
    assert.equal(breachesOf('src/api/stacks.ts', `import { sql } from 'kysely'`).length, 1)
    assert.equal(
      breachesOf('src/store/rows.ts', `import { aStack } from '../../test/store/fixtures.ts'`).length,
      1,
    )
  })

  it('knows no room that is not in the table', () => {
    assert.deepEqual(breachesOf('src/utilities/text.ts', ''), [
      'src/utilities/text.ts: there is no room "utilities"',
    ])
  })
})
