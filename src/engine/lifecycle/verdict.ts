import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import { asleep, doubtful, insideMayHave, isAsleep } from '../plan/decide.ts'
import { difference } from '../plan/difference.ts'
import { contextOf } from './context.ts'
import { resolveNames, type Values } from './properties.ts'
import type { Hold } from './site.ts'
import { changesOf, isRepairable } from './update.ts'

/** What a change of a resource's properties takes, once it is known what the names in them mean. */
export interface Verdict {
  readonly does: 'leave' | 'update' | 'replace'
  readonly because: string
  readonly changed: readonly string[]
  /** The values as they were and as they shall be, with names turned into IDs. */
  readonly before: Values
  readonly after: Values
}

interface Question {
  readonly type: AnyResource
  readonly values: Values
  /** The object failed before; one that can't be mended is replaced. */
  readonly mend: boolean
  /** The template says something else of it besides properties, which is an update in itself. */
  readonly isRewritten?: boolean
}

/** Looks closer at a change that was decided on by the template's values alone. It changes nothing. */
export async function verdictOf(
  hold: Hold,
  { type, values, mend, isRewritten = false }: Question,
): Promise<Verdict> {
  const { row, site } = hold
  const shape = type.properties as Shape
  const after = await resolveNames(site, shape, values)
  const before = await resolveNames(site, shape, row.properties ?? {}, true)
  const { changed, replacing } = difference(shape, before, after, doubtful(row, shape))
  const verdict = (does: Verdict['does'], because: string): Verdict => ({
    ...{ does, because, changed, before, after },
  })
  if (replacing.length > 0 && !type.open)
    return verdict('replace', `${replacing.join(', ')} can't be changed in place`)
  if (mend && !(await isRepairable(type, hold, after)))
    return verdict('replace', `its ${row.action.toLowerCase()} failed, and it can't be mended`)
  const { props } = contextOf(type, hold, after)
  const reason = type.replaces?.({ changed: changesOf(type, props, changed), props, before })
  if (reason !== undefined) return verdict('replace', reason)
  if (changed.length > 0) return verdict('update', `${changed.join(', ')} changed`)
  // One that failed while it was made may lack all that comes after the object itself.
  if (mend && row.action === 'CREATE') return verdict('update', 'its create failed')
  if (isRewritten) return verdict('update', 'what the template says of it changed')
  if (type.resume !== undefined && isAsleep(row)) return verdict('update', asleep)
  if (type.alwaysUpdated) return verdict('update', insideMayHave)
  return verdict('leave', mend ? 'it failed, and is as it should be' : 'nothing changed')
}
