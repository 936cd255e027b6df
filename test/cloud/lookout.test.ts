import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError, type CloudErrorKind, isCloudError } from '../../src/cloud/error.ts'
import { lookout } from '../../src/cloud/lookout.ts'
import type { Collection, Found } from '../../src/cloud/service.ts'
import { testClock } from '../../src/testing/test-clock.ts'

const refusal = (kind: CloudErrorKind) => new CloudError(kind, { kind, service: 'compute' })

/** A collection that notes what it is asked; `there` is in it, `listed` is what its lists tell of. */
function stage(told: {
  readonly there: readonly string[]
  readonly listed?: readonly string[] | CloudError
}) {
  const clock = testClock()
  const asked: string[] = []
  const { there, listed = there } = told
  const collection = {
    async get(id: string) {
      asked.push(`get ${id}`)
      if (!there.includes(id)) throw refusal('not-found')
      return { id }
    },
    async some(ids: readonly string[]) {
      asked.push(`some ${ids.length}`)
      await clock.sleep(500)
      if (listed instanceof CloudError) throw listed
      return ids.filter((id) => listed.includes(id)).map((id) => ({ id }))
    },
  } as unknown as Collection<Found>
  const { look } = lookout(clock)
  const never = new AbortController().signal
  const from = (id: string, ms = 100, signal = never) => look(collection, id, { ms, signal })
  return { clock, asked, collection, from }
}

describe('looking at objects together', () => {
  it('is one list for all who ask before the first of them has no more patience', async () => {
    const { clock, asked, from } = stage({ there: ['a', 'b', 'c'] })
    const found = [from('a', 1000), from('b', 300), from('c', 5000)]
    await clock.pass(299)
    assert.deepEqual(asked, [])
    await clock.pass(501)
    assert.deepEqual(await Promise.all(found), [{ id: 'a' }, { id: 'b' }, { id: 'c' }])
    assert.deepEqual(asked, ['some 3'])
  })

  it('is no list for one who is alone', async () => {
    const { clock, asked, from } = stage({ there: ['a', 'b'] })
    await clock.until(from('a'))
    await clock.until(from('b'))
    assert.deepEqual(asked, ['get a', 'get b'])
  })

  it('asks for the object itself where the list leaves it out', async () => {
    const { clock, asked, from } = stage({ there: ['a', 'b', 'c'], listed: ['a', 'b'] })
    const gone = assert.rejects(from('d'), { kind: 'not-found' })
    const found = Promise.all([from('a'), from('b'), from('c')])
    assert.deepEqual(
      (await clock.until(found)).map(({ id }) => id),
      ['a', 'b', 'c'],
    )
    await gone
    assert.deepEqual(asked, ['some 4', 'get d', 'get c'])
  })

  it('answers nobody with what was asked before they came', async () => {
    const { clock, asked, from } = stage({ there: ['a', 'b', 'c', 'd', 'e', 'f'] })
    const early = Promise.all([from('a'), from('b'), from('c')])
    await clock.pass(300)
    const late = Promise.all([from('d'), from('e'), from('f')])
    await clock.until(Promise.all([early, late]))
    assert.deepEqual(asked, ['some 3', 'some 3'])
  })

  it('tells all of them that the service is away, and looks one by one where it may not list', async () => {
    const away = stage({ there: ['a', 'b', 'c'], listed: refusal('unavailable') })
    const refused = ['a', 'b', 'c'].map((id) => assert.rejects(away.from(id), { kind: 'unavailable' }))
    await away.clock.until(Promise.all(refused))
    assert.deepEqual(away.asked, ['some 3'])
    const closed = stage({ there: ['a', 'b', 'c'], listed: refusal('forbidden') })
    await closed.clock.until(Promise.all(['a', 'b', 'c'].map((id) => closed.from(id))))
    assert.deepEqual(closed.asked, ['some 3', 'get a', 'get b', 'get c'])
  })

  it('asks by one list for a hundred at most', async () => {
    const ids = Array.from({ length: 250 }, (_, i) => `n${i}`)
    const { clock, asked, from } = stage({ there: ids })
    await clock.until(Promise.all(ids.map((id) => from(id))))
    assert.deepEqual(asked, ['some 100', 'some 100', 'some 50'])
  })

  it('goes on without one who leaves off waiting', async () => {
    const { clock, asked, from } = stage({ there: ['a', 'b', 'c', 'd'] })
    const leaving = new AbortController()
    const left = assert.rejects(from('d', 50, leaving.signal), /enough/)
    const others = Promise.all([from('a'), from('b'), from('c')])
    leaving.abort(new Error('enough'))
    await left
    await clock.until(others)
    assert.deepEqual(asked, ['some 3'])
  })

  it('looks one by one where a collection can do no better', async () => {
    const { clock, asked, collection } = stage({ there: ['a', 'b', 'c'] })
    const { some: _some, ...plain } = collection
    const { look } = lookout(clock)
    const { signal } = new AbortController()
    const ids = ['a', 'b', 'x']
    const looks = ids.map((id) => look(plain as Collection<Found>, id, { ms: 10, signal }))
    const outcomes = await clock.until(Promise.allSettled(looks))
    assert.ok(outcomes[2]?.status === 'rejected' && isCloudError(outcomes[2].reason, 'not-found'))
    assert.deepEqual(asked, ['get a', 'get b', 'get x'])
  })
})
