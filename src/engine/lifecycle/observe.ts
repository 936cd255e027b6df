import { isMap, type JsonMap, sameJson } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { unlessGone } from '../../cloud/error.ts'
import type { AnyResource } from '../../plugin/index.ts'
import { type Field, read, type Shape } from '../../schema/index.ts'
import type { Decision } from '../plan/decide.ts'
import { homeOf } from './clients.ts'
import { resolveNames, type Values } from './properties.ts'
import type { Hold, Site } from './site.ts'

/** Whether a change is decided on by what is really there, not only by what was last applied. */
export const isObserving = ({ stack, parts }: Pick<Site, 'stack' | 'parts'>): boolean =>
  stack.converge || parts.options.observeOnUpdate

/**
 * Notes the properties of a resource as its object has them now, where the template says anything of them. Answers with what
 * to do if there is no object any more. A cloud that can't tell changes nothing.
 */
export async function observe(hold: Hold, type: AnyResource): Promise<Decision | undefined> {
  const { site, row } = hold
  const home = homeOf(hold, type)
  if (home === undefined || row.physicalId === null) return undefined
  try {
    const live = await unlessGone(home.get(row.physicalId))
    if (live === undefined) return gone
    const before = (row.properties ?? {}) as Values
    const resolved = await resolveNames(site, type.properties as Shape, before, true)
    const seen = seenIn(type.properties as Shape, resolved, live as unknown as Values)
    if (Object.keys(seen).length > 0) hold.note({ properties: { ...before, ...seen } as JsonMap })
  } catch (error) {
    const facts = { resource: row.name, error: messageOf(error) }
    site.parts.log.warn(facts, 'What is really there of a resource could not be seen')
  }
  return undefined
}

const gone: Decision = {
  does: 'replace',
  because: 'its object is gone',
  difference: { changed: [], replacing: [], forbidden: [], undecided: [] },
  mend: false,
}

/** The properties that the live object has otherwise than they were applied; of those that can be changed in place. */
function seenIn(shape: Shape, applied: Values, live: Values): Values {
  const entries = Object.entries(applied).flatMap(([name, value]) => {
    const field = shape[name]
    if (field === undefined || !field.options.updatable || field.options.secret) return []
    const seen = liveValue(name, field, live)
    return seen === undefined || isAlike(seen, value) ? [] : [[name, seen] as const]
  })
  return Object.fromEntries(entries)
}

/** A property's value in a live object; `undefined` if that can't be told. */
function liveValue(name: string, field: Field, live: Values): unknown {
  const { live: mapping } = field.options
  if (mapping === false || field.options.spread) return undefined
  const mapped = typeof mapping === 'object' ? mapping : { field: mapping ?? name }
  if ('to' in mapped && mapped.to !== undefined && !('from' in mapped)) return undefined
  const raw = live[mapped.field]
  if (raw === undefined || raw === null) return raw
  const value = 'from' in mapped && mapped.from !== undefined ? mapped.from(raw as never) : raw
  const { value: readable, faults } = read({ [name]: field }, { [name]: declaredOf(field, value) })
  return faults.length > 0 ? undefined : readable[name]
}

/** The parts of a live value that are declared: clouds show more of an object than can be asked for. */
function declaredOf(field: Field, value: unknown): unknown {
  const { fields, item } = field
  if (item !== undefined && Array.isArray(value)) return value.map((one: unknown) => declaredOf(item, one))
  if (fields === undefined || !isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      fields[key] === undefined ? [] : [[key, declaredOf(fields[key], part)]],
    ),
  )
}

/** Whether values mean the same: a list of IDs comes back in whatever order. */
function isAlike(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return sameJson(a, b)
  const sorted = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort()
  return sameJson(sorted(a), sorted(b))
}
