import type { Report } from '../problems/report.ts'

/** The command line itself is wrong: exit code 2. */
export class UsageError extends Error {}

/** What was asked for did not come about, and all that is to be said has been said: exit code 1 unless it gives another. */
export class Failed extends Error {
  readonly exitCode: number

  constructor(exitCode = 1) {
    super(`failed with code ${exitCode}`)
    this.exitCode = exitCode
  }
}

/** Templates, environments or files are not as they must be: every problem, and the texts they are in. */
export class TemplateRefused extends Error {
  readonly reports: readonly Report[]

  constructor(reports: readonly Report[]) {
    super(reports.flatMap(({ findings }) => findings)[0]?.message)
    this.reports = reports
  }
}
