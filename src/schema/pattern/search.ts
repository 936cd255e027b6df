import { compile } from './compile.ts'
import { parse } from './parse.ts'
import { type Effort, run } from './run.ts'

/** Where a match and its groups stand in a text, in characters; a group that took no part has no place. */
export interface Match {
  readonly from: number
  readonly to: number
  readonly groups: readonly (readonly [from: number, to: number] | undefined)[]
}

/** Where to begin to look. */
export interface Start {
  readonly at: number
  /** An empty match at that very place is none. */
  readonly advancing?: boolean
}

/** A regular expression that can be looked for. */
export interface Search {
  /** How many steps it was turned into, which is what making it ready cost. */
  readonly size: number
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
  /** The first match from a place on, `undefined` if there is none or the effort ran out. */
  find(codes: readonly number[], from: Start, effort: Effort): Match | undefined
}

/** Makes a regular expression in the language of Python ready to be looked for. Throws a `PatternError` if it is none. */
export function search(pattern: string, flags: string): Search {
  const parsed = parse(pattern, flags)
  const { refersBack, groups, names } = parsed
  const program = compile(parsed, 'keep groups')
  return {
    size: program.length,
    groups,
    names,
    find(codes, { at, advancing = false }, effort) {
      for (let start = at; start <= codes.length && effort.left > 0; start++) {
        const notAt = advancing && start === at ? at : undefined
        const found = run({ program, codes, effort, refersBack, notAt }, 0, { at: start, kept: [] })
        if (found === undefined) continue
        const places = Array.from({ length: groups }, (_, i) => {
          const [begin, end] = [found.kept[i * 2 + 2], found.kept[i * 2 + 3]]
          return begin === undefined || end === undefined ? undefined : ([begin, end] as const)
        })
        return { from: start, to: found.at, groups: places }
      }
      return undefined
    },
  }
}
