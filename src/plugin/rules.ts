import { UNKNOWN } from '../schema/index.ts'

type Values = Readonly<Record<string, unknown>>

/** What is wrong with properties taken together. */
type Refusals = readonly { readonly path: readonly string[]; readonly message: string }[]

const fine: Refusals = []
const refused = (message: string): Refusals => [{ path: [], message }]

/** Whether a property says something: empty values and `false` don't, nor does what is not known yet. */
export function isGiven(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false || value === UNKNOWN)
    return false
  return !Array.isArray(value) || value.length > 0
}

/** At most one of these properties may be given. */
export function notTogether(props: Values, ...names: readonly string[]): Refusals {
  const given = names.filter((name) => isGiven(props[name]))
  return given.length < 2
    ? fine
    : refused(`Cannot define the following properties at the same time: ${given.join(', ')}.`)
}

/** At least one of these properties must be given; one whose value is not known yet may do. */
export function atLeastOne(props: Values, ...names: readonly string[]): Refusals {
  return names.some((name) => isGiven(props[name]) || props[name] === UNKNOWN)
    ? fine
    : refused(`At least one of the following properties must be specified: ${names.join(', ')}.`)
}

/** The first property makes sense only with the second. */
export function onlyWith(props: Values, name: string, other: string): Refusals {
  return isGiven(props[name]) && !isGiven(props[other]) && props[other] !== UNKNOWN
    ? refused(`${name} cannot be specified without ${other}.`)
    : fine
}

/** A rule of the type's own: refuses with this message where it is broken. */
export const refuseIf = (broken: boolean, message: string): Refusals => (broken ? refused(message) : fine)
