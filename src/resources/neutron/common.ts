import { isCloudError } from '../../cloud/error.ts'
import { isGiven } from '../../plugin/index.ts'
import { list, map, string } from '../../schema/index.ts'
import { madeSince } from '../made-since.ts'

/** Neutron says in `status` how far its work on an object has come. */
export const built = {
  on: 'status',
  ready: ['ACTIVE', 'DOWN'],
  busy: ['BUILD'],
  failed: ['ERROR', 'DEGRADED'],
} as const

/** What a template may say to Neutron beyond the declared properties. */
export const valueSpecs = map('Further fields for the request, such as those of extensions and drivers.', {
  default: {},
  updatable: true,
  spread: ['shared', 'tenant_id'],
})

/** Neutron won't be told to go back to its default by `null`; for switches it is `true`. */
export const onUnlessSaid = (wanted: boolean | null): boolean => wanted ?? true

/** Tags, which Neutron takes by a call of their own. */
export const tags = list(string('A tag.'), 'The tags of the object.', {
  updatable: true,
  since: '9.0.0',
  ownCall: true,
})

/** Whether a list that takes a call of its own must be set: it changes, and is or was more than empty. */
export const mustSet = (now: Items, before: Items): boolean =>
  now !== undefined && (isGiven(now) || isGiven(before))

type Items = readonly unknown[] | null | undefined

/** A list that takes a call of its own. */
interface OwnCall {
  readonly now: Items
  readonly before: Items
  readonly set: (items: readonly string[]) => Promise<void>
}

/** Sets those of these lists that must be set, and tells whether there was one: what a `sync` does. */
export async function setLists(...lists: readonly OwnCall[]): Promise<'changed' | 'unchanged'> {
  const due = lists.filter(({ now, before }) => mustSet(now, before))
  for (const { now, set } of due) await set((now ?? []).map(String))
  return due.length > 0 ? 'changed' : 'unchanged'
}

/** Whether an object was made since then; where the site keeps no times, any might have been. */
export const mayBeMadeSince = ({ created_at }: { readonly created_at?: string }, since: Date): boolean =>
  created_at === undefined || madeSince(created_at, since)

/** What the cloud tells, or `null` if the user may not know it or the site does not have it. */
export async function ifTold<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (isCloudError(error, 'forbidden') || isCloudError(error, 'not-found')) return null
    throw error
  }
}
