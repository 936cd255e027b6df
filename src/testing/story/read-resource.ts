import type { Json, JsonMap } from '../../base/json.ts'

const form =
  /^(?<condition>\?)?(?<name>\w+)(?: is (?:an? )?(?<kind>group of \d+|\w+))?(?: on (?<base>\w+(?:\+\w+)*))?(?: after (?<needs>\w+(?:\+\w+)*))?(?<properties>(?: \w+=\S+)*)(?: (?<policy>kept|snapshot))?$/

const kinds: Readonly<Record<string, string>> = {
  thing: 'Test::Thing',
  nameless: 'Test::Nameless',
  labelled: 'Test::Labelled',
  holder: 'Test::Holder',
  pair: 'Test::Pair',
  listener: 'Test::Listener',
  handle: 'OS::Heat::WaitConditionHandle',
  condition: 'OS::Heat::WaitCondition',
  tester: 'OS::Heat::TestResource',
}

/** Reads a line as `b is a pair on a after c size=2 kept`; without a kind it is a thing. A condition is on its handle. */
export function readResource(line: string): readonly [name: string, definition: JsonMap] {
  const { name = '', kind = 'thing', ...said } = form.exec(line)?.groups ?? {}
  if (name === '') throw new Error(`This is no resource: ${line}`)
  const base = listed(said.base)
  const needs = listed(said.needs)
  const properties = {
    ...Object.fromEntries(pairs(said.properties ?? '')),
    ...(base.length > 0 && standing(kind, base)),
    ...(needs.length > 0 && kind === 'thing' && { follows: needs }),
  }
  const definition: JsonMap = {
    ...definitionOf(kind, properties),
    ...(needs.length > 0 && { depends_on: needs }),
    ...(said.condition && { condition: 'wide' }),
    ...(said.policy && { deletion_policy: said.policy === 'kept' ? 'Retain' : 'Snapshot' }),
  }
  return [name, definition]
}

function standing(kind: string, [first = '', ...more]: readonly string[]): JsonMap {
  if (kind === 'condition') return { handle: { get_resource: first } }
  return { base: [first, ...more].map((other) => ({ get_resource: other })) }
}

function definitionOf(kind: string, properties: JsonMap): JsonMap {
  const count = /^group of (\d+)$/.exec(kind)?.[1]
  if (count !== undefined) {
    const member = { type: 'Test::Thing', properties }
    return { type: 'OS::Heat::ResourceGroup', properties: { count: Number(count), resource_def: member } }
  }
  const type = kinds[kind]
  if (type === undefined) throw new Error(`There is no kind of resource ${kind}`)
  const { external_id, ...rest } = properties
  return { type, properties: rest, ...(external_id !== undefined && { external_id }) }
}

const listed = (text: string | undefined): readonly string[] => (text === undefined ? [] : text.split('+'))

/** The properties of `size=2 color=red`; `size=a.size` is what resource `a` tells, `size=$size` the parameter. */
export const pairs = (text: string): readonly (readonly [string, Json])[] =>
  text
    .trim()
    .split(' ')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      return [name, valueIn(value)] as const
    })

function valueIn(text: string): Json {
  const [, resource, attribute] = /^([a-z]\w*)\.(\w+)$/.exec(text) ?? []
  if (resource !== undefined && attribute !== undefined) return { get_attr: [resource, attribute] }
  if (text.startsWith('$')) return { get_param: text.slice(1) }
  return /^(?:-?\d+|true|false|null|[[{].*)$/.test(text) ? (JSON.parse(text) as Json) : text
}
