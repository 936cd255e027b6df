import type { JsonMap } from '../base/json.ts'

/** A schema in the dialect of OpenAPI 3.1. */
export type JsonSchema = Readonly<Record<string, unknown>>

declare const told: unique symbol

/** What an answer, or a part of one, is: how anybody can check it, what it looks like, and its type in programs. */
export interface Reply<T = unknown> {
  readonly schema: JsonSchema
  /** The schemas that are referred to by a name, here or further inside. */
  readonly names: Readonly<Record<string, JsonSchema>>
  readonly example: unknown
  /** The type of the body, if it is not JSON. */
  readonly media?: string
  readonly [told]?: T
}

/** The type of what a reply says. */
export type Told<R> = R extends Reply<infer T> ? T : never

const noNames = Object.freeze({})

const leaf = <T>(schema: JsonSchema, example: T): Reply<T> => ({ schema, names: noNames, example })

export const text = (description: string, example: string, rules: JsonSchema = {}): Reply<string> =>
  leaf({ type: 'string', description, ...rules }, example)

/** A body that is no JSON, but words for whoever looks. */
export const plainText = (description: string, example: string): Reply<string> => ({
  ...text(description, example),
  media: 'text/plain',
})

/** One of a few words. */
export const word = <const W extends string>(description: string, words: readonly [W, ...W[]]): Reply<W> =>
  leaf({ type: 'string', description, enum: words }, words[0])

export const whole = (description: string, example: number): Reply<number> =>
  leaf({ type: 'integer', description, minimum: 0 }, example)

export const truth = (description: string, example = false): Reply<boolean> =>
  leaf({ type: 'boolean', description }, example)

/** A moment to the second, in universal time. */
export const moment = (description: string): Reply<string> =>
  text(description, '2026-01-31T09:30:00Z', { format: 'date-time' })

export const anything = (description: string, example: unknown): Reply<unknown> =>
  leaf({ description }, example)

/** A map of which only its keys' being texts is certain, as templates are. */
export const document = (description: string, example: JsonMap): Reply<JsonMap> =>
  leaf({ type: 'object', description }, example)

/** There is nothing to say: the body is `null` or, by its status, none. */
export const nothing: Reply<null> = leaf({ type: 'null' }, null)

export function orNull<T>({ schema, ...rest }: Reply<T>): Reply<T | null> {
  if (typeof schema.type !== 'string') return { ...rest, schema: { anyOf: [schema, nothing.schema] } }
  const words = Array.isArray(schema.enum) && { enum: [...schema.enum, null] }
  return { ...rest, schema: { ...schema, type: [schema.type, 'null'], ...words } }
}

export const listOf = <T>(
  description: string,
  { schema, names, example }: Reply<T>,
): Reply<readonly T[]> => ({
  schema: { type: 'array', description, items: schema },
  names,
  example: [example],
})

/** A map of any keys to values that are all alike. */
export const mapOf = <T>(
  description: string,
  { schema, names, example }: Reply<T>,
  key: string,
): Reply<Readonly<Record<string, T>>> => ({
  schema: { type: 'object', description, additionalProperties: schema },
  names,
  example: { [key]: example },
})

type Parts = Readonly<Record<string, Reply>>
type Flatten<T> = { [K in keyof T]: T[K] } & {}

const none = Object.freeze({})
type None = typeof none

/** What a record with such parts is, of which the optional ones may be absent. */
export type RecordOf<P extends Parts, O extends Parts> = Flatten<
  { readonly [K in keyof P]: Told<P[K]> } & { readonly [K in keyof O]?: Told<O[K]> }
>

/** A map of these keys and, if there is something to say under them, of the optional ones; of no others. */
export function record<P extends Parts, O extends Parts = None>(
  parts: P,
  optional: O = none as O,
): Reply<RecordOf<P, O>> {
  const all = Object.entries({ ...parts, ...optional })
  const schema = {
    type: 'object',
    properties: Object.fromEntries(all.map(([key, part]) => [key, part.schema])),
    required: Object.keys(parts),
    additionalProperties: false,
  }
  const example = Object.fromEntries(all.map(([key, part]) => [key, part.example]))
  return { schema, names: namesOf(all.map(([, part]) => part)), example } as Reply<RecordOf<P, O>>
}

const namesOf = (parts: readonly Reply[]): Reply['names'] =>
  Object.assign({}, ...parts.map(({ names }) => names))

/** The same, known to the readers of the API by a name. */
export const named = <T>(name: string, description: string, reply: Reply<T>): Reply<T> => ({
  schema: { $ref: `#/components/schemas/${name}` },
  names: { ...reply.names, [name]: { ...reply.schema, description } },
  example: reply.example,
})

/** What is called so, inside of itself. */
export const itself = <T>(name: string, example: T): Reply<T> =>
  leaf({ $ref: `#/components/schemas/${name}` }, example)

export const eitherOf = <A, B>(one: Reply<A>, other: Reply<B>): Reply<A | B> => ({
  schema: { anyOf: [one.schema, other.schema] },
  names: namesOf([one, other]),
  example: one.example,
})

/** A document that is said to have these parts, but which programs take as it comes. */
export const documentOf = (reply: Reply): Reply<JsonMap> => reply as Reply<JsonMap>
