import type { JsonMap } from '../base/json.ts'
import type { Shape, Support } from '../schema/index.ts'

/** What templates may say about resources of one type. */
export interface TypeFacts {
  readonly properties: Shape
  readonly attributes: Shape
  /** It takes any property. */
  readonly anyProperties?: true
  /** It answers for any attribute. */
  readonly anyAttributes?: true
  /** It can take a snapshot of itself before it is deleted. */
  readonly snapshots?: true
  readonly updatePolicy?: Shape
  /** What its properties say together that can't be; the path is below the properties. */
  readonly refusals?: (
    properties: Readonly<Record<string, unknown>>,
    named: string,
  ) => readonly { readonly path: readonly (string | number)[]; readonly message: string }[]
  /** The template of the stack inside, with one of each kind of its resources, from what is known of the properties. */
  readonly sample?: (properties: Readonly<Record<string, unknown>>) => JsonMap | undefined
  readonly support?: Support
  /** It makes nothing in any cloud: a resource that nobody reads or waits for has no effect. */
  readonly inert?: true
  /** The further resources of its stack that must be there before it, besides those the template says. */
  readonly needs?: (self: Sibling, siblings: Siblings) => readonly string[]
}

/** A resource of the same stack, as a type sees it when it looks for implicit dependencies. */
export interface Sibling {
  readonly name: string
  readonly type: string
  /** Property values as far as they are known; a reference to a resource still to be made reads as its name. */
  readonly props: Readonly<Record<string, unknown>>
  /** The resources that the template itself makes it depend on. */
  readonly needs: readonly string[]
}

export interface Siblings {
  get(name: string): Sibling | undefined
  ofType(type: string): readonly Sibling[]
}

/** The resource types there are. */
export interface TypeCatalog {
  find(type: string): TypeFacts | undefined
  names(): readonly string[]
}
