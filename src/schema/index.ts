export { type Cast, cast, notConvertible, told } from './cast.ts'
export { breaches } from './constraints.ts'
export { constraintsOf, describe, type FieldView } from './describe.ts'
export { expectation, oneOfThese } from './expectation.ts'
export type {
  Bounds,
  Changes,
  Field,
  FieldOptions,
  Finder,
  Infer,
  Kind,
  LiveField,
  Shape,
  Support,
  ValueOf,
} from './field.ts'
export { momentIn } from './formats/moment.ts'
export { formats } from './formats.ts'
export { ipVersion } from './ip.ts'
export { any, anyList, boolean, integer, list, map, number, object, string } from './kinds.ts'
export { nearest, nearestKey } from './nearest.ts'
export { integerIn, numberFrom } from './number.ts'
export { type Match, type Search, search } from './pattern/search.ts'
export { PatternError } from './pattern/syntax.ts'
export { type Effort, fullEffort, type Matcher, matcher, startMatcher } from './pattern.ts'
export { type Fault, type Reading, read } from './read.ts'
export { truthIn, truthWords } from './truth.ts'
export { hasUnknown, UNKNOWN } from './unknown.ts'
