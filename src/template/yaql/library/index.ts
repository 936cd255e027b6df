import type { Definition } from '../definition.ts'
import type { Library } from '../invoke.ts'
import { access, inside, lastResort } from './access.ts'
import { comparison } from './comparison.ts'
import { dates } from './dates.ts'
import { dictionaries, mapBrackets } from './dictionaries.ts'
import { format } from './format.ts'
import { lists } from './lists.ts'
import { logic } from './logic.ts'
import { math } from './math.ts'
import { order } from './order.ts'
import { queries } from './queries.ts'
import { regexes } from './regexes.ts'
import { sets } from './sets.ts'
import { strings } from './strings.ts'
import { system } from './system.ts'

/** The functions of the language by theme, as the reference page has them. */
export const themes: readonly (readonly [title: string, definitions: readonly Definition[]])[] = [
  ['Values out of lists, dictionaries and variables', [...access, mapBrackets, ...lastResort]],
  ['Names and calls', system],
  ['Comparison', comparison],
  ['Truth and choice', logic],
  ['Numbers', math],
  ['Texts', [...strings, format]],
  ['Regular expressions', regexes],
  ['Queries', queries],
  ['Order, groups and pieces', order],
  ['Lists', lists],
  ['Dictionaries', dictionaries],
  ['Sets', sets],
  ['Dates and times', dates],
  ['What the evaluation itself calls', inside],
]

/** The functions and methods by their names; what is asked last stands behind. */
export const library: Library = {
  functions: levelsOf(({ called }) => called !== 'method'),
  methods: levelsOf(({ called }) => called !== 'function'),
}

function levelsOf(isWanted: (definition: Definition) => boolean) {
  const all = themes.flatMap(([, definitions]) => definitions).filter(isWanted)
  const isLast = (one: Definition) => lastResort.includes(one)
  return [all.filter((one) => !isLast(one)), all.filter(isLast)].map((level) =>
    Map.groupBy(level, ({ name }) => name),
  )
}
