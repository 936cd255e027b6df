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

/** An attribute to read; with a path, only that part of it is asked for. */
export interface AskedAttribute {
  readonly name: string
  readonly path?: AttributePath
}

/** The attributes that these paths read; an empty path reads all. */
export function askedAttributes(shape: Shape, paths: readonly AttributePath[]): readonly AskedAttribute[] {
  const asked = new Map<string, AskedAttribute>()
  for (const [name, ...path] of paths) {
    if (typeof name !== 'string') for (const one of Object.keys(shape)) asked.set(one, { name: one })
    else asked.set(name, asked.has(name) ? { name } : { name, path })
  }
  return [...asked.values()]
}

/** The values of attributes of a cloud object. `live` is the object as it was just read, if it was. */
export async function readAttributes(
  type: AnyResource,
  hold: Hold,
  {
    asked,
    values,
    live,
  }: {
    readonly asked: readonly AskedAttribute[]
    readonly values: Values
    readonly live?: Found | undefined
  },
): Promise<Attributes> {
  const shape = type.attributes as Shape
  let object = live as Record<string, unknown> | undefined
  const read = async (): Promise<Record<string, unknown> | undefined> => {
    object ??= (await homeOf(hold.site.session, type)?.get(hold.row.physicalId ?? '')) as
      | Record<string, unknown>
      | undefined
    return object
  }
  const entries: [string, Json][] = []
  for (const one of asked) {
    const value = await readOne(type, hold, { ...one, values, read })
    entries.push([one.name, (value ?? null) as Json])
  }
  return {
    values: Object.fromEntries(entries),
    secret: asked.some(({ name }) => shape[name]?.options.secret === true),
  }
}

interface Question extends AskedAttribute {
  readonly values: Values
  readonly read: () => Promise<Record<string, unknown> | undefined>
}

async function readOne(
  type: AnyResource,
  hold: Hold,
  { name, path, values, read }: Question,
): Promise<unknown> {
  const field = (type.attributes as Shape)[name]
  try {
    const compute = type.compute?.[name]
    if (compute !== undefined)
      return await compute({ ...contextOf(type, hold, values), ...(path && { path }) })
    if (name === 'show') return await read()
    if (field === undefined || field.options.live === false) return null
    const { live } = field.options
    const object = await read()
    const value = object?.[typeof live === 'string' ? live : typeof live === 'object' ? live.field : name]
    return typeof live === 'object' && live.from !== undefined ? live.from(value as never) : value
  } catch (error) {
    hold.site.parts.log.warn(
      { resource: hold.row.name, attribute: name, error: messageOf(error) },
      'An attribute could not be read',
    )
    return null
  }
}
