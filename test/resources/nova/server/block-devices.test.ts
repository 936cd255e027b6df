import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { blockDevices, olderDevices } from '../../../../src/resources/nova/server/block-devices.ts'

const volume = { destination_type: 'volume', boot_index: 0, delete_on_termination: false }
const blank = { source_type: 'blank', destination_type: 'local', boot_index: -1, delete_on_termination: true }

describe('block devices, as Nova takes them', () => {
  it('boot and are kept if they are volumes, and are last and lost if they are not', () => {
    assert.deepEqual(
      blockDevices(
        [
          { volume_id: 'v' },
          { snapshot_id: 's' },
          { image: 'i', volume_size: 5, volume_type: 't' },
          { swap_size: 64 },
          { ephemeral_size: 1, ephemeral_format: 'ext4' },
        ],
        undefined,
      ),
      [
        { uuid: 'v', source_type: 'volume', ...volume },
        { uuid: 's', source_type: 'snapshot', ...volume },
        { uuid: 'i', source_type: 'image', ...volume, volume_size: 5, volume_type: 't' },
        { ...blank, guest_format: 'swap', volume_size: 64 },
        { ...blank, volume_size: 1, guest_format: 'ext4' },
      ],
    )
  })

  it('are what the template says otherwise', () => {
    const said = {
      boot_index: 2,
      delete_on_termination: true,
      device_name: 'vdc',
      disk_bus: 'scsi',
      device_type: 'disk',
    } as const
    assert.deepEqual(blockDevices([{ volume_id: 'v', ...said }], undefined), [
      { uuid: 'v', source_type: 'volume', destination_type: 'volume', ...said },
    ])
  })

  it('are headed by the image that the server boots', () => {
    assert.deepEqual(blockDevices([], 'i')[0], {
      uuid: 'i',
      source_type: 'image',
      destination_type: 'local',
      boot_index: 0,
      delete_on_termination: true,
    })
  })

  it('have an older form', () => {
    assert.deepEqual(
      olderDevices([
        { device_name: 'vda', volume_id: 'v', delete_on_termination: true },
        { device_name: 'vdb', snapshot_id: 's', volume_size: 2 },
      ]),
      [
        { device_name: 'vda', volume_id: 'v', delete_on_termination: true },
        { device_name: 'vdb', snapshot_id: 's', volume_size: 2 },
      ],
    )
  })
})
