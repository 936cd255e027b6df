import type { Json } from '../base/json.ts'
import type { Effort } from '../schema/index.ts'
import type { Environment } from './environment/environment.ts'
import type { OutputDefinition, ParameterDeclaration, ResourceDefinition, Template } from './template.ts'
import type { Limits as YaqlLimits } from './yaql/run.ts'

/** What the template may ask about the stack it is of. */
export interface PseudoParameters {
  readonly stackName: string
  readonly stackId: string
  readonly projectId: string
}

/** What a nested stack's template may ask of the resource that it implements. */
export interface Facade {
  readonly metadata?: Json
  readonly deletion_policy?: Json
  readonly update_policy?: Json
  /** Whether what is given to it holds, or may hold, the value of a hidden parameter, which inside is a plain one. */
  readonly hidden?: boolean
}

/** A parameter's value in one stack. */
export interface ParameterValue {
  /** What `get_param` gives. Only while a nested template is checked may it be, or hold, UNKNOWN. */
  readonly value: Json
  /** As `stack show` prints it; hidden ones as six asterisks. */
  readonly text: string
  readonly declaration: ParameterDeclaration
  /** Whether the user gave it; otherwise it is a default or a pseudo parameter. */
  readonly given: boolean
}

/** The keys and indexes that lead to one attribute's part. Empty: all attributes of the resource are read. */
export type AttributePath = readonly (string | number)[]

/** A template with its environment, files and parameter values: all that decides what a stack should be. */
export interface StackDefinition {
  readonly template: Template
  readonly environment: Environment
  readonly files: Readonly<Record<string, string>>
  readonly pseudo: PseudoParameters
  /** Pseudo parameters included. */
  readonly parameters: ReadonlyMap<string, ParameterValue>
  readonly hiddenParameterNames: ReadonlySet<string>
  /** Those that conditions leave enabled. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>
  readonly outputs: ReadonlyMap<string, OutputDefinition & { readonly enabled: boolean }>
  /** For each resource those that must be there before it, as far as the template says so. */
  readonly needs: ReadonlyMap<string, readonly string[]>
  /** For each resource the attributes of it that other resources and the outputs read. */
  readonly attributesNeeded: ReadonlyMap<string, readonly AttributePath[]>
  /** Whether anything in it asks for the zones of the cloud: then `withZones` makes them known. */
  readonly asksForZones: boolean
  /** Whether a resource's properties read a hidden parameter. */
  usesHidden(resourceName: string): boolean
}

/** What is known of the resources of a stack while its template is evaluated. */
export interface World {
  /** What `get_resource` gives; UNKNOWN if that is decided later. */
  reference(resource: string): unknown
  /** What `get_attr` gives; an empty path asks for all attributes. */
  attribute(resource: string, path: AttributePath): unknown
}

export interface StackInput {
  readonly template: Template
  readonly environment: Environment
  readonly files: Readonly<Record<string, string>>
  readonly pseudo: PseudoParameters
  readonly facade?: Facade
  /** Parameters without a value are no problem: the template is only looked at. */
  readonly lenient?: boolean
  /** How many steps putting it together may take, if it shares them with other stacks. */
  readonly effort?: Effort
  /** What an expression of YAQL may take. */
  readonly yaql?: YaqlLimits
}
