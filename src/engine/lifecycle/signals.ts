import type { Signal, Signals } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { Store } from '../../store/store.ts'
import type { Hold, Site } from './site.ts'

/** What a resource was told is kept under such IDs; under others, that its hooks were cleared. */
const prefix = 'told:'

/** Under which ID a signal is kept. */
export const keptUnder = (id: string): string => `${prefix}${id}`

/** What a resource was told, in the order in which it came. */
export async function toldTo(store: Store, resourceId: string): Promise<readonly Signal[]> {
  const rows = await store.signals(resourceId)
  return rows
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id, content }) => ({ id: id.slice(prefix.length), content }))
}

/** What resources of the stack were told, as a type's handlers ask for it. */
export function signalsFor({ site, row }: Hold): Signals {
  const { store } = site.parts
  const idOf = (reference: string | undefined): string | undefined =>
    reference === undefined ? row.id : tellerIn(site, reference)?.id
  return {
    async of(reference) {
      const id = idOf(reference)
      return id === undefined ? [] : await toldTo(store, id)
    },
    async forget(reference) {
      const id = idOf(reference)
      // What takes its place goes by the same signals.
      const isReplaced = (site.rows.get(row.name) ?? row).id !== row.id
      if (id === undefined || isReplaced) return
      const told = await toldTo(store, id)
      await store.forgetSignals(
        id,
        told.map((signal) => keptUnder(signal.id)),
      )
    },
  }
}

/** The resource of a stack that has this reference. */
export const tellerIn = ({ rows }: Site, reference: string): ResourceRow | undefined =>
  [...rows.values()].find((row) => row.reference === reference)
