import type { Database } from '../store/database.ts'
import { type EventRow, type Store, type StoreSettings, storeOver } from '../store/index.ts'

/** The stores of a scenario's engines, over one database. */
export interface Stores {
  /** One for whoever looks on: it tells of the events that any of them stored. */
  readonly onlooker: Store
  /** One for an engine. */
  open(database: Database): Store
}

export function storesOver(database: Database, settings: StoreSettings): Stores {
  const listeners: ((events: readonly EventRow[]) => void)[] = []

  function open(own: Database): Store {
    const store = storeOver(own, settings)
    store.onEvents((events) => {
      for (const listener of listeners) listener(events)
    })
    return store
  }

  return { open, onlooker: { ...open(database), onEvents: (listener) => void listeners.push(listener) } }
}
