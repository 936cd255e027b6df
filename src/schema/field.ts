import type { Json } from '../base/json.ts'

/** The kinds of value a template author can write. */
export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'any'

/** How far something may be relied on; HIDDEN is left out of listings but goes on working. */
export type Support = 'SUPPORTED' | 'DEPRECATED' | 'UNSUPPORTED' | 'HIDDEN'

export interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** What may be said about any field, whatever its kind. */
export interface FieldOptions {
  readonly required?: true
  /** The value of a field left out. A function is asked later, by whoever knows (see `physicalName`). */
  readonly default?: unknown
  /** The owner can change this in place; without it, a change replaces the resource. */
  readonly updatable?: true
  /** It may never change: an update that tries is refused. */
  readonly immutable?: true
  /** One that might be given, for who reads the documents. */
  readonly example?: Json
  /** The Heat release that first had it. */
  readonly since?: string
  readonly support?: Support
  /** Accepted by name and refused when given, because no cloud does it any more. */
  readonly implemented?: false
  readonly oneOf?: readonly Json[]
  /** A regular expression; the whole text must match. */
  readonly pattern?: string
  readonly range?: Bounds
  readonly length?: Bounds
  readonly modulo?: { readonly step: number; readonly offset: number }
  /** A named check that needs no cloud: `ip_addr`, `net_cidr`, … (see formats.ts). */
  readonly format?: string
  /** The field names something in a cloud: it must exist, and handlers receive its ID. */
  readonly finds?: Finder
  /** Said instead of a constraint's own words when it fails. */
  readonly constraintDescription?: string
  /** A comma-separated text is taken for a list, other values for JSON text. */
  readonly convertible?: true
  /** An older spelling: the value is taken for the field of this name. */
  readonly spells?: string
  /** Never shown, logged or stored readable. */
  readonly secret?: true
  /** Asked anew each time instead of remembered (attributes). */
  readonly fresh?: true
  /**
   * The field of the live cloud object, where it has another name than this one; `false`: it has none. A pair of
   * functions translates values: `to` into a request (`null` for one taken away; `undefined` leaves it out), `from` out
   * of a live object.
   */
  readonly live?: LiveField
  /** It is set by a call of its own (`sync`), so a request leaves it out. */
  readonly ownCall?: true
  /** A map whose entries are fields of the request themselves; they may not be declared properties, nor any of these. */
  readonly spread?: readonly string[]
}

export type LiveField =
  | string
  | false
  | {
      readonly field: string
      readonly to?: (value: never) => unknown
      readonly from?: (live: never) => unknown
    }

/** Turns a name or ID into what requests need, usually an ID; its name is the custom constraint of that name. */
export interface Finder {
  readonly name: string
}

declare const valueType: unique symbol

/** A declared value: its kind, its words for people, and the rules it must meet. */
export interface Field<T = unknown, O extends FieldOptions = FieldOptions> {
  readonly kind: Kind
  readonly description: string
  readonly options: O
  /** Of a map: its keys, if they are declared. */
  readonly fields?: Shape
  /** Of a list: what each item is, if that is declared. */
  readonly item?: Field
  readonly [valueType]?: T
}

/** Named fields: a resource's properties, a function's arguments, a query string. */
export type Shape = Readonly<Record<string, Field>>

export type ValueOf<F> = F extends Field<infer T> ? T : never

type OptionsOf<F> = F extends Field<unknown, infer O> ? O : never
type IsPresent<F> = OptionsOf<F> extends { required: true } | { default: unknown } ? true : false
type KeysWhere<S extends Shape, P extends boolean> = {
  [K in keyof S]: IsPresent<S[K]> extends P ? K : never
}[keyof S]
type UpdatableKeys<S extends Shape> = {
  [K in keyof S]: OptionsOf<S[K]> extends { updatable: true } ? K : never
}[keyof S]
type Flatten<T> = { [K in keyof T]: T[K] } & {}

/** The object a shape describes: required and defaulted fields are present, the rest optional. */
export type Infer<S extends Shape> = Flatten<
  { readonly [K in KeysWhere<S, true>]: ValueOf<S[K]> } & {
    readonly [K in KeysWhere<S, false>]?: ValueOf<S[K]>
  }
>

/** What changed in an update: only updatable fields. A field taken away is back at its default, or `null`. */
export type Changes<S extends Shape> = {
  readonly [K in UpdatableKeys<S>]?: IsPresent<S[K]> extends true ? ValueOf<S[K]> : ValueOf<S[K]> | null
}
