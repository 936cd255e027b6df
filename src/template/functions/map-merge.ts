import { isMap } from '../../base/json.ts'
import { UNKNOWN } from '../../schema/index.ts'
import { put, spendItems } from '../evaluate.ts'
import { Refusal, templateFunction } from '../function.ts'

/** Puts maps together; where they have the same key, the later one counts. */
export const mapMerge = templateFunction('map_merge', {
  summary: 'Merges maps; later ones win.',
  example: 'map_merge: [{ a: 1, b: 2 }, { b: 3 }]',
  partial: true,
  evaluate(maps, run) {
    if (maps === UNKNOWN) return UNKNOWN
    if (typeof maps === 'string' && maps !== '') throw new Refusal(notMaps)
    if (!Array.isArray(maps)) {
      throw new Refusal(
        'Incorrect arguments to "map_merge" should be: "map_merge" : [ { "key1": "val1" }, { "key2": "val2" } ]',
      )
    }
    if (maps.includes(UNKNOWN)) return UNKNOWN
    const merged: Record<string, unknown> = {}
    for (const map of maps as readonly unknown[]) {
      if (map === null) continue
      if (!isMap(map)) throw new Refusal(notMaps)
      const keys = Object.keys(map)
      spendItems(run, keys.length)
      for (const key of keys) put(merged, key, map[key])
    }
    return merged
  },
})

const notMaps = 'Incorrect arguments: Items to merge must be maps.'
