import type { Shape } from '../schema/index.ts'

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
}

/** The resource types there are. */
export interface TypeCatalog {
  find(type: string): TypeFacts | undefined
  names(): readonly string[]
}
