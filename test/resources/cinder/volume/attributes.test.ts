import assert from 'node:assert/strict'
import { it } from 'node:test'
import { attributes } from '../../../../src/resources/cinder/volume/attributes.ts'

it('tells as texts what Heat tells as texts', () => {
  const { size, metadata, encrypted, attachments } = attributes
  assert.equal(size.options.live.from(3), '3')
  assert.equal(size.options.live.from(null), null)
  assert.equal(metadata.options.live.from({ a: 'b' }), '{"a":"b"}')
  assert.equal(encrypted.options.live.from(true), 'True')
  assert.equal(encrypted.options.live.from(false), 'False')
  assert.equal(attachments.options.live.from([]), '[]')
})
