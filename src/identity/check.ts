/** A check of a policy, as it was read: `role:member and project_id:%(project_id)s` is `all` of a `role` and an `attribute`. */
export type Check =
  | { readonly is: 'always' | 'never' }
  | { readonly is: 'not'; readonly check: Check }
  | { readonly is: 'all' | 'any'; readonly checks: readonly Check[] }
  | { readonly is: 'rule'; readonly name: string }
  | { readonly is: 'role'; readonly wanted: Wanted }
  | { readonly is: 'literal'; readonly text: string; readonly wanted: Wanted }
  | { readonly is: 'attribute'; readonly path: readonly string[]; readonly wanted: Wanted }

/** A text, in parts: those with a name stand for what the target has under it. */
export type Wanted = readonly (string | { readonly name: string })[]

/** What a check is made on: who asks, what they ask about, and the other rules. */
export interface Facts {
  /** The caller's attributes, by the names that policy files have for them. */
  readonly caller: Readonly<Record<string, unknown>>
  readonly target: Readonly<Record<string, unknown>>
  /** Whether another rule is met; one that does not exist is not. */
  readonly rule: (name: string) => boolean
}

/** Whether the facts meet a check. */
export function meets(check: Check, facts: Facts): boolean {
  switch (check.is) {
    case 'always':
      return true
    case 'never':
      return false
    case 'not':
      return !meets(check.check, facts)
    case 'all':
      return check.checks.every((part) => meets(part, facts))
    case 'any':
      return check.checks.some((part) => meets(part, facts))
    case 'rule':
      return facts.rule(check.name)
    case 'role':
      return hasRole(facts, filledIn(check.wanted, facts.target))
    case 'literal':
      return check.text === filledIn(check.wanted, facts.target)
    case 'attribute':
      return leadsTo(facts.caller, check.path, filledIn(check.wanted, facts.target))
  }
}

/** The names of the other rules that a check speaks of. */
export function rulesIn(check: Check): readonly string[] {
  if (check.is === 'rule') return [check.name]
  if (check.is === 'not') return rulesIn(check.check)
  return check.is === 'all' || check.is === 'any' ? check.checks.flatMap(rulesIn) : []
}

/** Roles are the same whatever their case. */
function hasRole({ caller: { roles } }: Facts, role: string | undefined): boolean {
  const wanted = role?.toLowerCase()
  return Array.isArray(roles) && roles.some((one) => String(one).toLowerCase() === wanted)
}

/** Whether a path through what is known of the caller ends at a text; of a list any item will do. */
function leadsTo(value: unknown, path: readonly string[], text: string | undefined): boolean {
  if (text === undefined) return false
  if (Array.isArray(value)) return value.some((one) => leadsTo(one, path, text))
  const [key, ...rest] = path
  if (key === undefined) return asPython(value) === text
  return isObject(value) && Object.hasOwn(value, key) && leadsTo(Reflect.get(value, key), rest, text)
}

/** The text with each name replaced by what the target has; `undefined` if it has not got one of them. */
function filledIn(wanted: Wanted, target: Facts['target']): string | undefined {
  let text = ''
  for (const part of wanted) {
    const found = typeof part === 'string' ? part : reach(target, part.name)
    if (found === undefined) return undefined
    text += asPython(found)
  }
  return text
}

/** Of a target with parts, `a.b` is the `b` of its `a`. */
function reach(target: Facts['target'], name: string): unknown {
  if (Object.hasOwn(target, name)) return target[name]
  return name
    .split('.')
    .reduce<unknown>(
      (part, key) => (isObject(part) && Object.hasOwn(part, key) ? Reflect.get(part, key) : undefined),
      target,
    )
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Policy files write what Python would print. */
function asPython(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return value === null ? 'None' : String(value)
}
