import type { Json, JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { AttributePath } from '../../template/index.ts'
import { homeOf } from './clients.ts'
import { contextOf } from './context.ts'
import type { Values } from './properties.ts'
import type { Hold } from './site.ts'

/** Attribute values to remember, and whether any of them is a secret. */
export interface Attributes {
  readonly values: JsonMap
  readonly secret: boolean
}

/** The names of the attributes that these paths read; an empty path reads all. */
export function attributeNames(shape: Shape, paths: readonly AttributePath[]): readonly string[] {
  const all = paths.some((path) => path.length === 0)
  const names = paths.flatMap(([name]) => (typeof name === 'string' ? [name] : []))
  return [...new Set(all ? [...names, ...Object.keys(shape)] : names)]
}

/** The values of attributes of a cloud object. `live` is the object as it was just read, if it was. */
export async function readAttributes(
  type: AnyResource,
  hold: Hold,
  { names, values, live }: { readonly names: readonly string[]; readonly values: Values; readonly live?: Found | undefined },
): Promise<Attributes> {
  const shape = type.attributes as Shape
  let object = live as Record<string, unknown> | undefined
  const read = async (): Promise<Record<string, unknown> | undefined> => {
    object ??= (await homeOf(hold.site.session, type)?.get(hold.row.physicalId ?? '')) as Record<string, unknown> | undefined
    return object
  }
  const entries: [string, Json][] = []
  for (const name of names) {
    const value = await readOne(type, hold, { name, values, read })
    entries.push([name, (value ?? null) as Json])
  }
  return { values: Object.fromEntries(entries), secret: names.some((name) => shape[name]?.options.secret === true) }
}

interface Question {
  readonly name: string
  readonly values: Values
  readonly read: () => Promise<Record<string, unknown> | undefined>
}

async function readOne(type: AnyResource, hold: Hold, { name, values, read }: Question): Promise<unknown> {
  const field = (type.attributes as Shape)[name]
  try {
    const compute = type.compute?.[name]
    if (compute !== undefined) return await compute(contextOf(type, hold, values))
    if (name === 'show') return await read()
    if (field === undefined || field.options.live === false) return null
    const { live } = field.options
    const object = await read()
    const value = object?.[typeof live === 'string' ? live : typeof live === 'object' ? live.field : name]
    return typeof live === 'object' && live.from !== undefined ? live.from(value as never) : value
  } catch (error) {
    hold.site.parts.log.warn({ resource: hold.row.name, attribute: name, error: messageOf(error) }, 'An attribute could not be read')
    return null
  }
}
