import { isMap, sameJson } from '../base/json.ts'
import type { Field, Shape } from '../schema/index.ts'

type Values = Readonly<Record<string, unknown>>

/** As much of a resource type as a request depends on. */
interface Requesting {
  readonly properties: Shape
  // biome-ignore lint/suspicious/noExplicitAny: the properties of whatever type
  readonly request?: (props: any, body: Values) => object
}

/**
 * The body of the request that makes an object of these properties, or that changes them. Properties not given are left
 * out, and so are those that are set by calls of their own. `before` are the properties as last applied.
 */
export function requestOf({ properties, request }: Requesting, props: Values, before: Values = {}): object {
  const body = { ...spreadIn(properties, props, before), ...bodyOf(properties, props) }
  return request ? request(props, body) : body
}

/** The entries of spread maps, but for those already applied. They come first, so that a declared property wins. */
function spreadIn(shape: Shape, values: Values, before: Values): Values {
  const maps = Object.keys(shape).filter((name) => shape[name]?.options.spread)
  const entries = maps.flatMap((name) => {
    const earlier = before[name]
    const applied = isMap(earlier) ? earlier : {}
    const wanted = values[name]
    return isMap(wanted)
      ? Object.entries(wanted).filter(([key, value]) => !sameJson(value, applied[key]))
      : []
  })
  return Object.fromEntries(entries)
}

function bodyOf(shape: Shape, values: Values): Values {
  const body: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(shape)) {
    const { live, ownCall, spread } = field.options
    if (live === false || ownCall || spread) continue
    const value = requestValue(field, values[name])
    if (value !== undefined) body[liveName(name, field)] = value
  }
  return body
}

const liveName = (name: string, { options: { live } }: Field): string =>
  typeof live === 'string' ? live : typeof live === 'object' ? live.field : name

function requestValue(field: Field, value: unknown): unknown {
  if (value === undefined) return undefined
  const { live } = field.options
  if (typeof live === 'object' && live.to) return live.to(value as never)
  if (value === null) return field.kind === 'list' ? [] : null
  if (field.fields && isMap(value)) return bodyOf(field.fields, value)
  const { item } = field
  return item && Array.isArray(value) ? value.map((part) => requestValue(item, part)) : value
}

/** The entries of spread maps that may not be there, because a property says the same or nobody may say it. */
export function spreadRefusals(shape: Shape, props: Values): { path: readonly string[]; message: string }[] {
  return Object.entries(shape).flatMap(([name, { options }]) => {
    const value = props[name]
    if (!options.spread || !isMap(value)) return []
    const taken = [...options.spread, ...Object.keys(shape)]
    const found = Object.keys(value).filter((key) => taken.includes(key))
    return found.length === 0 ? [] : [{ path: [name], message: `${found.join(', ')} not allowed in ${name}` }]
  })
}
