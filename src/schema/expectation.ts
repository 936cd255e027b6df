import { told } from './cast.ts'
import type { Bounds, Field, FieldOptions, Kind } from './field.ts'

const mostListed = 20

/** What a value of a field must be, in a few words: `an integer of 1 to 65535`. */
export function expectation({ kind, options }: Pick<Field, 'kind' | 'options'>): string {
  const { oneOf } = options
  if (oneOf === undefined) return `${words[kind]}${rulesOf(kind, options)}`
  return kind === 'list' ? `a list, each item ${oneOfThese(oneOf)}` : oneOfThese(oneOf)
}

const words: Readonly<Record<Kind, string>> = {
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
  list: 'a list',
  map: 'a map',
  any: 'a value',
}

function rulesOf(kind: Kind, { range, length, modulo, pattern, format, finds }: FieldOptions): string {
  const unit = kind === 'string' ? 'characters' : kind === 'list' ? 'items' : 'entries'
  return [
    range && between(range),
    length && `${between(length)} ${unit}`,
    modulo && ` that is a multiple of ${modulo.step}${modulo.offset === 0 ? '' : ` plus ${modulo.offset}`}`,
    pattern !== undefined && ` that matches ${pattern}`,
    format !== undefined && ` in the form ${format}`,
    finds && ` that names a ${finds.name}`,
  ]
    .filter((rule) => typeof rule === 'string')
    .join(',')
}

function between({ min, max }: Bounds): string {
  if (min === undefined) return ` of at most ${max}`
  return max === undefined ? ` of at least ${min}` : ` of ${min} to ${max}`
}

/** A few words to choose from; of many only the first are said. */
export function oneOfThese(choices: readonly unknown[]): string {
  const texts = choices.slice(0, mostListed).map((one) => told(one, {}))
  return `one of ${texts.join(', ')}${choices.length > mostListed ? ', …' : ''}`
}
