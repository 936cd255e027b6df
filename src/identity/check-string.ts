/** What a check is made on: who asks, what they ask about, and the other rules. */
export interface Facts {
  /** The caller's attributes; `roles` are lower-case. */
  readonly caller: Readonly<Record<string, string | boolean | readonly string[] | undefined>>
  readonly target: Readonly<Record<string, unknown>>
  /** Whether another rule is met; one that does not exist is not. */
  readonly rule: (name: string) => boolean
}

/** Whether the facts meet a check. */
export type Check = (facts: Facts) => boolean

/**
 * Reads a check as policy files write it: `role:member and project_id:%(project_id)s`, `rule:admin or not
 * role:reader`, `@` (always), `!` (never). Throws a `SyntaxError` that says what is wrong.
 */
export function readCheck(text: string): Check {
  const tokens = tokenise(text)
  if (tokens.length === 0) return () => true
  const reader = { tokens, at: 0 }
  const check = readOr(reader)
  if (reader.at < tokens.length) throw new SyntaxError(`unexpected "${tokens[reader.at]}"`)
  return check
}

/** Brackets stand at the ends of words; inside a word they belong to it, as in `%(project_id)s`. */
function tokenise(text: string): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    const opening = /^\(*/.exec(word)?.[0] ?? ''
    const rest = word.slice(opening.length)
    const closing = /\)*$/.exec(rest)?.[0] ?? ''
    const middle = rest.slice(0, rest.length - closing.length)
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
  return (facts) => parts.some((part) => part(facts))
}

function readAnd(reader: Reader): Check {
  const parts = [readNot(reader)]
  while (takes(reader, 'and')) parts.push(readNot(reader))
  return (facts) => parts.every((part) => part(facts))
}

function readNot(reader: Reader): Check {
  if (!takes(reader, 'not')) return readOne(reader)
  const inner = readNot(reader)
  return (facts) => !inner(facts)
}

function readOne(reader: Reader): Check {
  if (takes(reader, '(')) {
    const inner = readOr(reader)
    if (!takes(reader, ')')) throw new SyntaxError('a closing bracket is missing')
    return inner
  }
  const token = reader.tokens[reader.at++]
  if (token === undefined) throw new SyntaxError('it ends too early')
  if (token === '@') return () => true
  if (token === '!') return () => false
  return readPair(token)
}

function takes(reader: Reader, word: string): boolean {
  if (reader.tokens[reader.at]?.toLowerCase() !== word) return false
  reader.at++
  return true
}

function readPair(token: string): Check {
  const colon = token.indexOf(':')
  if (colon < 1) throw new SyntaxError(`"${token}" is not of the form kind:value`)
  const kind = token.slice(0, colon)
  const value = token.slice(colon + 1)
  switch (kind) {
    case 'rule':
      return ({ rule }) => rule(value)
    case 'role':
      return ({ caller, target }) => {
        const role = filledIn(value, target)?.toLowerCase()
        return role !== undefined && Array.isArray(caller.roles) && caller.roles.includes(role)
      }
    case 'http':
    case 'https':
      throw new SyntaxError('checks by a remote server are not supported')
    default:
      return ({ caller, target }) => {
        const wanted = filledIn(value, target)
        return wanted !== undefined && saidBy(kind, caller).includes(wanted)
      }
  }
}

/** The left side is a quoted text, or else the name of a caller's attribute. */
function saidBy(kind: string, caller: Facts['caller']): readonly string[] {
  const quoted = /^'(.*)'$|^"(.*)"$/.exec(kind)
  if (quoted) return [quoted[1] ?? quoted[2] ?? '']
  if (['None', 'True', 'False'].includes(kind)) return [kind]
  const value = caller[kind]
  if (value === undefined) return []
  return Array.isArray(value) ? value : [asPython(value)]
}

/** The value with each `%(name)s` taken from the target; `undefined` if the target has not got one. */
function filledIn(value: string, target: Facts['target']): string | undefined {
  let whole = true
  const text = value.replace(/%\(([^)]+)\)s/g, (_match, name: string) => {
    const found = reach(target, name)
    if (found === undefined) whole = false
    return asPython(found)
  })
  return whole ? text : undefined
}

function reach(target: Facts['target'], name: string): unknown {
  if (Object.hasOwn(target, name)) return target[name]
  return name.split('.').reduce<unknown>((part, key) => {
    return typeof part === 'object' && part !== null && Object.hasOwn(part, key)
      ? Reflect.get(part, key)
      : undefined
  }, target)
}

/** Policy files write what Python would print. */
function asPython(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === null ? 'None' : String(value)
}
