import type { JsonMap } from '../../base/json.ts'
import type { Chance } from '../chance.ts'

/** The value of every hidden parameter and secret property: it may be read nowhere. */
export const secretValue = 'hunter2-and-nothing-else'

/** What whoever gives a stack a template says with it. */
export const parameters: JsonMap = { token: secretValue }

/** What a template may be drawn with. */
export interface Drawing {
  /** A number that the template can be known by. */
  readonly mark: string
  /** Whether something in it may fail by itself. */
  readonly mayFail: boolean
  /** What no other stack has. */
  readonly place: string
  /** The ID of a thing that is there already, for `external_id`. */
  readonly outside: string
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/**
 * A template of some of seven resources of all kinds; they stand on, follow and read those before them. What is retained is
 * named `kept`, so that it is known whose things may stay behind; what waits to be told something is `l`, and `w` by way of `h`.
 */
export function drawTemplate(chance: Chance, drawing: Drawing): JsonMap {
  // The order of the names differs, so that needs turn round between templates.
  const order = chance.is(0.3) ? [...names].reverse() : names
  const resources: Record<string, JsonMap> = chance.is(0.25) ? { l: listener(chance) } : {}
  for (const name of chance.some(order, 0.6)) {
    const place = `${drawing.place} of ${name}`
    resources[name] = drawResource(chance, place, resources)
  }
  if (chance.is(0.2)) Object.assign(resources, waiting(chance, Object.keys(resources)))
  if (chance.is(0.15)) resources.kept = { ...thing({ size: chance.below(3) }), deletion_policy: 'Retain' }
  if (chance.is(0.15)) resources.outside = { type: 'Test::Thing', external_id: drawing.outside }
  if (drawing.mayFail && chance.is(0.25)) resources.z = failing(chance, Object.keys(resources))
  return {
    heat_template_version: '2021-04-16',
    description: drawing.mark,
    parameters: {
      wide: { type: 'boolean', default: false },
      token: { type: 'string', hidden: true },
      size: { type: 'number', default: chance.below(3) },
    },
    conditions: { is_wide: { equals: [{ get_param: 'wide' }, true] } },
    resources,
    outputs: outputsOf(resources),
  }
}

const thing = (properties: JsonMap): JsonMap => ({ type: 'Test::Thing', properties })

function listener(chance: Chance): JsonMap {
  return {
    type: 'Test::Listener',
    properties: { count: 1 + chance.below(2), patience: 20 + chance.below(60) },
  }
}

/** A wait condition, and the handle that takes its signals. */
function waiting(chance: Chance, others: readonly string[]): JsonMap {
  const properties = { timeout: 20 + chance.below(60), count: 1 + chance.below(2) }
  return {
    h: {
      type: 'OS::Heat::WaitConditionHandle',
      properties: { signal_transport: chance.one(['TOKEN_SIGNAL', 'HEAT_SIGNAL', 'NO_SIGNAL']) },
    },
    w: {
      type: 'OS::Heat::WaitCondition',
      properties: { handle: { get_resource: 'h' }, ...properties },
      depends_on: chance.some(others, 0.2),
    },
  }
}

function failing(chance: Chance, others: readonly string[]): JsonMap {
  return {
    type: 'OS::Heat::TestResource',
    properties: { fail: true, wait_secs: chance.below(5) },
    depends_on: chance.some(others, 0.3),
  }
}

type Resources = Readonly<Record<string, JsonMap>>

function drawResource(chance: Chance, place: string, before: Resources): JsonMap {
  const color = chance.one(['red', 'blue'])
  // A change to thirteen takes another thing.
  const size = chance.one([0, 1, 2, 13])
  switch (chance.below(12)) {
    case 0:
      // Nobody else's place: who comes to a place that another is still to leave may be refused for good.
      return {
        type: 'Test::Holder',
        properties: { color, place: `${chance.one(['corner', 'centre'])} of ${place}` },
      }
    case 1:
      return { type: 'Test::Pair', properties: { size, weight: chance.below(3) } }
    case 2:
      return { type: 'Test::Nameless', properties: { size } }
    case 3:
      return groupOf(chance, thing({ size, color }))
    case 4:
      return {
        type: 'OS::Heat::TestResource',
        properties: { value: color, wait_secs: chance.below(4) },
        depends_on: chance.some(Object.keys(before), 0.2),
      }
    case 5:
      return groupOf(chance, groupOf(chance, thing({ size })))
    default:
      return drawThing(chance, { size, color }, before)
  }
}

function groupOf(chance: Chance, definition: JsonMap): JsonMap {
  return {
    type: 'OS::Heat::ResourceGroup',
    properties: { count: chance.below(3), resource_def: definition },
  }
}

function drawThing(chance: Chance, { size, color }: JsonMap, before: Resources): JsonMap {
  const things = Object.keys(before).filter(
    (name) => before[name]?.type === 'Test::Thing' && before[name]?.external_id === undefined,
  )
  // What is there under a condition only can't be stood on by what always is.
  const lasting = things.filter((name) => before[name]?.condition === undefined && name !== 'kept')
  const below = chance.some(lasting, 0.4)
  const after = chance.some(lasting, 0.25)
  const told = before.l !== undefined && chance.is(0.3) ? ['l'] : []
  const read = chance.is(0.2) && lasting.length > 0 ? chance.one(lasting) : undefined
  return {
    ...thing({
      size: read === undefined ? (size ?? null) : { get_attr: [read, 'size'] },
      color: color ?? null,
      base: below.map((name) => ({ get_resource: name })),
      follows: after,
      ...(chance.is(0.15) && { labels: { size: { get_param: 'size' } } }),
      ...(chance.is(0.15) && { secret: { get_param: 'token' } }),
    }),
    ...(after.length + told.length > 0 && { depends_on: [...after, ...told] }),
    ...(chance.is(0.15) && { condition: 'is_wide' }),
    ...(chance.is(0.1) && { deletion_policy: 'Snapshot' }),
  }
}

function outputsOf(resources: Resources): JsonMap {
  const readable = Object.entries(resources).filter(
    ([, { type, condition, external_id }]) =>
      type === 'Test::Thing' && condition === undefined && external_id === undefined,
  )
  return Object.fromEntries(readable.map(([name]) => [name, { value: { get_attr: [name, 'size'] } }]))
}

/** A template's resources in few words, for people. */
export function templateWords({ description, resources }: JsonMap): string {
  const all = Object.entries(resources as Readonly<Record<string, JsonMap>>).map(([name, one]) => {
    const { type, properties = {}, ...more } = one
    const kind = String(type).split('::').at(-1)
    return `${name}: ${kind} ${JSON.stringify({ ...(properties as JsonMap), ...more })}`
  })
  return [`template ${String(description)}`, ...all.map((one) => `    ${one}`)].join('\n')
}
