import { lintRules, type ProblemKind, problemKinds, unknownRule } from '../../template/index.ts'
import type { SarifRule } from './sarif.ts'

const kinds: Readonly<Record<string, ProblemKind>> = problemKinds

/** Every kind of problem and every lint rule, as code review tools list them. */
export const allRules: readonly SarifRule[] = [
  ...Object.entries(kinds).map(
    ([id, { means, remedy, severity = 'error' }]): SarifRule => ({
      id,
      summary: means,
      help: remedy,
      severity,
    }),
  ),
  ...lintRules.map(({ code, summary, advice, severity }) => ({ id: code, summary, help: advice, severity })),
  {
    id: unknownRule,
    summary: 'A comment that switches off a rule which there is not.',
    help: 'Mend the code; `hearth template lint --list-rules` lists all.',
    severity: 'warning',
  },
]
