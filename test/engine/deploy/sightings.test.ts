import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Sightings } from '../../../src/engine/deploy/sightings.ts'

const engine = (id: string, seenAt: number) => ({ id, host: id, startedAt: 0, seenAt })

describe('which engines are alive', () => {
  it('knows an engine by what it says changing, whatever time its own clock has', () => {
    const sightings = new Sightings(1000)
    for (let beat = 0; beat < 10; beat++) {
      sightings.look([engine('behind', beat - 3_600_000), engine('still', 5)], beat * 1000)
    }
    assert.deepEqual(sightings.heardWithin(5000), ['behind'])
    assert.equal(sightings.quietMs('still'), 9000)
    assert.equal(sightings.quietMs('unheard of'), Number.POSITIVE_INFINITY)
  })

  it('believes no jump of its own clock, nor that time passed while it slept', () => {
    const sightings = new Sightings(1000)
    sightings.look([engine('one', 1)], 0)
    sightings.look([engine('one', 1)], 3_600_000)
    assert.deepEqual(sightings.heardWithin(5000), ['one'])
    sightings.look([engine('one', 1)], 0)
    assert.deepEqual(sightings.heardWithin(5000), ['one'])
  })

  it('counts one among the dead that was given up, until it is heard of again', () => {
    const sightings = new Sightings(1000)
    sightings.look([engine('one', 1)], 0)
    sightings.giveUp('one')
    sightings.look([engine('one', 1)], 1000)
    assert.deepEqual(sightings.heardWithin(5000), [])
    sightings.look([engine('one', 2)], 2000)
    assert.deepEqual(sightings.heardWithin(5000), ['one'])
  })

  it('forgets one that said goodbye', () => {
    const sightings = new Sightings(1000)
    sightings.look([engine('one', 1)], 0)
    sightings.look([], 1000)
    assert.equal(sightings.quietMs('one'), Number.POSITIVE_INFINITY)
  })
})
