import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allTypes } from '../../src/resources/index.ts'
import { typesOfSite } from '../../src/resources/site-types.ts'

const serverAt = (nameLength: number, userDataFormat: 'HEAT_CFNTOOLS' | 'RAW') =>
  typesOfSite({ server: { nameLength, userDataFormat } }).find(({ type }) => type === 'OS::Nova::Server')

describe('resource types at a site', () => {
  it('are all there are', () => {
    const types = typesOfSite({ server: { nameLength: 53, userDataFormat: 'RAW' } })
    assert.deepEqual(
      types.map(({ type }) => type),
      allTypes.map(({ type }) => type),
    )
  })

  it('give servers names of the length, and user data of the form, that the operator says (§15)', () => {
    const server = serverAt(20, 'RAW')
    assert.equal(server?.is === 'resource' && server.nameLimit, 20)
    assert.equal(server?.properties.user_data_format.options.default, 'RAW')
    assert.equal(serverAt(53, 'HEAT_CFNTOOLS')?.properties.user_data_format.options.default, 'HEAT_CFNTOOLS')
  })
})
