import type { AnyResource, Awaited } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { typeOf } from '../definition/types.ts'
import { contextOf, without } from './context.ts'
import { deliver } from './deliver.ts'
import { isLeftToNext } from './failure.ts'
import { listen } from './listen.ts'
import { readProperties, type Values } from './properties.ts'
import { tellerIn, toldTo } from './signals.ts'
import { Hold } from './site.ts'

/** Under which key it is noted since when a resource waits: a crash gives it no more time. */
const sinceKey = 'waits since'

/** Waits until a resource was told that it is ready. */
export async function untilTold(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  if (type.awaits === undefined) return
  try {
    await listenFor(type, hold, values)
  } catch (error) {
    if (!isLeftToNext(error, hold.site.signal)) hold.note({ notes: without(hold.row.notes, sinceKey) })
    throw error
  }
  hold.note({ notes: without(hold.row.notes, sinceKey) })
}

async function listenFor(type: AnyResource, hold: Hold, values: Values): Promise<void> {
  const { clock } = hold.site.parts
  const seconds = type.awaits?.seconds(contextOf(type, hold, values)) ?? 0
  const until = (await waitingSince(hold)) + seconds * 1000
  await listen(hold.site, () => look(type, hold, { values, isLate: clock.now() >= until }), until)
}

async function waitingSince(hold: Hold): Promise<number> {
  const known = Number(hold.row.notes[sinceKey])
  if (known > 0) return known
  const now = hold.site.parts.clock.now()
  await hold.set({ notes: { ...hold.row.notes, [sinceKey]: String(now) } })
  return now
}

interface Looking {
  readonly values: Values
  readonly isLate: boolean
}

/** Whether enough was told by now. */
async function look(type: AnyResource, hold: Hold, { values, isLate }: Looking): Promise<boolean> {
  const { site } = hold
  const context = contextOf(type, hold, values)
  const reference = type.awaits?.of?.(context)
  for (;;) {
    const teller = reference === undefined ? hold.row : tellerIn(site, reference)
    const told = teller === undefined ? [] : await toldTo(site.parts.store, teller.id)
    const verdict = type.awaits?.until({ ...context, told, teller: tellerOf(hold, teller), isLate }) ?? true
    if (typeof verdict === 'boolean') return verdict
    if (teller !== undefined) await deliver(new Hold(site, teller), verdict.tell)
  }
}

function tellerOf({ site }: Hold, row: ResourceRow | undefined): Awaited['teller'] {
  if (row === undefined) return undefined
  const { name } = row
  const resource = site.definition.resources.get(name)
  const declared = resource && typeOf(site.definition, resource, site.parts.registry)
  const props = declared === undefined ? {} : readProperties(declared, name, row.properties ?? {}).values
  return { name, type: declared?.type ?? row.type, props }
}
