import { compile, type Program } from './pattern/compile.ts'
import { parse } from './pattern/parse.ts'
import { type Effort, endOfMatch, fullEffort } from './pattern/run.ts'
import { PatternError } from './pattern/syntax.ts'

/** Tells whether a text meets a pattern, or the words that say why the pattern itself can't be used. */
export type Matcher = ((text: string, effort?: Effort) => boolean) | { readonly unusable: string }

export { type Effort, fullEffort }

/**
 * Whether a regular expression, written as for Heat (Python's), fits a text. As there, the first match found from the
 * start must reach the end: `a|ab` does not fit `ab`. Nothing fits once the effort is used up.
 */
export function matcher(pattern: string): Matcher {
  const program = programOf(pattern)
  if (typeof program === 'string') return { unusable: program }
  return (text, effort = fullEffort()) => endOfMatch(program, text, effort) === text.length
}

/** Whether a regular expression fits the start of a text. */
export function startMatcher(pattern: string): Matcher {
  const program = programOf(pattern)
  if (typeof program === 'string') return { unusable: program }
  return (text, effort = fullEffort()) => endOfMatch(program, text, effort) !== undefined
}

const compiled = new Map<string, Program | string>()
const mostCompiled = 500
/** Longer programs are not kept. */
const longestKept = 1000

/** A pattern as a program, or why it can't be one. */
function programOf(pattern: string): Program | string {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size >= mostCompiled) compiled.clear()
  const made = attempt(pattern)
  if (made.length <= longestKept && pattern.length <= longestKept) compiled.set(pattern, made)
  return made
}

function attempt(pattern: string): Program | string {
  try {
    return compile(parse(pattern))
  } catch (error) {
    if (error instanceof PatternError)
      return `"${pattern}" is not a valid regular expression: ${error.message}`
    throw error
  }
}
