import type { Caller } from '../../contract/views.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { Former } from '../definition/former.ts'
import type { Site } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'

interface Seen {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly rows: ReadonlyMap<string, ResourceRow>
  readonly former?: Former
}

/** Where somebody looks at resources with their own eyes, and records nothing. */
export function onlookerSite(
  parts: EngineParts,
  caller: Caller,
  { stack, definition, rows, former = new Map() }: Seen,
): Site {
  const nothing = async (): Promise<void> => {}
  const now = parts.clock.now()
  return {
    parts,
    stack,
    definition,
    former,
    facade: null,
    session: parts.access.forCaller(caller),
    journal: {
      record: nothing,
      jot() {},
      recordAll: nothing,
      forget() {},
      forgetSnapshot() {},
      written: nothing,
    },
    signal: new AbortController().signal,
    newer: new AbortController().signal,
    deadline: now + 60_000,
    askedAt: now,
    request: 0,
    rows: new Map(rows),
    found: new Map(),
    ownIds: new Set(),
  }
}
