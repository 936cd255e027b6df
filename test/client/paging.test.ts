import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allStacks, type HearthClient, type StackListQuery } from '../../src/client/index.ts'

/** A client of a service that knows so many stacks and sends at most two at a time. */
function clientOf(count: number): { readonly client: HearthClient; readonly asked: StackListQuery[] } {
  const asked: StackListQuery[] = []
  const ids = Array.from({ length: count }, (_none, i) => `s${i}`)
  const client = {
    async listStacks(query: StackListQuery = {}) {
      asked.push(query)
      const from = query.marker === undefined ? 0 : ids.indexOf(query.marker) + 1
      const most = query.limit === undefined ? count : Math.min(query.limit, 2)
      return { stacks: ids.slice(from, from + most).map((id) => ({ id })) }
    },
  } as unknown as HearthClient
  return { client, asked }
}

test('without a limit one request is enough', async () => {
  const { client, asked } = clientOf(5)
  assert.equal((await allStacks(client, { show_nested: true })).length, 5)
  assert.deepEqual(asked, [{ show_nested: true }])
})

test('pages are asked for until there are as many as wanted', async () => {
  const { client, asked } = clientOf(5)
  const rows = await allStacks(client, { limit: 3, name: ['x'] })
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['s0', 's1', 's2'],
  )
  assert.deepEqual(asked, [
    { name: ['x'], limit: 3 },
    { name: ['x'], limit: 1, marker: 's1' },
  ])
})

test('the end of the list ends it', async () => {
  const { client } = clientOf(3)
  assert.equal((await allStacks(client, { limit: 10, marker: 's0' })).length, 2)
})
