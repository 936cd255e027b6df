import type { Severity } from '../../template/index.ts'
import { plainText, widthOf } from '../render/width.ts'
import type { Paint, Style } from '../terminal.ts'
import { type Located, type Report, type Told, told } from './report.ts'

/** Findings in words for people: where, what, the line with the place underlined, and what to do. */
export function showProblems(reports: readonly Report[], paint: Paint): string {
  const all = told(reports)
  const shown = all.map((one) =>
    [heading(one.finding, paint), ...excerpt(one, paint), ...advice(one.finding, paint)].join('\n'),
  )
  return `${shown.join('\n')}\n${paint('bold', summary(all.map(({ finding }) => finding)))}\n`
}

const colours: Readonly<Record<Severity, Style>> = { error: 'red', warning: 'yellow', info: 'cyan' }

function heading({ file, line, column, severity, code, message }: Located, paint: Paint): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const before = place === '' ? '' : `${paint('bold', `${plainText(place)}:`)} `
  return `${before}${paint(colours[severity], `${severity}:`)} ${plainText(message)} ${paint('dim', `[${code}]`)}`
}

function excerpt({ finding, lineText }: Told, paint: Paint): readonly string[] {
  const { line, column, severity } = finding
  if (lineText === undefined || line === undefined || column === undefined) return []
  const { text, start, end } = excerptOf(lineText.trimEnd(), column - 1, endIn(finding, lineText) - 1)
  const number = String(line).padStart(5)
  const indent = ' '.repeat(widthOf(plainText(text.slice(0, start))))
  const marked = `^${'~'.repeat(Math.max(0, widthOf(plainText(text.slice(start, end))) - 1))}`
  return [
    `${paint('dim', `${number} |`)} ${plainText(text)}`,
    `${paint('dim', '      |')} ${indent}${paint(colours[severity], marked)}`,
  ]
}

/** The column in its first line behind which a finding is not underlined any more. */
function endIn({ line, column = 1, endLine, endColumn }: Located, lineText: string): number {
  if (endLine === undefined || endColumn === undefined)
    return column + wordAt(lineText.slice(column - 1)).length
  return endLine === line ? endColumn : lineText.trimEnd().length + 1
}

/** The word, the quoted text or the sign that begins the rest of a line. */
const wordAt = (rest: string): string =>
  /^("([^"\\]|\\.)*"|'[^']*'|[^\s,:{}[\]]+(:[^\s,:{}[\]]+)*)/.exec(rest)?.[0] ?? rest.slice(0, 1)

const widest = 160

/** A line as it is, or of a very long one the part around what is to be seen. */
function excerptOf(
  line: string,
  start: number,
  end: number,
): { readonly text: string; readonly start: number; readonly end: number } {
  if (line.length <= widest) return { text: line, start, end }
  const from = Math.max(0, start - widest / 4)
  const to = Math.min(line.length, from + widest)
  const opening = from === 0 ? '' : '…'
  return {
    text: `${opening}${line.slice(from, to)}${to < line.length ? '…' : ''}`,
    start: start - from + opening.length,
    end: Math.min(end, to) - from + opening.length,
  }
}

function advice({ meant, hint, expected }: Located, paint: Paint): readonly string[] {
  const words = [
    ...(expected === undefined || meant !== undefined ? [] : [`expected ${expected}`]),
    ...(hint !== undefined ? [hint] : meant !== undefined ? [`Did you mean "${meant}"?`] : []),
  ]
  return words.map((line) => `        ${paint('cyan', plainText(line))}`)
}

/** How many there are, of which weight, in how many files. */
function summary(findings: readonly Located[]): string {
  const counted = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = findings.filter((one) => one.severity === severity).length
    return count === 0 ? [] : [`${count} ${names[severity]}${count === 1 ? '' : 's'}`]
  })
  const files = new Set(findings.map(({ file }) => file).filter((file) => file !== undefined))
  const where = files.size > 1 ? ` in ${files.size} files` : ''
  if (findings.every(({ severity }) => severity === 'error'))
    return `${findings.length} ${findings.length === 1 ? 'problem' : 'problems'}${where}`
  return `${counted.join(', ')}${where}`
}

const names: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'suggestion' }
