import { cinder, type LiveVolume, type VolumeUse } from '../../cloud/cinder/index.ts'
import { unlessGone } from '../../cloud/error.ts'
import { nova } from '../../cloud/nova/index.ts'
import { type Existing, resource } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'

const uses = { cinder, nova }

const properties = {
  instance_uuid: string('The ID of the server that is to use the volume.', {
    required: true,
    updatable: true,
    live: false,
  }),
  volume_id: string('The ID of the volume.', {
    required: true,
    updatable: true,
    finds: cinder.find.volume,
    live: false,
  }),
  mountpoint: string(
    'Where the server is to see the volume, as /dev/vdb. Many hypervisors pay no heed; what a server can rely on is /dev/disk/by-id.',
    { updatable: true, live: false },
  ),
}

/** Under which note it stands which server the volume is being taken from. */
const leavingKey = 'leaving'
/** Under which note Cinder's ID of this very attachment stands: the volume may be attached to the same server again. */
const attachmentKey = 'attachment'

type OfAttachment = Existing<typeof uses, typeof properties>

/** A volume's being attached to a server. Its ID is the volume's, for Nova knows it by that. */
export const VolumeAttachment = resource('OS::Cinder::VolumeAttachment', {
  summary: 'Attaches a volume to a server.',
  uses,
  lives: cinder.collection('volumes'),
  properties,
  attributes: {},

  settles: {
    on: 'status',
    ready: ['in-use', 'available'],
    busy: ['attaching', 'detaching', 'reserved'],
    failed: ['error', 'error_deleting'],
    until: (context) =>
      context.notes.get(leavingKey) === undefined ? isAttached(context) : hasLeft(context),
  },

  create: async ({ nova, props }) => attach({ nova, props }),

  async find({ nova, props }) {
    const there = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, props.volume_id))
    return there && { id: props.volume_id }
  },

  replaces: ({ changed }) =>
    changed.volume_id === undefined ? undefined : 'another volume is another attachment',

  steps: [
    {
      on: ['instance_uuid', 'mountpoint'],
      async apply(context) {
        const { cinder, nova, id, notes, before, changed, props } = context
        const { attachments, multiattach } = await cinder.volumes.get(id)
        const moves = (use: VolumeUse) =>
          use.server_id === before.instance_uuid
            ? before.instance_uuid !== props.instance_uuid || changed.mountpoint !== undefined
            : use.server_id !== props.instance_uuid && !multiattach
        const left = attachments.find(moves)
        if (left === undefined) return
        await notes.set(leavingKey, left.server_id)
        await unlessGone(nova.servers.detachVolume(left.server_id, id))
      },
    },
    {
      on: ['instance_uuid', 'mountpoint'],
      async apply({ cinder, nova, id, notes, props }) {
        if (notes.get(leavingKey) !== undefined) await notes.delete(leavingKey)
        const { attachments } = await cinder.volumes.get(id)
        if (useBy(attachments, props.instance_uuid) !== undefined) return
        if (await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, id))) return
        await attach({ nova, props })
      },
    },
  ],

  repairable: async ({ cinder, id, props }) => {
    const live = await unlessGone(cinder.volumes.get(id))
    return live !== undefined && useBy(live.attachments, props.instance_uuid) !== undefined
  },

  delete: detach,

  async gone(context) {
    const { live } = context
    if (ownUse(context, live) !== undefined) return false
    if (live.status.startsWith('error')) {
      throw new Error(`Volume detachment failed - Unknown status ${live.status} due to "Unknown"`)
    }
    return true
  },

  /** The replacement may be the same volume on the same server. */
  beforeReplaced: detach,

  async replacementUndone({ cinder, nova, id, notes, props }) {
    const { attachments } = await cinder.volumes.get(id)
    if (useBy(attachments, props.instance_uuid) === undefined) await attach({ nova, props })
    await notes.delete(attachmentKey)
  },
})

const useBy = (attachments: readonly VolumeUse[], server: string): VolumeUse | undefined =>
  attachments.find(({ server_id }) => server_id === server)

/** This attachment, if Cinder still has it, and not a later one of the same volume to the same server. */
function ownUse({ notes, props }: OfAttachment, { attachments }: LiveVolume): VolumeUse | undefined {
  const use = useBy(attachments, props.instance_uuid)
  const own = notes.get(attachmentKey)
  return own === undefined || use?.attachment_id === own ? use : undefined
}

async function attach({
  nova,
  props,
}: Pick<OfAttachment, 'nova' | 'props'>): Promise<{ readonly id: string }> {
  const { instance_uuid: server, volume_id: volume, mountpoint: device } = props
  await nova.servers.attachVolume(server, { volume, ...(device && { device }) })
  return { id: volume }
}

async function detach(context: OfAttachment): Promise<void> {
  const { cinder, nova, id, props } = context
  const live = await unlessGone(cinder.volumes.get(id))
  if (live === undefined || (useBy(live.attachments, props.instance_uuid) && !ownUse(context, live))) return
  await unlessGone(nova.servers.detachVolume(props.instance_uuid, id))
}

async function isAttached({
  nova,
  id,
  notes,
  props,
  live,
}: OfAttachment & { live: LiveVolume }): Promise<boolean> {
  const use = useBy(live.attachments, props.instance_uuid)
  if (use !== undefined && live.status === 'in-use') {
    if (notes.get(attachmentKey) !== use.attachment_id) await notes.set(attachmentKey, use.attachment_id)
    return true
  }
  const known = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, id))
  if (known === undefined && live.status === 'available') {
    throw new Error(`Volume attachment failed - Unknown status ${live.status} due to "Unknown"`)
  }
  return false
}

/** Nova takes a moment longer than Cinder, and until then won't attach the volume again. */
async function hasLeft({ nova, id, notes, live }: OfAttachment & { live: LiveVolume }): Promise<boolean> {
  const server = notes.get(leavingKey) ?? ''
  if (useBy(live.attachments, server) !== undefined) return false
  return (await unlessGone(nova.servers.volumeAttachment(server, id))) === undefined
}
