import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neutron } from '../../src/cloud/neutron/index.ts'
import { physicalName, resource } from '../../src/plugin/index.ts'
import { list, string } from '../../src/schema/index.ts'
import { rehearse } from '../../src/testing/rehearsal.ts'

const Thing = resource('Test::Thing', {
  summary: 'A thing.',
  uses: { neutron },
  lives: neutron.collection('networks'),
  properties: {
    name: string('Its name.', { default: physicalName, updatable: true }),
    note: string('A note.', { updatable: true }),
    tags: list(string('A tag.'), 'Its tags.', { updatable: true, ownCall: true }),
  },
  attributes: {},
  async sync({ neutron, id, changed: { tags } }) {
    if (tags !== undefined) await neutron.networks.setTags(id, tags ?? [])
  },
})

describe('a rehearsal', () => {
  it('plays the life of a resource as the engine would', async () => {
    const thing = rehearse(Thing, { note: 'a', tags: ['x'] }, { 'neutron.networks.create': { id: 'n1' } })
    assert.equal(await thing.create(), 'n1')
    await thing.update({ name: 'own', tags: [] })
    await thing.update({ name: 'own' })
    await thing.delete()
    assert.deepEqual(thing.requests, [
      ['neutron.networks.create', { name: thing.self.physicalName, note: 'a' }],
      ['neutron.networks.setTags', 'n1', ['x']],
      ['neutron.networks.update', 'n1', { name: 'own', note: null }],
      ['neutron.networks.setTags', 'n1', []],
      ['neutron.networks.setTags', 'n1', []],
      ['neutron.networks.delete', 'n1'],
    ])
  })

  it('refuses properties that are wrong', () => {
    assert.throws(() => rehearse(Thing, { nope: 1 }), /nope: Unknown Property nope/)
  })
})
