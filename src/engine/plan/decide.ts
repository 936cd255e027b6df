import type { AnyType } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { type Difference, difference } from './difference.ts'

/** What is recorded of a resource, as far as it decides what is to be done. */
export type Recorded = Pick<
  ResourceRow,
  'type' | 'physicalId' | 'action' | 'status' | 'properties' | 'intent'
> & { readonly notes?: ResourceRow['notes'] }

export interface Wanted {
  readonly type: string
  /** Values as they were read; `UNKNOWN` where something must be done before they are known. */
  readonly properties: Readonly<Record<string, unknown>>
  readonly shape: Shape
  /** A child stack decides for itself what inside it is unhealthy. */
  readonly nested: boolean
  /** Properties that are not declared make no difference to the object. */
  readonly open: boolean
  /** It is updated whenever its stack is. */
  readonly always?: boolean
  /** It can be woken, if it is suspended. */
  readonly sleeps?: boolean
  /** The type that this one took the place of: what was made by it goes on as it is. */
  readonly formerly?: string | undefined
  /** What the name of its type meant when it was made, if that was something else. */
  readonly stoodFor?: string | undefined
  /** What else is written differently in the template: see `rewritten`. */
  readonly rewritten?: readonly string[]
}

/** What of a type counts when something is decided about a resource of it. */
export const kindOf = (type: AnyType): Pick<Wanted, 'always' | 'nested' | 'open' | 'sleeps'> => ({
  nested: type.is === 'nested',
  open: type.open === true,
  always: type.is === 'resource' && type.alwaysUpdated === true,
  sleeps: type.is === 'nested' || type.resume !== undefined,
})

export type Decision =
  | { readonly does: 'create'; readonly because: string }
  | { readonly does: 'leave'; readonly because: string }
  | {
      readonly does: 'update'
      readonly because: string
      readonly difference: Difference
      readonly mend: boolean
    }
  | {
      readonly does: 'replace'
      readonly because: string
      readonly difference: Difference
      readonly mend: boolean
    }
  | {
      readonly does: 'refuse'
      readonly because: string
      readonly properties: readonly string[]
      readonly mend: boolean
    }

/** Why something is updated though nothing of it changed. */
export const insideMayHave = 'what is inside it may have changed'

/** Why something is woken though nothing of it changed: suspending its stack, or resuming it, broke off. */
export const asleep = 'it is suspended'

/** Under which note it stands that an object was put to sleep: a snapshot or a check may come after that. */
export const asleepNote = 'asleep'

/** Whether its object may be suspended: an update brings about what the template says, which is one that runs. */
export const isAsleep = ({ action, status, notes }: Pick<Recorded, 'action' | 'status' | 'notes'>): boolean =>
  notes?.[asleepNote] !== undefined || action === 'SUSPEND' || (action === 'RESUME' && status !== 'COMPLETE')

const nothing: Difference = { changed: [], replacing: [], forbidden: [], undecided: [] }

/**
 * Chooses what to do with one resource. It reads nothing and changes nothing. `mend` says that the object failed before
 * and must be looked at: one that can't be mended is replaced.
 */
export function decide(recorded: Recorded | undefined, wanted: Wanted): Decision {
  if (recorded === undefined || neverMade(recorded, wanted))
    return { does: 'create', because: 'it is not there yet' }
  const mend = recorded.status === 'FAILED'
  if (recorded.type !== wanted.type && recorded.type !== wanted.formerly) {
    return { does: 'replace', because: `its type was ${recorded.type}`, difference: nothing, mend }
  }
  if (wanted.stoodFor !== undefined)
    return { does: 'replace', because: `its type stood for ${wanted.stoodFor}`, difference: nothing, mend }
  if (recorded.action === 'DELETE')
    return { does: 'replace', because: 'it was being deleted', difference: nothing, mend }
  if (recorded.action === 'CHECK' && mend && !wanted.nested)
    return { does: 'replace', because: 'it was found unhealthy', difference: nothing, mend }
  return decideByDifference(recorded, wanted, mend)
}

function decideByDifference(recorded: Recorded, wanted: Wanted, mend: boolean): Decision {
  const unsure = doubtful(recorded, wanted.shape)
  const found = difference(wanted.shape, recorded.properties ?? {}, wanted.properties, unsure)
  if (found.forbidden.length > 0) {
    const because = `${listed(found.forbidden)} may not be changed once the resource is made`
    return { does: 'refuse', because, properties: found.forbidden, mend }
  }
  const replacing = wanted.open ? [] : found.replacing
  if (replacing.length > 0) {
    return {
      does: 'replace',
      because: `${listed(replacing)} can't be changed in place`,
      difference: found,
      mend,
    }
  }
  const changed = [...found.changed, ...rewrittenOf(recorded, wanted)]
  if (changed.length > 0)
    return { does: 'update', because: `${listed(changed)} changed`, difference: found, mend }
  if (wanted.sleeps && isAsleep(recorded)) return { does: 'update', because: asleep, difference: found, mend }
  if (mend)
    return { does: 'update', because: `its ${recorded.action.toLowerCase()} failed`, difference: found, mend }
  if (wanted.always) return { does: 'update', because: insideMayHave, difference: found, mend }
  return { does: 'leave', because: 'nothing changed' }
}

const rewrittenOf = ({ type }: Recorded, wanted: Wanted): readonly string[] => [
  ...(type === wanted.type ? [] : ['type']),
  ...(wanted.rewritten ?? []),
]

/** Whether there is no object yet. What another type began is for that to clear away, even if it came to no object. */
const neverMade = ({ physicalId, action, type }: Recorded, wanted: Wanted): boolean =>
  physicalId === null &&
  (action === 'INIT' || (begun.includes(action) && type === wanted.type && wanted.stoodFor === undefined))

/** What a resource can have come to before there was an object. */
const begun: readonly string[] = ['CREATE', 'ADOPT', 'CHECK']

/** The properties that an update which never ended may have changed already. */
export function doubtful(
  { intent, properties }: Pick<Recorded, 'intent' | 'properties'>,
  shape: Shape,
): readonly string[] {
  if (intent?.toward === undefined) return []
  const { changed } = difference(shape, properties ?? {}, intent.toward)
  return changed.filter((name) => shape[name]?.options.updatable)
}

const listed = (names: readonly string[]): string => names.join(', ')
