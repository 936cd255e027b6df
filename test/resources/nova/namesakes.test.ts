import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Collection, Found } from '../../../src/cloud/service.ts'
import { newNamesakes, noteNamesakes } from '../../../src/resources/nova/namesakes.ts'
import { recorder } from '../../../src/testing/recorder.ts'
import { memoryNotes } from '../../../src/testing/rehearsal.ts'

it('what bore a name before is told from what bears it now', async () => {
  let listed = [{ id: 'old' }]
  const { client, requests } = recorder<Collection<Found>>({ list: () => listed })
  const self = {
    name: 'a',
    uuid: 'u',
    type: 't',
    stack: { id: 's', name: 's', projectId: 'p' },
    physicalName: 's-a-x',
  }
  const naming = { notes: memoryNotes(), self, props: { name: 'mine' } }
  await noteNamesakes(naming, client)
  listed = [{ id: 'old' }, { id: 'new' }]
  assert.deepEqual(await newNamesakes(naming, client), [{ id: 'new' }])
  // A physical name is nobody else's.
  await noteNamesakes({ ...naming, props: { name: 's-a-x' } }, client)
  assert.equal(requests.length, 2)
})
