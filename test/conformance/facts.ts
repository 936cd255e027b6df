import { readFileSync } from 'node:fs'

/** What Heat says of one property. What is not said is not so. */
export interface PropertyFact {
  readonly type: 'String' | 'Integer' | 'Number' | 'Boolean' | 'List' | 'Map' | 'Any'
  readonly required?: true
  readonly updatable?: true
  readonly immutable?: true
  readonly default?: unknown
  readonly constraints?: readonly Readonly<Record<string, unknown>>[]
  readonly items?: PropertyFact
  readonly schema?: Readonly<Record<string, PropertyFact>>
  readonly since?: string
  readonly support?: 'HIDDEN' | 'DEPRECATED' | 'UNSUPPORTED'
  readonly implemented?: false
}

/** What Heat says of one resource type. */
export interface TypeFact {
  readonly status: 'SUPPORTED' | 'HIDDEN' | 'DEPRECATED' | 'UNSUPPORTED'
  readonly since: string | null
  /** The service that must be in the catalog. */
  readonly service: string | null
  readonly properties: Readonly<Record<string, PropertyFact>>
  readonly attributes: Readonly<Record<string, string | null>>
}

/** The resource types of Heat, by name. */
export const typeFacts = JSON.parse(
  readFileSync(new URL('./facts/resource-types.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, TypeFact>>
