import { isMap, put } from '../../base/json.ts'
import { UNKNOWN } from '../../schema/index.ts'
import { Refusal, templateFunction } from '../function.ts'
import { spendItems } from '../spend.ts'

/** Puts maps together; where they have the same key, the later one counts. */
export const mapMerge = templateFunction('map_merge', {
  summary: 'Merges maps; later ones win.',
  usage: 'map_merge: [MAP, MAP, …]',
  arguments: [{ name: 'MAP', kind: 'map', meaning: 'Any number of maps; one that is null counts as empty.' }],
  examples: [
    {
      call: 'map_merge: [{ role: web, tier: gold }, { get_param: tags }]',
      where: { parameters: { tags: { tier: 'silver', owner: 'ada' } } },
      gives: '{ role: web, tier: silver, owner: ada }',
    },
    {
      shows: 'Only the outermost keys are merged',
      call: 'map_merge: [{ disk: { size: 10, type: ssd } }, { disk: { size: 20 } }]',
      gives: '{ disk: { size: 20 } }',
    },
    { shows: 'One that is null counts as empty', call: 'map_merge: [{ a: 1 }, null]', gives: '{ a: 1 }' },
    {
      shows: 'A list is no map',
      call: 'map_merge: [{ a: 1 }, [b]]',
      refuses: 'Incorrect arguments: Items to merge must be maps.',
    },
  ],
  notes: [
    'Where several maps have a key, the last one counts. A value of null is a value: it takes the place of an earlier one.',
  ],
  partial: true,
  evaluate(maps, run) {
    if (maps === UNKNOWN) return UNKNOWN
    if (maps === '') return {}
    if (typeof maps === 'string') throw new Refusal(notMaps)
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
