import { createHash } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Severity } from '../../template/index.ts'
import { type Located, type Report, told } from './report.ts'

/** A kind of finding, as code review tools list it. */
export interface SarifRule {
  readonly id: string
  readonly summary: string
  readonly help: string
  readonly severity: Severity
}

/** Findings as a SARIF 2.1.0 log, which code review tools read. */
export function sarifText(
  reports: readonly Report[],
  { rules, version }: { readonly rules: readonly SarifRule[]; readonly version: string },
): string {
  const findings = told(reports).map(({ finding }) => finding)
  const codes = new Set(findings.map(({ code }) => code))
  const used = rules.filter(({ id }) => codes.has(id))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'hearth', version, rules: used.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, used)),
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

const ruleOf = ({ id, summary, help, severity }: SarifRule): object => ({
  id,
  shortDescription: { text: summary },
  help: { text: help },
  defaultConfiguration: { level: levels[severity] },
})

function resultOf(finding: Located, rules: readonly SarifRule[]): object {
  const { code, severity, file, path } = finding
  const ruleIndex = rules.findIndex(({ id }) => id === code)
  const region = regionOf(finding)
  return {
    ruleId: code,
    ...(ruleIndex >= 0 && { ruleIndex }),
    level: levels[severity],
    message: { text: wordsOf(finding) },
    ...(file !== undefined && {
      locations: [
        {
          physicalLocation: { artifactLocation: artifact(file), ...(region && { region }) },
          ...(path.length > 0 && { logicalLocations: [{ fullyQualifiedName: path.join('/') }] }),
        },
      ],
    }),
    partialFingerprints: { 'hearth/v1': fingerprint(finding) },
  }
}

const wordsOf = ({ message, expected, hint }: Located): string =>
  [
    message,
    ...(expected === undefined ? [] : [`Expected ${expected}.`]),
    ...(hint === undefined ? [] : [hint]),
  ].join('\n')

function regionOf({ line, column, endLine, endColumn }: Located): object | undefined {
  if (line === undefined) return undefined
  return {
    startLine: line,
    ...(column !== undefined && { startColumn: column }),
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
  }
}

/** Files below the directory of the run by their relative address, for the log is read elsewhere. */
function artifact(file: string): object {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(file)) return { uri: file }
  if (isAbsolute(file)) return { uri: pathToFileURL(file).href }
  return { uri: file.split(/[/\\]/).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' }
}

/** The same for the same finding when lines above it come or go. */
const fingerprint = ({ code, file, path, message }: Located): string =>
  createHash('sha256')
    .update(JSON.stringify([code, file, path, message]))
    .digest('hex')
    .slice(0, 32)
