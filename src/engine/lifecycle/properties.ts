import { isMap, type JsonMap } from '../../base/json.ts'
import { isCloudError } from '../../cloud/error.ts'
import type { CloudFinder } from '../../cloud/service.ts'
import { type AnyType, physicalName } from '../../plugin/index.ts'
import { type Fault, type Field, read, type Shape } from '../../schema/index.ts'
import { pathText } from '../../template/index.ts'
import { PropertiesRefused } from './failure.ts'
import type { Site } from './site.ts'

export type Values = Readonly<Record<string, unknown>>

/** A resource's property values read by its type's declaration; a name the cloud is to be given by default is left out. */
export function readProperties(
  type: AnyType,
  name: string,
  given: unknown,
): { readonly values: Values; readonly faults: readonly Fault[] } {
  if (type.open) return { values: isMap(given) ? given : {}, faults: [] }
  const { value, faults } = read(type.properties as Shape, given)
  const refusals = faults.length > 0 ? [] : (type.validate?.(value as never, name) ?? [])
  const values = Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== physicalName && one !== undefined),
  )
  return {
    values,
    faults: [...faults, ...refusals.map((one) => ({ code: 'ConstraintBroken' as const, ...one }))],
  }
}

/** As `readProperties`, whatever is wrong with them. */
export const presentProperties = (type: AnyType, name: string, given: unknown): Values =>
  readProperties(type, name, given).values

/** As `readProperties`, for a resource that is about to be worked on: anything wrong is its failure. */
export function usableProperties(type: AnyType, name: string, given: unknown): Values {
  const { values, faults } = readProperties(type, name, given)
  if (faults.length > 0) throw new PropertiesRefused(faults.map(faultText).join('; '))
  return values
}

const faultText = ({ path, message }: Fault): string =>
  path.length === 0 ? message : `properties.${pathText(path)}: ${message}`

/** The values with default names filled in: what handlers get. */
export function withNames(type: AnyType, values: Values, name: string): Values {
  const defaulted = Object.entries(type.properties as Shape).filter(
    ([key, { options }]) => options.default === physicalName && values[key] === undefined,
  )
  return defaulted.length === 0
    ? values
    : { ...values, ...Object.fromEntries(defaulted.map(([key]) => [key, name])) }
}

/**
 * The values with names turned into IDs, by asking the clouds. IDs of this stack's own resources are taken as they are.
 * `lenient`: what can't be found stays as it was written (for values of the past).
 */
export async function resolveNames(
  site: Site,
  shape: Shape,
  values: Values,
  lenient = false,
): Promise<JsonMap> {
  const lookUp = async (finder: CloudFinder, value: string): Promise<string> => {
    if (value === '' || site.ownIds.has(value)) return value
    const key = `${finder.name} ${value}`
    const found = site.found.get(key) ?? finder.lookup(site.session, value)
    site.found.set(key, found)
    try {
      return await found
    } catch (error) {
      site.found.delete(key)
      if (lenient && isCloudError(error)) return value
      throw error
    }
  }
  return (await resolveShape(shape, values, lookUp)) as JsonMap
}

type LookUp = (finder: CloudFinder, value: string) => Promise<string>

async function resolveShape(shape: Shape, values: Values, lookUp: LookUp): Promise<Values> {
  const entries = await Promise.all(
    Object.entries(values).map(async ([name, value]) => {
      const field = shape[name]
      return [
        name,
        field === undefined || !mayFind(field) ? value : await resolveField(field, value, lookUp),
      ] as const
    }),
  )
  return Object.fromEntries(entries)
}

async function resolveField(field: Field, value: unknown, lookUp: LookUp): Promise<unknown> {
  const finder = field.options.finds as CloudFinder | undefined
  if (finder !== undefined && typeof value === 'string') return await lookUp(finder, value)
  if (Array.isArray(value)) {
    const { item } = field
    if (item !== undefined)
      return await Promise.all(value.map((one: unknown) => resolveField(item, one, lookUp)))
    if (finder !== undefined)
      return await Promise.all(
        value.map((one: unknown) => (typeof one === 'string' ? lookUp(finder, one) : one)),
      )
  }
  return field.fields !== undefined && isMap(value) ? await resolveShape(field.fields, value, lookUp) : value
}

const finding = new WeakMap<Field, boolean>()

/** Whether anything in a field is looked up in a cloud; most fields have nothing, and are then left alone. */
function mayFind(field: Field): boolean {
  const known = finding.get(field)
  if (known !== undefined) return known
  const inside = [...Object.values(field.fields ?? {}), ...(field.item ? [field.item] : [])]
  const answer = field.options.finds !== undefined || inside.some(mayFind)
  finding.set(field, answer)
  return answer
}

/** The finders that a shape's values would need, each with the value it is to look up and the value's place. */
export function lookupsIn(
  shape: Shape,
  values: Values,
): readonly { finder: CloudFinder; value: string; path: readonly (string | number)[] }[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = shape[name]
    return field === undefined || !mayFind(field) ? [] : lookupsOf(field, value, [name])
  })
}

function lookupsOf(
  field: Field,
  value: unknown,
  path: readonly (string | number)[],
): ReturnType<typeof lookupsIn> {
  const finder = field.options.finds as CloudFinder | undefined
  if (finder !== undefined && typeof value === 'string') return value === '' ? [] : [{ finder, value, path }]
  if (Array.isArray(value))
    return value.flatMap((one: unknown, i) => (field.item ? lookupsOf(field.item, one, [...path, i]) : []))
  if (field.fields === undefined || !isMap(value)) return []
  return lookupsIn(field.fields, value).map((one) => ({ ...one, path: [...path, ...one.path] }))
}
