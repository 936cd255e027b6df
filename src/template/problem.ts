import { shortened } from '../base/text.ts'
import { type ProblemCode, type ProblemKind, problemKinds } from './problem-codes.ts'

/** Where in a template something is: the keys and indexes that lead to it from the top. */
export type TemplatePath = readonly (string | number)[]

/** One thing wrong with a template, an environment or the values given to them, in words for its author. */
export interface TemplateProblem {
  /** A stable name of the kind of problem; `errorType` says which error REST callers know it as. */
  readonly code: ProblemCode
  /** The whole sentence, with the path in it where users of Heat expect one. */
  readonly message: string
  readonly path: TemplatePath
  /** The file it is in; absent: the root template. */
  readonly file?: string
  /** Where the offending text begins, counted from one; absent where only parsed data came in. */
  readonly line?: number
  readonly column?: number
  /** Where it ends: the place behind its last character. */
  readonly endLine?: number
  readonly endColumn?: number
  /** What would have been right there: `an integer`. */
  readonly expected?: string
  /** The version of the template language that would accept it, where that is the cause. */
  readonly version?: string
  /** What to do about it. */
  readonly hint?: string
  /** The nearest known name, where one was likely meant. */
  readonly meant?: string
  /** Until it is placed: which part is at fault, where it is another than is usual for its code. */
  readonly offends?: 'key' | 'value'
  /** Until it is placed: the way from the path down to the very part that is at fault. */
  readonly part?: TemplatePath
}

/** What came of reading something: a value, unless it was beyond reading, and every problem found on the way. */
export interface Parsed<T> {
  readonly value: T | undefined
  readonly problems: readonly TemplateProblem[]
}

/** A piece of a text: lines and columns counted from one, the end being the place behind its last character. */
export interface Position {
  readonly line: number
  readonly column: number
  readonly endLine?: number
  readonly endColumn?: number
}

/** Something that knows where its parts were written. */
export interface Written {
  readonly file?: string
  /** Where the key or the value is that a path leads to, or the deepest part of the path that is there. */
  locate(path: TemplatePath, part?: 'key' | 'value'): Position | undefined
}

/** Problems beyond so many are counted only: nobody reads them, and a request may have half a million. */
const mostTold = 1000

/** The first problems; of what is beyond measure only how many there are. */
export function fewEnough(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  if (problems.length <= mostTold) return problems
  const message = `There are ${problems.length - mostTold} more problems`
  return [...problems.slice(0, mostTold), { code: 'TooManyProblems', message, path: [] }]
}

/** The problems with their file and their place filled in as far as they are known. */
export function placed(
  problems: readonly TemplateProblem[],
  { file, locate }: Written,
): readonly TemplateProblem[] {
  if (problems.length === 0) return problems
  return fewEnough(problems).map(({ offends, part, ...problem }) => {
    const side = offends ?? problemKinds[problem.code].offends
    return {
      ...(file !== undefined && { file }),
      ...(problem.line === undefined && locate(part ? [...problem.path, ...part] : problem.path, side)),
      ...problem,
      message: brief(problem.message),
    }
  })
}

/** Longer sentences are cut: a value that somebody put in the wrong place may be as large as the whole template. */
const longestMessage = 4000

/** A sentence of bounded length. */
export function brief(message: string): string {
  return shortened(message, longestMessage)
}

/** A path as messages show it: `resources.server.properties.networks[0].port`. */
export function pathText(path: TemplatePath): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number' || /^\d+$/.test(part)) text += `[${part}]`
    else text += text === '' ? part : `.${part}`
  }
  return text
}

/** A path as messages show it that Heat makes while it reads a template: names of digits stay names, `servers.0`. */
export function writtenPath(path: TemplatePath): string {
  return path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('')
}

/** The functions that may be called where a path leads, by name. */
export interface Calls {
  get(name: string): { readonly names?: string } | undefined
}

/**
 * The path to a call that was found wanting when the template was looked through: each call that it goes through begins
 * anew after a colon, and what a choice chose stands right in it.
 */
export function callText(path: TemplatePath, calls: Calls): string {
  const parts: (string | number)[][] = [[]]
  for (const [i, part] of path.entries()) {
    const before = path[i - 1]
    const isBranch = typeof part === 'number' && calls.get(String(before))?.names === 'condition'
    if (!isBranch) parts.at(-1)?.push(part)
    if (typeof part === 'string' && i < path.length - 1 && calls.get(part)) parts.push([])
  }
  return parts.map(pathText).join(': ')
}

/** A hint that suggests a name, if there is one to suggest. */
export function suggestion(meant: string | undefined): { readonly meant?: string; readonly hint?: string } {
  return meant === undefined ? {} : { meant, hint: `Did you mean "${meant}"?` }
}

/** The error that REST callers know a problem as: the `type` of a fault body. */
export function errorType(code: ProblemCode): string {
  const kind: ProblemKind = problemKinds[code]
  return kind.errorType ?? 'StackValidationFailed'
}
