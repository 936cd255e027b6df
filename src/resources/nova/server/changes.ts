import { createHash } from 'node:crypto'
import type { ServerStatus } from '../../../cloud/nova/index.ts'
import { textsOf, type UpdateStep, updatableNames } from '../../../plugin/index.ts'
import { attachWanted, detachUnwanted } from './network-changes.ts'
import { filesOf } from './new-server.ts'
import { type ChangingServer, type OfServer, properties, type uses } from './properties.ts'
import { keepNewInterfaces } from './replacement.ts'
import { userDataOf } from './user-data.ts'

/** Under which note it stands in which state an update found the server, if that was not ACTIVE. */
export const restsNote = 'rests'
/** Under which note the flavor stands that the server is being resized to. */
export const resizingNote = 'resizing'
/** Under which note a digest stands of the user data that the server was last rebuilt with. */
const rebuiltNote = 'rebuilt'

/** States that a server may be left in on purpose: an update gives it back in the same. */
const restingStates: readonly ServerStatus[] = [
  'PAUSED',
  'RESCUE',
  'SHELVED',
  'SHELVED_OFFLOADED',
  'SHUTOFF',
  'SUSPENDED',
]

/** The names of all properties that can change in place. */
const updatable = updatableNames(properties)

/** How a server changes, one after the other. What a crash left under way ends before anything else begins. */
export const steps: readonly UpdateStep<typeof uses, typeof properties>[] = [
  { on: updatable, apply: look },
  { on: ['metadata'], apply: ({ nova, id, props }) => nova.servers.setMetadata(id, textsOf(props.metadata)) },
  { on: ['tags'], apply: ({ nova, id, props }) => nova.servers.setTags(id, props.tags ?? []) },
  { on: ['name'], apply: ({ nova, id, props }) => nova.servers.update(id, { name: props.name }) },
  { on: ['networks'], apply: detachUnwanted },
  { on: ['networks'], apply: moveInterfaces },
  { on: ['flavor'], apply: resize },
  { on: ['image', 'user_data'], apply: rebuild },
  { on: ['admin_pass'], apply: changePassword },
]

async function moveInterfaces(context: ChangingServer): Promise<void> {
  await attachWanted(context)
  await keepNewInterfaces(context)
}

/** Remembers it if the server is not running, so that it is not waited for to run. */
async function look({ nova, id, notes }: OfServer): Promise<void> {
  const live = await nova.servers.get(id)
  const rests = notes.get(restsNote)
  if (live.status === 'ACTIVE' && rests !== undefined) await notes.delete(restsNote)
  if (restingStates.includes(live.status) && rests !== live.status) await notes.set(restsNote, live.status)
}

async function resize({ nova, id, notes, props }: ChangingServer): Promise<void> {
  const live = await nova.servers.get(id)
  if (live.status === 'RESIZE' || live.status === 'VERIFY_RESIZE' || live.flavor.id === props.flavor) return
  await nova.servers.resize(id, props.flavor)
  // Only now, for with it a server that is ACTIVE with another flavor is one whose resize has failed.
  await notes.set(resizingNote, props.flavor)
}

async function rebuild(context: ChangingServer): Promise<void> {
  const { nova, id, notes, changed, props } = context
  const live = await nova.servers.get(id)
  if (live.status === 'REBUILD') return
  const present = live.image === '' ? undefined : live.image.id
  const image = props.image || present
  if (image === undefined) return
  const userData = await newUserData(context)
  const digest = userData === undefined ? undefined : digestOf(userData)
  if (present === image && (digest === undefined || digest === notes.get(rebuiltNote))) return
  await nova.servers.rebuild(id, {
    imageRef: image,
    ...(props.admin_pass && { adminPass: props.admin_pass }),
    ...(changed.image &&
      props.image_update_policy === 'REBUILD_PRESERVE_EPHEMERAL' && { preserve_ephemeral: true }),
    metadata: textsOf(props.metadata),
    ...(userData === undefined ? filesOf(props) : { user_data: userData }),
  })
  if (digest !== undefined) await notes.set(rebuiltNote, digest)
}

/** In the form in which Nova takes them; `null` for none; `undefined` if they are to stay. */
async function newUserData(context: ChangingServer): Promise<string | null | undefined> {
  const { changed, props } = context
  if (changed.user_data === undefined || props.user_data_update_policy !== 'REBUILD') return undefined
  return (await userDataOf(context)) ?? null
}

const digestOf = (text: string | null): string =>
  createHash('sha256')
    .update(text ?? '')
    .digest('hex')

/** A rebuild has set the password already. */
async function changePassword({ nova, id, changed, props }: ChangingServer): Promise<void> {
  if (changed.image === undefined && props.admin_pass) await nova.servers.changePassword(id, props.admin_pass)
}

/** Why other properties make another server necessary after all. */
export function whyReplaced({
  changed,
  props,
  before,
}: Pick<ChangingServer, 'changed' | 'props' | 'before'>): string | undefined {
  if (changed.flavor !== undefined && props.flavor_update_policy === 'REPLACE') {
    return 'flavor changed, and flavor_update_policy is REPLACE'
  }
  if (changed.image !== undefined) {
    if (props.image_update_policy === 'REPLACE') return 'image changed, and image_update_policy is REPLACE'
    if (!props.image || !before.image) return 'a server that boots from a volume gets no other image'
  }
  if (changed.user_data === undefined) return undefined
  if (props.user_data_update_policy === 'REPLACE')
    return 'user_data changed, and user_data_update_policy is REPLACE'
  if (props.user_data_update_policy === 'REBUILD' && !props.image) {
    return 'user_data changed, and a server that boots from a volume is not rebuilt'
  }
  return undefined
}
