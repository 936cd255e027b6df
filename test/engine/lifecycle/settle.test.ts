import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { playing } from '../playing.ts'
import { hot, thing } from '../templates.ts'

const forty = Array.from({ length: 40 }, (_, i) => `t${i}`)

describe('waiting for many objects of one kind', () => {
  it(
    'asks the cloud for all of them at once, while they are built and while they are deleted',
    playing(async (play) => {
      const reads: string[] = []
      play.yard.interfere = (ask, act) => {
        if (ask.method === 'GET') reads.push(ask.path)
        return act()
      }
      Object.assign(play.yard.pace, { buildMs: 10_000, deleteMs: 10_000 })
      const stack = await play.create('web', hot(Object.fromEntries(forty.map((name) => [name, thing()]))))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok(reads.length < 40, `${reads.length} reads to create`)
      reads.length = 0
      await play.delete(stack)
      await play.settled(stack)
      // That an object is gone only a look at the object itself can tell.
      const single = reads.filter((path) => path !== '/things')
      assert.ok(single.length <= 40, `${single.length} single reads to delete`)
      assert.ok(reads.length - single.length < 40, `${reads.length} reads to delete`)
      assert.deepEqual(play.yard.things, [])
    }),
  )
})
