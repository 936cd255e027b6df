import type { LintFinding, Severity } from '../../template/index.ts'
import { rootSource, type Source } from '../bundle/bundle.ts'
import { originalColumn } from '../bundle/splice.ts'

/** Something to tell an author of: a problem, or what a lint rule found. */
export type Finding = Omit<LintFinding, 'severity'> & {
  /** Absent: an error. */
  readonly severity?: Severity
}

export type Sources = ReadonlyMap<string, Source>

/** What was found in a template and what goes with it, and the texts that it is in. */
export interface Report {
  readonly findings: readonly Finding[]
  readonly sources: Sources
}

/** A finding by the name and the columns of the file as its author knows it. */
export type Located = LintFinding

/** A finding with the line that it begins in. */
export interface Told {
  readonly finding: Located
  /** Absent where it has no place. */
  readonly lineText?: string
}

/**
 * Each thing that was found, where its author would look for it, in the order of the places; what several reports tell
 * alike is told once.
 */
export function told(reports: readonly Report[]): readonly Told[] {
  const all = reports.flatMap(({ findings, sources }) =>
    findings.map((finding) => toldOne(finding, sources.get(finding.file ?? rootSource))),
  )
  const keyOf = ({ finding: { code, message, file, line, column } }: Told) =>
    JSON.stringify([code, message, file, line, column])
  return [...new Map(all.map((one) => [keyOf(one), one])).values()].sort(
    ({ finding: a }, { finding: b }) =>
      byName(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0),
  )
}

const byName = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

function toldOne(finding: Finding, source: Source | undefined): Told {
  const { line, severity = 'error' } = finding
  const file = source?.name ?? finding.file
  const lineText = line === undefined ? undefined : source?.text.split('\n')[line - 1]
  return {
    finding: {
      ...finding,
      ...(source && columns(finding, source)),
      severity,
      ...(file !== undefined && { file }),
    },
    ...(lineText !== undefined && { lineText: lineText.replace(/\r$/, '') }),
  }
}

function columns(
  { line, column, endLine, endColumn }: Finding,
  { text, splices }: Source,
): Pick<Finding, 'column' | 'endColumn'> {
  const original = (at: number, of: number) => originalColumn(text, splices, { line: at, column: of })
  return {
    ...(line !== undefined && column !== undefined && { column: original(line, column) }),
    ...(endLine !== undefined && endColumn !== undefined && { endColumn: original(endLine, endColumn) }),
  }
}

/** What was found, for programs. */
export const findingsJson = (reports: readonly Report[]): string =>
  `${JSON.stringify({ problems: told(reports).map(({ finding }) => finding) }, null, 2)}\n`
