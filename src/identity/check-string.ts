import type { Check, Wanted } from './check.ts'

/** A check as policy files write it: in words, or as of old in lists, of which the outer means or, the inner ones and. */
export type CheckText = string | readonly (string | readonly string[])[]

/**
 * Reads a check: `role:member and project_id:%(project_id)s`, `rule:admin or not role:reader`, `@` (always), `!` (never).
 * Throws a `SyntaxError` that says what is wrong.
 */
export function readCheck(text: CheckText): Check {
  if (typeof text !== 'string') return readLists(text)
  if (text === '') return { is: 'always' }
  const tokens = tokenise(text)
  const reader = { tokens, at: 0 }
  const check = readOr(reader)
  if (reader.at < tokens.length) throw new SyntaxError(`unexpected "${tokens[reader.at]}"`)
  return check
}

/** An empty list is met by everybody, one of nothing but empty lists by nobody. */
function readLists(lists: Exclude<CheckText, string>): Check {
  if (lists.length === 0) return { is: 'always' }
  const checks = lists
    .map((inner) => (typeof inner === 'string' ? [inner] : inner))
    .filter((inner) => inner.length > 0)
    .map((inner) => joined('all', inner.map(readWord)))
  return checks.length === 0 ? { is: 'never' } : joined('any', checks)
}

/** Brackets stand at the ends of words; inside a word they belong to it, as in `%(project_id)s`. */
function tokenise(text: string): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    const opening = /^\(*/.exec(word)?.[0] ?? ''
    const rest = word.slice(opening.length)
    const closing = /\)*$/.exec(rest)?.[0] ?? ''
    const middle = rest.slice(0, rest.length - closing.length)
    if (/^(["']).*\1$/.test(rest)) throw new SyntaxError(`${rest} is a text in quotes, and no check`)
    return [...opening, ...(middle === '' ? [] : [middle]), ...closing]
  })
}

interface Reader {
  readonly tokens: readonly string[]
  at: number
}

function readOr(reader: Reader): Check {
  const parts = [readAnd(reader)]
  while (takes(reader, 'or')) parts.push(readAnd(reader))
  return joined('any', parts)
}

function readAnd(reader: Reader): Check {
  const parts = [readNot(reader)]
  while (takes(reader, 'and')) parts.push(readNot(reader))
  return joined('all', parts)
}

function joined(is: 'all' | 'any', checks: readonly Check[]): Check {
  const [only] = checks
  return checks.length === 1 && only ? only : { is, checks }
}

function readNot(reader: Reader): Check {
  return takes(reader, 'not') ? { is: 'not', check: readNot(reader) } : readOne(reader)
}

function readOne(reader: Reader): Check {
  if (takes(reader, '(')) {
    const inner = readOr(reader)
    if (!takes(reader, ')')) throw new SyntaxError('a closing bracket is missing')
    return inner
  }
  const token = reader.tokens[reader.at++]
  if (token === undefined) throw new SyntaxError('it ends too early')
  return readWord(token)
}

function takes(reader: Reader, word: string): boolean {
  if (reader.tokens[reader.at]?.toLowerCase() !== word) return false
  reader.at++
  return true
}

function readWord(word: string): Check {
  if (word === '@') return { is: 'always' }
  if (word === '!') return { is: 'never' }
  const colon = word.indexOf(':')
  if (colon < 1) throw new SyntaxError(`"${word}" is not of the form kind:value`)
  const [kind, value] = [word.slice(0, colon), word.slice(colon + 1)]
  switch (kind) {
    case 'rule':
      return { is: 'rule', name: value }
    case 'role':
      return { is: 'role', wanted: readWanted(value) }
    case 'http':
    case 'https':
      throw new SyntaxError(
        `"${word}" would have another server asked with every request, which is not supported`,
      )
    default:
      return readComparison(kind, readWanted(value))
  }
}

/** The left side is a literal of Python, or else leads to an attribute of the caller. */
function readComparison(kind: string, wanted: Wanted): Check {
  const quoted = /^(["'])(.*)\1$/.exec(kind)?.[2]
  const text = quoted ?? (/^(None|True|False|-?[1-9]\d*|0)$/.test(kind) ? kind : undefined)
  if (text !== undefined) return { is: 'literal', text, wanted }
  return { is: 'attribute', path: kind.split('.'), wanted }
}

/** Takes a text with names in it apart: `%(name)s` is a name, `%%` a percent sign. */
function readWanted(value: string): Wanted {
  return value.split(/(%\([^)]*\)s|%%)/).flatMap((part, i): Wanted => {
    if (i % 2 === 1) return part === '%%' ? ['%'] : [{ name: part.slice(2, -2) }]
    if (part.includes('%')) throw new SyntaxError(`"${value}" has a % that is not of the form %(name)s`)
    return part === '' ? [] : [part]
  })
}
