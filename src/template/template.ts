import type { Json, JsonMap } from '../base/json.ts'
import type { Expression } from './expression.ts'
import type { Written } from './problem.ts'
import type { Version } from './versions/version.ts'

export type ParameterType = 'string' | 'number' | 'comma_delimited_list' | 'json' | 'boolean'

/** A rule for a parameter's value; its description, where there is one, is said instead of the rule's own words. */
export type ParameterConstraint = { readonly description?: string } & (
  | { readonly is: 'range'; readonly min?: number; readonly max?: number }
  | { readonly is: 'length'; readonly min?: number; readonly max?: number }
  | { readonly is: 'modulo'; readonly step: number; readonly offset: number }
  | { readonly is: 'allowed_values'; readonly values: readonly Json[] }
  | { readonly is: 'allowed_pattern'; readonly pattern: string }
  | { readonly is: 'custom_constraint'; readonly name: string }
)

/** A parameter as a template declares it. */
export interface ParameterDeclaration {
  readonly name: string
  readonly type: ParameterType
  readonly description: string
  readonly label?: string
  /** Absent: a value must be given. */
  readonly default?: Json
  readonly constraints: readonly ParameterConstraint[]
  readonly hidden: boolean
  readonly immutable: boolean
  readonly tags: readonly string[]
}

/** Parameters that belong together, for forms. */
export interface ParameterGroup {
  readonly label?: string
  readonly description?: string
  readonly parameters: readonly string[]
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'Snapshot'

/** A resource as a template writes it. */
export interface ResourceDefinition {
  readonly name: string
  readonly type: string
  readonly properties?: Expression
  readonly metadata?: Expression
  readonly dependsOn: readonly string[]
  /** In a stack definition it is final; in a template a policy that a function gives still reads `Delete`. */
  readonly deletionPolicy: DeletionPolicy
  /** The call that gives the deletion policy, if one does. */
  readonly deletionPolicyCall?: Expression
  readonly updatePolicy?: Expression
  readonly description?: string
  readonly condition?: Expression
  /** The ID of something that exists already: the resource is not made but taken over, and never deleted. */
  readonly externalId?: Expression
}

/** An output as a template writes it. */
export interface OutputDefinition {
  readonly name: string
  readonly value: Expression
  readonly description: string
  readonly condition?: Expression
}

/** A template read and understood, the same for every stack made from it. */
export interface Template extends Written {
  readonly version: Version
  readonly description: string
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  readonly parameterGroups: readonly ParameterGroup[]
  /** Values to look up by two keys; empty in versions without them. */
  readonly mappings: JsonMap
  readonly conditions: ReadonlyMap<string, Expression>
  readonly resources: ReadonlyMap<string, ResourceDefinition>
  readonly outputs: ReadonlyMap<string, OutputDefinition>
  /** The template as plain JSON, as it is stored and shown. */
  readonly source: JsonMap
}
