import { isMap } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
import type { NestedContext } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'

/** What a group's properties say of its members. */
interface GroupProps {
  readonly count: number
  readonly index_var: string
  readonly resource_def: {
    readonly type: string
    readonly properties?: Readonly<Record<string, unknown>>
    readonly metadata?: Readonly<Record<string, unknown>>
  }
  readonly removal_policies: readonly { readonly resource_list: readonly unknown[] }[]
  readonly removal_policies_mode: string
}

export type GroupContext = Pick<
  NestedContext<Shape>,
  | 'again'
  | 'applied'
  | 'before'
  | 'failed'
  | 'members'
  | 'mostMembers'
  | 'notes'
  | 'timeoutSeconds'
  | 'updatePolicy'
> & {
  readonly props: GroupProps
}

/** The members that a group is to have. */
export interface Members {
  readonly count: number
  /** The first so many names that may be used, in their order. */
  names(size: number): readonly string[]
  /** A member's resource definition. */
  define(name: string): Readonly<Record<string, unknown>>
  /** The names that may not be used again. */
  readonly removed: readonly string[]
}

/** Under which note the names of removed members are kept. */
export const removedNote = 'name_blacklist'

export function membersWanted(context: GroupContext): Members {
  const removed = removedNames(context)
  const { count, index_var: variable, resource_def: definition } = context.props
  checkSize(context)
  return {
    count,
    removed,
    names: (size) => firstNames(size, new Set(removed)),
    define: (name) => defineMember(definition, variable, name),
  }
}

/** A template of one member, as they will all be; nothing while it is not known what they are, or if there are none. */
export function sampleMember({
  count,
  index_var: variable,
  resource_def: definition,
}: Pick<GroupProps, 'count' | 'index_var' | 'resource_def'>): Readonly<Record<string, unknown>> {
  const isKnown = count !== 0 && isMap(definition) && typeof definition.type === 'string'
  const resources = isKnown ? { 0: defineMember(definition, String(variable), '0') } : {}
  return { heat_template_version: '2015-04-30', resources }
}

/** All definitions of a group together, in characters: one large property times a large count is more than memory holds. */
const mostCharacters = 64 << 20

function checkSize({ props: { count, resource_def: definition }, mostMembers }: GroupContext): void {
  if (count > mostMembers) throw tooLarge('Maximum resources per stack exceeded.')
  if (count * JSON.stringify(definition).length > mostCharacters) {
    throw tooLarge(`The definitions of ${count} members are larger than ${mostCharacters} characters.`)
  }
}

const tooLarge = (why: string): Error => failure('RequestLimitExceeded', `Request limit exceeded: ${why}`)

/**
 * Members to remove are named by their names or by what they are referred to by; only those count that there are when the
 * action begins.
 */
function removedNames({ props, before, members, notes, again }: GroupContext): readonly string[] {
  const earlier = (notes.get(removedNote) ?? '').split(',').filter((name) => name !== '')
  if (again) return earlier
  const asked = props.removal_policies.flatMap(({ resource_list: listed }) => listed.map(String))
  if (before === undefined && members.size > 0) {
    const known = [...earlier, ...asked.filter((name) => isIndex.test(name)), ...gapsIn(members)]
    return [...new Set(known)].filter((name) => !members.has(name)).sort()
  }
  const byReference = new Map([...members].map(([name, reference]) => [reference, name]))
  // Before there is any member, what is named is a name.
  const isName = (name: string): boolean =>
    before === undefined || members.has(name) || earlier.includes(name)
  const named = asked.flatMap((one) => (isName(one) ? one : (byReference.get(one) ?? [])))
  const kept = props.removal_policies_mode === 'update' ? [] : earlier
  return [...new Set([...kept, ...named])].sort()
}

/** The names that a group which is adopted had no member of, though it had later ones: they must have been removed. */
function gapsIn(members: ReadonlyMap<string, string>): readonly string[] {
  const indices = [...members.keys()].filter((name) => isIndex.test(name)).map(Number)
  const last = indices.reduce((most, index) => Math.max(most, index), -1)
  const gaps = last + 1 - indices.length
  // A document may say anything.
  return gaps > mostGaps ? [] : firstNames(gaps, new Set(members.keys()))
}

const mostGaps = 10_000

const isIndex = /^(0|[1-9]\d{0,9})$/

function firstNames(size: number, removed: ReadonlySet<string>): readonly string[] {
  const names: string[] = []
  for (let index = 0; names.length < size; index++) {
    const name = String(index)
    if (!removed.has(name)) names.push(name)
  }
  return names
}

function defineMember(
  definition: GroupProps['resource_def'],
  variable: string,
  name: string,
): Readonly<Record<string, unknown>> {
  const { type, properties = {}, metadata } = definition
  const given = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined)
  return {
    type,
    properties: Object.fromEntries(given.map(([key, value]) => [key, withName(value, variable, name)])),
    ...(metadata && { metadata }),
  }
}

/** Puts the member's name in the place of the variable, in every text of a value. */
function withName(value: unknown, variable: string, name: string): unknown {
  if (typeof value === 'string') return value.replaceAll(variable, name)
  if (Array.isArray(value)) return value.map((one) => withName(one, variable, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withName(one, variable, name)]))
}
