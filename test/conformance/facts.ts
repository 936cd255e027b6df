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

/** What Heat says of one version of the template language. */
export interface VersionFact {
  readonly type: 'hot' | 'cfn'
  /** Functions of conditions included, as its API lists them. */
  readonly functions: readonly string[]
}

/** The resource types of Heat, by name. */
export const typeFacts = facts('resource-types') as Readonly<Record<string, TypeFact>>

/** The template versions of Heat, by name: `heat_template_version.2013-05-23`. */
export const versionFacts = facts('template-functions') as Readonly<Record<string, VersionFact>>

function facts(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./facts/${name}.json`, import.meta.url), 'utf8'))
}
