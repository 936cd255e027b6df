import { problemKinds } from '../../template/index.ts'
import type { SarifRule } from './sarif.ts'

/** Every kind of problem, as code review tools list them. */
export const problemRules: readonly SarifRule[] = Object.entries(problemKinds).map(
  ([id, { means, remedy }]) => ({ id, summary: means, help: remedy, severity: 'error' }),
)
