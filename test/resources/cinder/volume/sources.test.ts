import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceRefusals } from '../../../../src/resources/cinder/volume/sources.ts'
import { UNKNOWN } from '../../../../src/schema/index.ts'

const messages = (props: object) => sourceRefusals(props).map(({ message }) => message)

describe('what a volume is made of', () => {
  it('is nothing but a size, or one source with or without one', () => {
    for (const props of [
      { size: 1 },
      { size: 1, image: 'i' },
      { snapshot_id: 's' },
      { source_volid: 'v' },
      { backup_id: 'b' },
      { size: 1, source_volid: UNKNOWN },
    ]) {
      assert.deepEqual(messages(props), [])
    }
  })

  it('needs a size where the source does not tell it', () => {
    assert.match(messages({})[0] ?? '', /^If neither "backup_id" nor "size" .* options: \[\]\.$/)
    assert.match(messages({ image: 'i' })[0] ?? '', /options: \['image'\]\.$/)
    assert.match(
      messages({ snapshot_id: 's', image: 'i' })[0] ?? '',
      /options: \['snapshot_id', 'image'\]\.$/,
    )
  })

  it('is not two things at once', () => {
    assert.match(
      messages({ size: 1, image: 'i', source_volid: 'v' })[0] ?? '',
      /^If "size" is provided, only one of/,
    )
  })
})
