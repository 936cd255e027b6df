import { type ProblemKind, problemKinds } from '../../template/index.ts'
import type { SarifRule } from './sarif.ts'

const kinds: Readonly<Record<string, ProblemKind>> = problemKinds

/** Every kind of problem, as code review tools list them. */
export const problemRules: readonly SarifRule[] = Object.entries(kinds).map(
  ([id, { means, remedy, severity = 'error' }]): SarifRule => ({
    id,
    summary: means,
    help: remedy,
    severity,
  }),
)
