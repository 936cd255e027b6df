import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/base/problem.ts'
import { readerInNameOf } from '../../../src/cli/bundle/own-objects.ts'
import { Unreadable } from '../../../src/cli/bundle/read.ts'
import type { HearthClient } from '../../../src/client/index.ts'
import { Unconnectable } from '../../../src/client/words.ts'

const url = 'http://store/v1/AUTH_p/templates/web.yaml'
const bytes = new TextEncoder().encode('kept')

function reading(status: number, connect: () => Promise<Partial<HearthClient>>) {
  let connections = 0
  const context = {
    connect: async () => {
      connections++
      return (await connect()) as HearthClient
    },
  }
  const read = readerInNameOf(context, async () => {
    throw new Unreadable(`the server answered ${status}`, { status })
  })
  return { read, connections: () => connections }
}

test('what the own object store keeps from strangers is read in the name of the user', async () => {
  const { read, connections } = reading(401, async () => ({ readObject: async () => bytes }))
  assert.deepEqual([await read(url), await read(url)], [bytes, bytes])
  assert.equal(connections(), 1)
})

test('what is refused in that name too, or is elsewhere, is told as the first refusal', async () => {
  const readObject = async () => {
    throw new Problem('NotInObjectStore', 'not in it', { status: 400 })
  }
  await assert.rejects(reading(403, async () => ({ readObject })).read(url), /the server answered 403/)
})

test('nobody is asked who they are for what is not there, nor must be anybody', async () => {
  const { read, connections } = reading(404, async () => ({}))
  await assert.rejects(read(url), /the server answered 404/)
  assert.equal(connections(), 0)
  const unknown = reading(401, () => Promise.reject(new Unconnectable('no address of Keystone is known')))
  await assert.rejects(unknown.read(url), /the server answered 401/)
})
