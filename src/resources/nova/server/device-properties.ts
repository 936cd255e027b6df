import { cinder } from '../../../cloud/cinder/index.ts'
import { glance } from '../../../cloud/glance/index.ts'
import { boolean, integer, list, object, string } from '../../../schema/index.ts'

/** Volumes to attach when a server is made, in the older form. */
export const blockDeviceMapping = list(
  object({
    device_name: string('Where the server is to see it: vda, vdb, …', { required: true }),
    volume_id: string('The volume. Give this or snapshot_id.', { finds: cinder.find.volume }),
    snapshot_id: string('The snapshot to make a volume of. Give this or volume_id.', {
      finds: cinder.find.snapshot,
    }),
    volume_size: integer('The size of the volume that is made, in GB.'),
    delete_on_termination: boolean('Whether the volume is deleted with the server.'),
  }),
  'Volumes to attach when the server is made; the one at vda is what it boots from.',
  { live: false },
)

/** Disks to attach when a server is made. Each comes from one source. */
export const blockDeviceMappingV2 = list(
  object({
    device_name: string('Where the server is to see it. Hypervisors need not heed it.'),
    volume_id: string('The volume.', { finds: cinder.find.volume }),
    image_id: string('The image, as this key was called before.', {
      support: 'HIDDEN',
      since: '9.0.0',
      spells: 'image',
      finds: glance.find.image,
    }),
    image: string('The name or ID of the image to make a volume of.', {
      since: '7.0.0',
      finds: glance.find.image,
    }),
    snapshot_id: string('The snapshot to make a volume of.', { finds: cinder.find.snapshot }),
    swap_size: integer('The size of a swap disk, in MB.'),
    ephemeral_size: integer('The size of a disk that is lost with the server, in GB.', {
      since: '8.0.0',
      range: { min: 1 },
    }),
    ephemeral_format: string('How a disk that is lost with the server is formatted.', {
      since: '8.0.0',
      oneOf: ['ext2', 'ext3', 'ext4', 'xfs', 'ntfs'],
    }),
    device_type: string('What the server is to take it for.', { oneOf: ['cdrom', 'disk'] }),
    disk_bus: string('How it is connected. Left out, the hypervisor chooses.', {
      oneOf: ['ide', 'lame_bus', 'sata', 'scsi', 'usb', 'virtio'],
    }),
    boot_index: integer('The place in the order of booting; 0 is first, a negative number is never.'),
    volume_size: integer('The size of the volume that is made, in GB.'),
    volume_type: string('The name or ID of the type of the volume that is made.', {
      since: '26.0.0',
      finds: cinder.find.vtype,
    }),
    delete_on_termination: boolean('Whether the volume is deleted with the server.'),
  }),
  'Disks to attach when the server is made.',
  { since: '2015.1', live: false },
)
