export { openStore, type StoreOptions } from './open-store.ts'
export type * from './rows.ts'
export { type Change, type Ownership, OwnershipLost, type Store, type Targeting } from './store.ts'
