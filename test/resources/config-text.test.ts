import assert from 'node:assert/strict'
import { it } from 'node:test'
import { configTextOf } from '../../src/resources/config-text.ts'
import { memoryConfigs } from '../../src/testing/rehearsal.ts'

const config = { group: null, config: 'echo', inputs: [], outputs: [], options: {} }

it('asks for a software config only where the ID of one may stand', async () => {
  const id = '0123456789abcdef0123456789ABCDEF'
  const configs = memoryConfigs({ [id]: config, word: config })
  assert.equal(await configTextOf(configs, id), 'echo')
  assert.equal(await configTextOf(configs, 'word'), 'word')
})
