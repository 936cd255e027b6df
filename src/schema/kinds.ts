import type { Field, FieldOptions, Infer, Kind, Shape, ValueOf } from './field.ts'

type Literal<O, T> = O extends { oneOf: readonly (infer V)[] } ? V : T

const none = Object.freeze({})
type None = typeof none

function field<T, O extends FieldOptions>(
  kind: Kind,
  description: string,
  options: O | undefined,
): Field<T, O> {
  return Object.freeze({ kind, description, options: options ?? (none as O) })
}

export function string<const O extends FieldOptions = None>(
  description = '',
  options?: O,
): Field<Literal<O, string>, O> {
  return field('string', description, options)
}

export function integer<const O extends FieldOptions = None>(
  description = '',
  options?: O,
): Field<Literal<O, number>, O> {
  return field('integer', description, options)
}

export function number<const O extends FieldOptions = None>(description = '', options?: O): Field<number, O> {
  return field('number', description, options)
}

export function boolean<const O extends FieldOptions = None>(
  description = '',
  options?: O,
): Field<boolean, O> {
  return field('boolean', description, options)
}

/** A list whose items all meet the same declaration. */
export function list<F extends Field, const O extends FieldOptions = None>(
  item: F,
  description = '',
  options?: O,
): Field<readonly ValueOf<F>[], O> {
  return Object.freeze({ ...field<readonly ValueOf<F>[], O>('list', description, options), item })
}

/** A list of anything. */
export function anyList<const O extends FieldOptions = None>(
  description = '',
  options?: O,
): Field<readonly unknown[], O> {
  return field('list', description, options)
}

/** A map of declared keys. */
export function object<S extends Shape, const O extends FieldOptions = None>(
  fields: S,
  description = '',
  options?: O,
): Field<Infer<S>, O> {
  return Object.freeze({ ...field<Infer<S>, O>('map', description, options), fields })
}

/** A map of any keys. */
export function map<const O extends FieldOptions = None>(
  description = '',
  options?: O,
): Field<Readonly<Record<string, unknown>>, O> {
  return field('map', description, options)
}

export function any<const O extends FieldOptions = None>(description = '', options?: O): Field<unknown, O> {
  return field('any', description, options)
}
