import type { TemplateProblem } from '../../template/index.ts'
import { rootSource, type Source } from '../bundle/bundle.ts'
import { originalColumn } from '../bundle/splice.ts'
import { plainText, widthOf } from '../render/width.ts'
import type { Paint } from '../terminal.ts'

export type Sources = ReadonlyMap<string, Source>

/** A problem as people and programs are told of it: by the name and the columns of the file as its author knows it. */
export interface LocatedProblem {
  readonly code: string
  readonly message: string
  readonly path: TemplateProblem['path']
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly hint?: string
  readonly meant?: string
}

/** Problems in words for programs, each where its author would look for it. */
export function locate(problems: readonly TemplateProblem[], sources: Sources): readonly LocatedProblem[] {
  return problems.map((problem) => {
    const source = sources.get(problem.file ?? rootSource)
    const { line, column } = problem
    const file = source?.name ?? problem.file
    const original = source && line !== undefined && column !== undefined
    return {
      ...problem,
      ...(file !== undefined && { file }),
      ...(original && { column: originalColumn(source.text, source.splices, { line, column }) }),
    }
  })
}

/** Problems in words for people: where, what, the line with the place underlined, and what was likely meant. */
export function showProblems(problems: readonly TemplateProblem[], sources: Sources, paint: Paint): string {
  const located = locate(problems, sources)
  const shown = located.map((problem, i) => {
    const source = sources.get(problems[i]?.file ?? rootSource)
    return [heading(problem, paint), ...excerpt(problem, source, paint), ...advice(problem, paint)].join('\n')
  })
  return `${shown.join('\n')}\n${paint('bold', count(located))}\n`
}

function heading({ file, line, column, message }: LocatedProblem, paint: Paint): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  return place === ''
    ? `${paint('red', 'error:')} ${plainText(message)}`
    : `${paint('bold', `${place}:`)} ${paint('red', 'error:')} ${plainText(message)}`
}

function excerpt(
  { line, column }: LocatedProblem,
  source: Source | undefined,
  paint: Paint,
): readonly string[] {
  const text = line === undefined ? undefined : source?.text.split('\n')[line - 1]
  if (text === undefined || line === undefined || column === undefined) return []
  const number = String(line).padStart(5)
  const before = plainText(text.slice(0, column - 1))
  const marked = ' '.repeat(widthOf(before)) + underline(text.slice(column - 1))
  return [
    `${paint('dim', `${number} |`)} ${plainText(text.trimEnd())}`,
    `${paint('dim', '      |')} ${paint('red', marked)}`,
  ]
}

/** As long as the word, the quoted text or the sign that begins the rest of the line. */
function underline(rest: string): string {
  const word = /^("([^"\\]|\\.)*"|'[^']*'|[^\s,:{}[\]]+(:[^\s,:{}[\]]+)*)/.exec(rest)?.[0] ?? rest.slice(0, 1)
  return `^${'~'.repeat(Math.max(0, widthOf(plainText(word)) - 1))}`
}

function advice({ meant, hint }: LocatedProblem, paint: Paint): readonly string[] {
  const words = hint ?? (meant === undefined ? undefined : `Did you mean "${meant}"?`)
  return words === undefined ? [] : [`        ${paint('cyan', plainText(words))}`]
}

function count(problems: readonly LocatedProblem[]): string {
  const files = new Set(problems.map(({ file }) => file).filter((file) => file !== undefined))
  const where = files.size > 1 ? ` in ${files.size} files` : ''
  return `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}${where}`
}
