import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { nearest, oneOfThese } from '../../schema/index.ts'
import { suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import type { ProblemCode } from '../problem-codes.ts'
import { laterWord } from '../versions/hints.ts'
import type { Version, Words } from '../versions/version.ts'

/** What every section reader is given. */
export interface SectionReader {
  readonly version: Version
  readonly words: Words
  readonly problems: TemplateProblem[]
}

/** A JSON map, told from the other kinds of JSON value. */
export const isJsonMap = (value: Json | undefined): value is JsonMap => isMap(value)

/** A problem of the ordinary kind. */
export function invalid(code: ProblemCode, message: string, path: TemplatePath): TemplateProblem {
  return { code, message, path }
}

/** A problem with a name that is none of a version's words for something; another version may have it. */
export function stranger(
  problem: TemplateProblem,
  name: string,
  version: Version,
  wordsOf: (version: Version) => object,
): TemplateProblem {
  const known = Object.values(wordsOf(version)).filter((word) => typeof word === 'string')
  const lateness = laterWord(name, version, wordsOf)
  return {
    ...problem,
    expected: oneOfThese(known),
    ...(lateness.hint === undefined ? suggestion(nearest(name, known)) : lateness),
  }
}
