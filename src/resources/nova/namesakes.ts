import type { Collection, Found } from '../../cloud/service.ts'
import type { Notes, Self } from '../../plugin/index.ts'

/** Under which note the objects stand that bore the name before. */
const namesakesNote = 'namesakes'

interface Naming {
  readonly notes: Notes
  readonly self: Self
  readonly props: { readonly name: string }
}

/**
 * Remembers what bears the name of an object about to be made. Nova does not tell when flavors and server groups were
 * made, so after a crash nothing else tells the one that was made from one that was there.
 */
export async function noteNamesakes(
  { notes, self, props: { name } }: Naming,
  among: Collection<Found>,
): Promise<void> {
  if (name === self.physicalName) return
  const ids = (await among.list({ name })).map(({ id }) => id)
  await notes.set(namesakesNote, JSON.stringify(ids))
}

/** What bears the name now and did not before. */
export async function newNamesakes<Live extends Found>(
  { notes, props: { name } }: Naming,
  among: Collection<Live>,
): Promise<readonly Live[]> {
  const before: readonly string[] = JSON.parse(notes.get(namesakesNote) ?? '[]')
  return (await among.list({ name })).filter(({ id }) => !before.includes(id))
}
