import { firstVersion, lastVersion } from './index.ts'
import type { Version, Words } from './version.ts'

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

/**
 * A hint for data that looks like a call of a function which this version does not have but another one does: the map is
 * taken as data, and whatever reads it will most likely complain.
 */
export function laterFunctionHint(value: unknown, version: Version): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const [name, another] = Object.keys(value)
  if (name === undefined || another !== undefined || version.functions.has(name)) return undefined
  if (version.conditionFunctions.has(name)) return `The function "${name}" may only be called in conditions`
  const other = version.type === 'hot' ? 'cfn' : 'hot'
  const first =
    firstVersion(version.type, (one) => has(one, name)) ?? firstVersion(other, (one) => has(one, name))
  if (first === undefined) return undefined
  if (first.key === version.key) {
    return `The function "${name}" exists from version ${first.name} on; this template is ${version.name}`
  }
  const now = instead(name, version)
  return `The function "${name}" is one of ${first.key}; this template is ${version.key} ${version.name}${now && `, which has ${now}`}`
}

/** Where a function was that this version has no more, and what does its work now. */
export function removedFunctionHint(name: string, version: Version): string {
  const last = lastVersion(version.type, ({ functions }) => functions.has(name))
  const now = instead(name, version)
  return `The last version that has it is ${last?.name ?? 'older'}${now && `; this one has ${now}`}`
}

/** A hint for a key that a later version of the same family has a meaning for. */
export function laterWordHint(
  key: string,
  version: Version,
  wordsOf: (words: Words) => object,
): string | undefined {
  const first = firstVersion(version.type, ({ words }) => Object.values(wordsOf(words)).includes(key))
  if (first === undefined) return undefined
  if (first.key === version.key)
    return `"${key}" exists from version ${first.name} on; this template is ${version.name}`
  return `"${key}" is a word of ${first.key}; this template is ${version.key} ${version.name}`
}

const has = ({ functions, conditionFunctions, missing }: Version, name: string): boolean =>
  functions.has(name) || conditionFunctions.has(name) || missing.has(name)

function instead(name: string, version: Version): string {
  const names = counterparts
    .flatMap((pair) => (pair.includes(name) ? pair.filter((one) => one !== name) : []))
    .filter((one) => has(version, one))
  return names.join(' and ')
}
