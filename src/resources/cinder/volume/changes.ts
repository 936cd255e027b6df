import { textsOf, type UpdateStep, updatableNames } from '../../../plugin/index.ts'
import { giveBack, isApart, takeApart } from './apart.ts'
import { type ChangingVolume, properties, type ReadyVolume, type uses } from './properties.ts'

/** Under which notes it stands what was last done to a volume that Cinder doesn't tell of. */
const readOnlyKey = 'read_only'
const restoredKey = 'restored'

/** How a volume changes, one after the other. What needs a volume that nobody uses takes it off its servers meanwhile. */
export const steps: readonly UpdateStep<typeof uses, typeof properties>[] = [
  // What a crash left under way ends before anything else begins.
  { on: updatableNames(properties), apply: async () => {} },
  { on: ['name', 'description'], apply: rename },
  {
    on: ['metadata'],
    apply: ({ cinder, id, props }) => cinder.volumes.setMetadata(id, textsOf(props.metadata)),
  },
  { on: ['volume_type'], apply: retype },
  {
    on: ['backup_id', 'size', 'read_only'],
    apply: async (context) => {
      if (isApart(context) || (await mustBeFree(context))) await takeApart(context)
    },
  },
  { on: ['backup_id'], apply: restore },
  { on: ['size'], apply: grow },
  { on: ['read_only'], apply: setReadOnly },
  { on: ['backup_id', 'size', 'read_only'], apply: giveBack },
]

function rename({ cinder, id, props: { name, description } }: ChangingVolume): Promise<unknown> {
  return cinder.volumes.update(id, { name, description })
}

/** Taken away, the type stays as it is: there is none to go back to. */
async function retype({ cinder, id, props }: ChangingVolume): Promise<void> {
  if (!props.volume_type) return
  const [live, wanted] = await Promise.all([
    cinder.volumes.get(id),
    cinder.volumeTypes.get(props.volume_type),
  ])
  if (live.volume_type === wanted.name || live.status === 'retyping') return
  await cinder.volumes.retype(id, wanted.id)
}

async function mustBeFree({ cinder, id, changed, props, notes }: ChangingVolume): Promise<boolean> {
  if (changed.backup_id && notes.get(restoredKey) !== changed.backup_id) return true
  if (changed.read_only !== undefined && notes.get(readOnlyKey) !== wantedReadOnly(props)) return true
  if (!changed.size || (await cinder.volumes.get(id)).size >= changed.size) return false
  return !(await cinder.volumes.growsInUse())
}

async function restore({ cinder, id, changed: { backup_id: backup }, notes }: ChangingVolume): Promise<void> {
  if (!backup || notes.get(restoredKey) === backup) return
  await cinder.backups.restore(backup, { volume_id: id })
  await notes.set(restoredKey, backup)
}

async function grow({ cinder, id, changed: { size } }: ChangingVolume): Promise<void> {
  const live = await cinder.volumes.get(id)
  if (!size || size === live.size) return
  if (size < live.size) throw new Error('Shrinking volume is not supported.')
  await cinder.volumes.extend(id, size)
}

const wantedReadOnly = ({ read_only: readOnly }: ChangingVolume['props']): string => String(readOnly ?? false)

async function setReadOnly({ cinder, id, props, notes }: Omit<ReadyVolume, 'live'>): Promise<void> {
  const wanted = wantedReadOnly(props)
  if (notes.get(readOnlyKey) === wanted) return
  await cinder.volumes.setReadOnly(id, wanted === 'true')
  await notes.set(readOnlyKey, wanted)
}

/** Makes a new volume read-only as soon as Cinder takes it: it must be ready first. */
export async function setReadOnlyAtFirst(context: ReadyVolume): Promise<void> {
  const { live, props, notes } = context
  if (props.read_only === undefined || notes.get(readOnlyKey) !== undefined) return
  if (live.status === 'available') await setReadOnly(context)
}
