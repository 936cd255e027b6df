import { isMap, own, put } from '../../base/json.ts'
import { Refusal, templateFunction } from '../function.ts'

const form =
  'Incorrect arguments to "map_replace" should be: "map_replace" : [ { "key1": "val1" }, {"keys": {"key1": "key2"}, "values": {"val1": "val2"}}]'

/** Gives the keys and values of a map other names. */
export const mapReplace = templateFunction('map_replace', {
  summary: 'Renames keys and values of a map.',
  usage: 'map_replace: [MAP, { keys: NAMES, values: VALUES }]',
  arguments: [
    { name: 'MAP', kind: 'map', meaning: 'What is renamed; null counts as empty.' },
    {
      name: 'keys',
      kind: 'map',
      meaning: 'For each key that is to be renamed, its new name.',
      optional: true,
    },
    {
      name: 'values',
      kind: 'map',
      meaning: 'For each value that is to be replaced, the new value.',
      optional: true,
    },
  ],
  examples: [
    {
      call: `map_replace:
  - { disk: small, memory: large }
  - keys: { disk: volume }
    values: { small: 10, large: 4096 }`,
      gives: '{ volume: 10, memory: 4096 }',
    },
    {
      shows: 'Names may come from attributes',
      call: `map_replace:
  - { first: 192.0.2.7 }
  - keys: { first: { get_attr: [server, name] } }`,
      where: { attributes: { server: { name: 'web-0' } } },
      gives: '{ web-0: 192.0.2.7 }',
    },
    {
      shows: 'A new name must be free',
      call: 'map_replace: [{ a: 1, b: 2 }, { keys: { a: b } }]',
      refuses: 'key replacement b collides with a key in the input map',
    },
    {
      shows: 'Only these two',
      call: 'map_replace: [{ a: 1 }, { names: { a: b } }]',
      refuses: form,
    },
  ],
  notes: [
    'Only the outermost keys and values are looked at. Values that are maps or lists stay as they are.',
    'Keys and values that neither map names stay as they are.',
  ],
  evaluate(args) {
    if (!Array.isArray(args) || args.length !== 2) throw new Refusal(form)
    const map = mapFrom(args[0])
    const changes = mapFrom(args[1])
    if (Object.keys(changes).some((key) => key !== 'keys' && key !== 'values')) throw new Refusal(form)
    const keys = mapFrom(own(changes, 'keys') ?? null)
    const values = mapFrom(own(changes, 'values') ?? null)
    const result: Record<string, unknown> = {}
    for (const [key, value] of Object.entries(map)) {
      const name = own(keys, key) ?? key
      if (typeof name === 'object')
        throw new Refusal(`The new name of key ${key} in "map_replace" must be a string`)
      if (name !== key) refuseCollision(name, map, result)
      put(result, String(name), replacement(value, values))
    }
    return result
  },
})

type StringMap = Readonly<Record<string, unknown>>

function mapFrom(value: unknown): StringMap {
  if (value === null) return {}
  if (isMap(value)) return value
  throw new Refusal(
    'Incorrect arguments: to "map_replace", arguments must be a list of maps. Example:  "map_replace" : [ { "key1": "val1" }, {"keys": {"key1": "key2"}, "values": {"val1": "val2"}}]',
  )
}

function refuseCollision(name: unknown, map: StringMap, result: StringMap): void {
  const key = String(name)
  if (Object.hasOwn(map, key))
    throw new Refusal(`key replacement ${key} collides with a key in the input map`)
  if (Object.hasOwn(result, key))
    throw new Refusal(`key replacement ${key} collides with a key in the output map`)
}

/** Keys of a map are texts in JSON, so `1` is found under "1" only where the template wrote a text. */
function replacement(value: unknown, values: StringMap): unknown {
  return typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : value
}
