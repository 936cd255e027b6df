import { unlessGone } from '../../cloud/error.ts'
import type { Found } from '../../cloud/service.ts'
import { type AnyResource, requestOf } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import { homeOf } from './clients.ts'
import { contextOf, type HandlerContext } from './context.ts'
import { type Values, withNames } from './properties.ts'
import { settle } from './settle.ts'
import type { Hold } from './site.ts'

export interface Alteration {
  /** The properties as they shall be, and as they were last known to be. */
  readonly values: Values
  readonly before: Values
  /** The names of those to change. */
  readonly changed: readonly string[]
}

/** Changes an object in place and waits until it is ready; answers with the live object. Safe to repeat. */
export async function update(
  type: AnyResource,
  hold: Hold,
  alteration: Alteration,
): Promise<Found | undefined> {
  const context = changeContext(type, hold, alteration)
  const { values } = alteration
  const live = type.steps === undefined ? await updateAtOnce(type, hold, context) : undefined
  for (const step of type.steps ?? []) {
    if (!(step.on as readonly string[]).some((name) => name in context.changed)) continue
    await step.apply(context)
    await settle(type, hold, values)
  }
  if (type.sync !== undefined) await type.sync(context)
  return await settle(type, hold, values, type.sync === undefined ? asFound(live) : undefined)
}

type ChangeContext = HandlerContext & { readonly changed: Values; readonly before: Values }

function changeContext(
  type: AnyResource,
  hold: Hold,
  { values, before, changed }: Alteration,
): ChangeContext {
  const context = contextOf(type, hold, values)
  return {
    ...context,
    before: withNames(type, before, context.self.physicalName),
    changed: changesOf(type, context.props, changed),
  }
}

/** The changed properties with the values they shall have; `null` for one that is taken away. */
export function changesOf(type: AnyResource, props: Values, changed: readonly string[]): Values {
  const shape = type.properties as Shape
  return Object.fromEntries(
    changed.filter((name) => shape[name]?.options.updatable).map((name) => [name, props[name] ?? null]),
  )
}

async function updateAtOnce(type: AnyResource, hold: Hold, context: ChangeContext): Promise<unknown> {
  if (type.update !== undefined) return await type.update(context)
  const body = requestOf(type, context.changed, context.before)
  const home = homeOf(hold, type, context.props)
  if (home === undefined || hold.row.physicalId === null || Object.keys(body).length === 0) return undefined
  return await home.update(hold.row.physicalId, body)
}

function asFound(value: unknown): Found | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? (value as Found) : undefined
}

/** Whether an object that failed can be mended by an update: it is there, and not in a state that the type calls failed. */
export async function isRepairable(type: AnyResource, hold: Hold, values: Values): Promise<boolean> {
  if (hold.row.physicalId === null) return false
  if (type.repairable !== undefined) return await type.repairable(contextOf(type, hold, values))
  const home = homeOf(hold, type, values)
  if (home === undefined) return true
  const live = (await unlessGone(home.get(hold.row.physicalId))) as Record<string, unknown> | undefined
  if (live === undefined) return false
  return (
    type.settles === undefined ||
    !(type.settles.failed as readonly unknown[]).includes(live[type.settles.on as string])
  )
}
