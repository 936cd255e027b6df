import type { Json, JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { isAway } from '../../cloud/error.ts'
import type { Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { AttributePath } from '../../template/index.ts'
import { again } from './again.ts'
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

interface Asking {
  readonly asked: readonly AskedAttribute[]
  readonly values: Values
  /** The object as it was just read, if it was. */
  readonly live?: Found | undefined
}

/** The values of attributes of a cloud object. What the cloud does not tell is null. */
export async function readAttributes(
  type: AnyResource,
  hold: Hold,
  { asked, values, live }: Asking,
): Promise<Attributes> {
  return await read(type, hold, { asked, values, live, unlessAway: false })
}

/** As `readAttributes`, but patient with a cloud that is away for a while: what others are made of must not be null then. */
export async function readPatiently(type: AnyResource, hold: Hold, asking: Asking): Promise<Attributes> {
  const { actionRetryLimit } = hold.site.parts.options
  const patience = { most: actionRetryLimit + 3, passing: ['unavailable', 'rate-limited'] } as const
  return await again(hold.site, patience, () => read(type, hold, { ...asking, unlessAway: true }))
}

interface Reading extends Asking {
  /** That the cloud can't be reached is no answer. */
  readonly unlessAway: boolean
}

async function read(
  type: AnyResource,
  hold: Hold,
  { asked, values, live, unlessAway }: Reading,
): Promise<Attributes> {
  const shape = type.attributes as Shape
  let object = live as LiveObject
  const home = homeOf(hold, type)
  const look = async (): Promise<LiveObject> => {
    object ??= (await home?.get(hold.row.physicalId ?? '')) as LiveObject
    return object
  }
  const entries: [string, Json][] = []
  for (const one of asked) {
    const value = await readOne(type, hold, { ...one, values, look }).catch((error: unknown) => {
      if (unlessAway && isAway(error)) throw error
      const facts = { resource: hold.row.name, attribute: one.name, error: messageOf(error) }
      hold.site.parts.log.warn(facts, 'An attribute could not be read')
      return null
    })
    entries.push([one.name, (value ?? null) as Json])
  }
  return {
    values: Object.fromEntries(entries),
    secret: asked.some(({ name }) => isSecret(shape, name)),
  }
}

/** What shows all of an object shows its secrets too. */
const isSecret = (shape: Shape, name: string): boolean =>
  name === 'show'
    ? Object.values(shape).some(({ options }) => options.secret === true)
    : shape[name]?.options.secret === true

type LiveObject = Readonly<Record<string, unknown>> | undefined

interface Question extends AskedAttribute {
  readonly values: Values
  readonly look: () => Promise<LiveObject>
}

async function readOne(
  type: AnyResource,
  hold: Hold,
  { name, path, values, look }: Question,
): Promise<unknown> {
  const field = (type.attributes as Shape)[name]
  const compute = type.compute?.[name]
  if (compute !== undefined) return await compute({ ...contextOf(type, hold, values), ...(path && { path }) })
  if (name === 'show') return await (type.show?.(contextOf(type, hold, values)) ?? look())
  if (field === undefined || field.options.live === false) return null
  const { live } = field.options
  const object = await look()
  const value = object?.[typeof live === 'string' ? live : typeof live === 'object' ? live.field : name]
  return typeof live === 'object' && live.from !== undefined ? live.from(value as never) : value
}
