import { cinder, type LiveVolume, type VolumeUse } from '../../cloud/cinder/index.ts'
import { isCloudError, unlessGone } from '../../cloud/error.ts'
import { nova } from '../../cloud/nova/index.ts'
import { type Changing, type Existing, resource } from '../../plugin/index.ts'
import { string } from '../../schema/index.ts'
import { isComing, startDetaching, useBy } from './detaching.ts'

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
/** Under which note it stands which server the volume was last given to in an update. */
const targetKey = 'target'
/** Under which note it stands that the volume was taken from the server already, for the sake of a replacement. */
const givenUpKey = 'given_up'

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

  async create({ nova, props }) {
    try {
      return await attach({ nova, props })
    } catch (error) {
      // A volume is attached to a server once: a request that was given up for lost may have done it already.
      if (!isCloudError(error, 'bad-request') && !isCloudError(error, 'conflict')) throw error
      const there = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, props.volume_id))
      if (there === undefined) throw error
      return { id: props.volume_id }
    }
  },

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
        const left = await serverToLeave(context)
        if (left === undefined) return
        await context.notes.set(leavingKey, left)
        await startDetaching(context, left, context.id)
      },
    },
  ],

  /** Attaches what was taken from another server, or what was lost. */
  async sync({ nova, id, notes, props, before }) {
    if (before.instance_uuid === undefined) return
    if (notes.get(leavingKey) !== undefined) await notes.delete(leavingKey)
    const there = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, id))
    if (there !== undefined) return
    await notes.set(targetKey, props.instance_uuid)
    await attach({ nova, props })
  },

  repairable: async ({ cinder, id }) => (await unlessGone(cinder.volumes.get(id))) !== undefined,

  async delete(context) {
    if (context.notes.get(givenUpKey) === undefined) await detach(context)
  },

  async gone(context) {
    const { live, notes } = context
    if (notes.get(givenUpKey) !== undefined) return true
    const having = serversOf(context).find((server) => useBy(live.attachments, server) !== undefined)
    if (having === undefined) return !isComing(live)
    if (live.status.startsWith('error'))
      throw new Error(`Volume detachment failed - Unknown status ${live.status} due to "Unknown"`)
    // It was still on its way to the server when it was told to leave.
    if (live.status === 'in-use') await startDetaching(context, having, context.id).catch(unlessBusy)
    return false
  },

  /** The replacement may be the same volume on the same server, which is then no longer this one's to detach. */
  async beforeReplaced(context) {
    await detach(context)
    await context.notes.set(givenUpKey, 'true')
  },

  async replacementUndone({ nova, id, notes, props }) {
    if (notes.get(givenUpKey) === undefined) return
    const there = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, id))
    if (there === undefined) await attach({ nova, props })
    await notes.delete(givenUpKey)
  },
})

async function attach({
  nova,
  props,
}: Pick<OfAttachment, 'nova' | 'props'>): Promise<{ readonly id: string }> {
  const { instance_uuid: server, volume_id: volume, mountpoint: device } = props
  await nova.servers.attachVolume(server, { volume, ...(device && { device }) })
  return { id: volume }
}

async function detach(context: OfAttachment): Promise<void> {
  for (const server of serversOf(context)) await startDetaching(context, server, context.id)
}

/** Nova is at something else with the server, which passes. */
function unlessBusy(error: unknown): void {
  if (!isCloudError(error, 'conflict')) throw error
}

/** The servers that may have the volume: after an update that failed half-way it need not be the one that is wanted. */
function serversOf({ notes, props }: OfAttachment): readonly string[] {
  const noted = [notes.get(leavingKey), notes.get(targetKey)].flatMap((server) => server ?? [])
  return [...new Set([props.instance_uuid, ...noted])]
}

type Ready = OfAttachment & { readonly live: LiveVolume }

async function isAttached({ nova, id, props, live }: Ready): Promise<boolean> {
  if (live.status === 'in-use' && useBy(live.attachments, props.instance_uuid) !== undefined) return true
  const known = await unlessGone(nova.servers.volumeAttachment(props.instance_uuid, id))
  if (known !== undefined || live.status !== 'available') return false
  throw new Error(`Volume attachment failed - Unknown status ${live.status} due to "Unknown"`)
}

/** The server that has the volume, or is being given it, and shall not. */
async function serverToLeave(context: Changing<typeof uses, typeof properties>): Promise<string | undefined> {
  const { cinder, nova, id, notes, before, changed, props } = context
  const { attachments, multiattach } = await cinder.volumes.get(id)
  const leaves = ({ server_id: server }: VolumeUse): boolean => {
    if (server === props.instance_uuid)
      return server === before.instance_uuid && changed.mountpoint !== undefined
    return server === before.instance_uuid || !multiattach
  }
  const left = attachments.find(leaves)
  if (left !== undefined) return left.server_id
  const target = notes.get(targetKey)
  if (target === undefined || target === props.instance_uuid) return undefined
  return (await unlessGone(nova.servers.volumeAttachment(target, id))) && target
}

/** Nova takes a moment longer than Cinder, and until then won't attach the volume again. */
async function hasLeft(context: Ready): Promise<boolean> {
  const { nova, id, notes, live } = context
  const server = notes.get(leavingKey) ?? ''
  if (useBy(live.attachments, server) !== undefined) {
    // It was still on its way to the server when it was told to leave.
    await startDetaching(context, server, id)
    return false
  }
  return (await unlessGone(nova.servers.volumeAttachment(server, id))) === undefined
}
