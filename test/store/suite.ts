import { describePersistence } from './suite-durability.ts'
import { describeEvents, describeLists } from './suite-lists.ts'
import { describeMaintenance } from './suite-maintenance.ts'
import { describeOwnership } from './suite-ownership.ts'
import { describeRows } from './suite-rows.ts'
import { describeSchema } from './suite-schema.ts'
import { describeSignals } from './suite-signals.ts'
import { describeSnapshots } from './suite-snapshots.ts'
import { describeSoftware } from './suite-software.ts'

/** A kind of database to run the suite on. */
export interface Subject {
  readonly name: string
  /** Makes an empty database; answers its connection. */
  empty(): Promise<string>
  /** All that is stored, as bytes on a disk or as a dump. */
  bytes(connection: string): Promise<Buffer>
}

/** What a store promises, whatever database is under it. */
export function describeStore(subject: Subject): void {
  describeRows(subject)
  describeOwnership(subject)
  describeLists(subject)
  describeEvents(subject)
  describeSignals(subject)
  describeSnapshots(subject)
  describeSoftware(subject)
  describeSchema(subject)
  describeMaintenance(subject)
  describePersistence(subject)
}
