import type { OfflineTypes } from '../cli/index.ts'
import { catalogOf, registry } from '../plugin/index.ts'
import { allTypes, notYet } from '../resources/index.ts'

/** The resource types that templates can be checked against with no service at hand. */
export const offlineTypes: OfflineTypes = { catalog: catalogOf(registry(allTypes)), others: notYet }
