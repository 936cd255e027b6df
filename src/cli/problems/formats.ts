import { findingsJson, type Report } from './report.ts'
import { allRules } from './rules.ts'
import { sarifText } from './sarif.ts'

/** What was found, in a format that programs read; `undefined` if that is none of them. */
export function problemsIn(
  format: string | undefined,
  reports: readonly Report[],
  version: string,
): string | undefined {
  if (format === 'json') return findingsJson(reports)
  return format === 'sarif' ? sarifText(reports, { rules: allRules, version }) : undefined
}
