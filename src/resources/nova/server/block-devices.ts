import type { BlockDevice } from '../../../cloud/nova/index.ts'
import type { Props } from './properties.ts'

type Older = NonNullable<Props['block_device_mapping']>[number]
type Device = NonNullable<Props['block_device_mapping_v2']>[number]

/** Volumes in the older form, as Nova takes them. */
export const olderDevices = (devices: readonly Older[]): readonly BlockDevice[] =>
  devices.map(({ device_name, volume_id, snapshot_id, volume_size, delete_on_termination }) => ({
    device_name,
    ...(snapshot_id ? { snapshot_id } : volume_id ? { volume_id } : {}),
    ...(volume_size && { volume_size }),
    ...(delete_on_termination && { delete_on_termination }),
  }))

/** Disks as Nova takes them. The image a server boots must then be among them. */
export function blockDevices(devices: readonly Device[], image: string | undefined): readonly BlockDevice[] {
  const root = image
    ? [
        {
          uuid: image,
          source_type: 'image',
          destination_type: 'local',
          boot_index: 0,
          delete_on_termination: true,
        },
      ]
    : []
  return [...root, ...devices.map(blockDevice)]
}

function blockDevice(device: Device): BlockDevice {
  const { device_name, device_type, disk_bus, boot_index, volume_size, volume_type, delete_on_termination } =
    device
  return {
    ...sourceOf(device),
    ...(device_name && { device_name }),
    ...(device_type !== undefined && { device_type }),
    ...(disk_bus !== undefined && { disk_bus }),
    ...(boot_index !== undefined && { boot_index }),
    ...(volume_size !== undefined && { volume_size }),
    ...(volume_type !== undefined && { volume_type }),
    ...(delete_on_termination !== undefined && { delete_on_termination }),
  }
}

/** Where a disk's content comes from; it is kept after the server if it is a volume, and boots if nothing else is said. */
function sourceOf({
  volume_id,
  snapshot_id,
  image,
  swap_size,
  ephemeral_size,
  ephemeral_format,
}: Device): BlockDevice {
  const volume = { destination_type: 'volume', boot_index: 0, delete_on_termination: false }
  if (volume_id) return { uuid: volume_id, source_type: 'volume', ...volume }
  if (snapshot_id) return { uuid: snapshot_id, source_type: 'snapshot', ...volume }
  if (image) return { uuid: image, source_type: 'image', ...volume }
  const blank = {
    source_type: 'blank',
    destination_type: 'local',
    boot_index: -1,
    delete_on_termination: true,
  }
  if (swap_size) return { ...blank, guest_format: 'swap', volume_size: swap_size }
  return {
    ...blank,
    ...(ephemeral_size && { volume_size: ephemeral_size }),
    ...(ephemeral_format && { guest_format: ephemeral_format }),
  }
}
