import { isMap } from '../../base/json.ts'
import { nearest } from '../../schema/index.ts'
import type { Expression } from '../expression.ts'
import type { TemplateFunction } from '../function.ts'
import { firstVersion, lastVersion } from './index.ts'
import type { Version } from './version.ts'

/** What does in native templates what functions of CloudFormation do there, and the other way round. */
const counterparts: readonly (readonly [native: string, cloudFormation: string])[] = [
  ['get_param', 'Ref'],
  ['get_resource', 'Ref'],
  ['get_attr', 'Fn::GetAtt'],
  ['list_join', 'Fn::Join'],
  ['str_split', 'Fn::Split'],
  ['str_replace', 'Fn::Replace'],
  ['resource_facade', 'Fn::ResourceFacade'],
  ['if', 'Fn::If'],
  ['equals', 'Fn::Equals'],
  ['not', 'Fn::Not'],
  ['and', 'Fn::And'],
  ['or', 'Fn::Or'],
]

/** What to say of something that a version does not accept: why, and the version that would. */
export interface Lateness {
  readonly hint?: string
  readonly version?: string
  /** The function that was likely meant, where no version has one of that name. */
  readonly meant?: string
}

/**
 * What to say of data that looks like a call of a function which this version does not have but another one does, or of one
 * whose name is mistyped: the map is taken as data, and whatever reads it will most likely complain.
 */
export function laterFunction(value: unknown, version: Version): Lateness {
  const lateness = ofAnotherVersion(value, version)
  return lateness.hint === undefined ? mistyped(value, version) : lateness
}

/** Only names with a sign in them that is in few names but those of functions are taken for mistyped ones. */
function mistyped(value: unknown, version: Version): Lateness {
  const [name, another] = isMap(value) ? Object.keys(value) : []
  if (name === undefined || another !== undefined || !/_|::/.test(name) || has(version, name)) return {}
  const meant = nearest(name, [...version.functions.keys(), ...version.conditionFunctions.keys()])
  return meant === undefined
    ? {}
    : { meant, hint: `There is no function "${visible(name)}". Did you mean "${meant}"?` }
}

/** A name in which signs that look like spaces can be seen. */
const visible = (name: string): string =>
  name.replaceAll(/[^\S ]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

function ofAnotherVersion(value: unknown, version: Version): Lateness {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  const name = onlyKey(value)
  if (name === undefined || version.functions.has(name)) return {}
  if (version.conditionFunctions.has(name))
    return { hint: `The function "${name}" may only be called in conditions` }
  const other = version.type === 'hot' ? 'cfn' : 'hot'
  const first =
    firstVersion(version.type, (one) => has(one, name)) ?? firstVersion(other, (one) => has(one, name))
  if (first === undefined) return {}
  if (first.key === version.key) return from(`The function "${name}"`, first, version)
  const now = instead(name, version)
  return {
    hint: `The function "${name}" is one of ${first.key}; this template is ${version.key} ${version.name}${now && `, which has ${now}`}`,
  }
}

/** The key of a map that has no other. One with very many keys is asked often, and must not be listed each time. */
function onlyKey(map: object): string | undefined {
  let only: string | undefined
  for (const key in map) {
    if (only !== undefined) return undefined
    only = key
  }
  return only
}

/** What to say of data in which something looks like a call of a function that this version does not have. */
export function laterFunctionWithin(data: unknown, version: Version): Lateness {
  const waiting: unknown[] = [data]
  for (let looked = 0; waiting.length > 0 && looked < mostLookedAt; looked++) {
    const part = waiting.shift()
    const lateness = ofAnotherVersion(part, version)
    if (lateness.hint !== undefined) return lateness
    if (typeof part === 'object' && part !== null) waiting.push(...Object.values(part).slice(0, mostLookedAt))
  }
  return mistyped(data, version)
}

const mostLookedAt = 1000

/** What to say of arguments that a later version of the same function takes. */
export function laterForm({ name }: TemplateFunction, args: Expression, version: Version): Lateness {
  return later(`This form of "${name}"`, version, (one) => {
    const does = one.name > version.name ? one.functions.get(name) : undefined
    return does !== undefined && does.misuse?.(args) === undefined
  })
}

/** Where a function was that this version has no more, and what does its work now. */
export function removedFunction(name: string, version: Version): Lateness {
  const last = lastVersion(version.type, ({ functions }) => functions.has(name))
  const now = instead(name, version)
  const hint = `The last version that has it is ${last?.name ?? 'older'}${now && `; this one has ${now}`}`
  return { hint, ...(last && { version: last.name }) }
}

/** What to say of a key that another version of the same family has a meaning for. */
export function laterWord(key: string, version: Version, wordsOf: (version: Version) => object): Lateness {
  const first = firstVersion(version.type, (one) => Object.values(wordsOf(one)).includes(key))
  if (first === undefined) return {}
  if (first.key === version.key) return from(`"${key}"`, first, version)
  return { hint: `"${key}" is a word of ${first.key}; this template is ${version.key} ${version.name}` }
}

/** What to say of something that only later versions of the same kind accept; nothing if none does. */
export function later(what: string, version: Version, accepts: (version: Version) => boolean): Lateness {
  const first = firstVersion(version.type, accepts)
  return first?.key === version.key ? from(what, first, version) : {}
}

const from = (what: string, first: Version, version: Version): Lateness => ({
  hint: `${what} exists from version ${first.name} on; this template is ${version.name}`,
  version: first.name,
})

const has = ({ functions, conditionFunctions }: Version, name: string): boolean =>
  functions.has(name) || conditionFunctions.has(name)

function instead(name: string, version: Version): string {
  const names = counterparts
    .flatMap((pair) => (pair.includes(name) ? pair.filter((one) => one !== name) : []))
    .filter((one) => has(version, one))
  return names.join(' and ')
}
