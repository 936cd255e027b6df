import type { TemplateFunction } from '../function.ts'
import type { DeletionPolicy, ParameterConstraint, ParameterType } from '../template.ts'

/** What a version calls the parts of a template. A part that it has no word for does not exist in it. */
export interface Words {
  readonly version: string
  /** Another key that names versions of the same family; it may stand there too, but not with a version. */
  readonly otherVersion?: string
  readonly description: string
  readonly parameters: string
  readonly parameterGroups?: string
  readonly mappings?: string
  readonly conditions?: string
  readonly resources: string
  readonly outputs: string
  readonly resource: {
    readonly type: string
    readonly properties: string
    readonly metadata: string
    readonly dependsOn: string
    readonly deletionPolicy: string
    readonly updatePolicy: string
    readonly description: string
    readonly externalId?: string
    readonly condition?: string
  }
  readonly output: { readonly value: string; readonly description: string; readonly condition?: string }
  readonly parameter: ParameterWords
}

/** What a version calls the parts of a parameter. Its rules are a list under one key, or have a key each. */
export interface ParameterWords {
  readonly type: string
  readonly description: string
  readonly default: string
  readonly hidden: string
  readonly label: string
  readonly schema?: string
  readonly immutable?: string
  readonly tags?: string
  readonly constraints?: string
  readonly minValue?: string
  readonly maxValue?: string
  readonly minLength?: string
  readonly maxLength?: string
  readonly allowedValues?: string
  readonly allowedPattern?: string
  readonly constraintDescription?: string
}

/** A version of the template language. */
export interface Version {
  /** The key that names the version in a template: `heat_template_version`. */
  readonly key: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: 'hot' | 'cfn'
  readonly functions: ReadonlyMap<string, TemplateFunction>
  /** What may be called where a condition is expected. */
  readonly conditionFunctions: ReadonlyMap<string, TemplateFunction>
  /** Functions of earlier versions that this one has no more. */
  readonly removed: ReadonlySet<string>
  /** The functions that lists of them begin with; the others follow as versions added them. */
  readonly listedFirst: readonly string[]
  readonly words: Words
  readonly parameterTypes: Readonly<Record<string, ParameterType>>
  /** In the order in which they are looked for. */
  readonly constraints: readonly ParameterConstraint['is'][]
  readonly deletionPolicies: Readonly<Record<string, DeletionPolicy>>
  /** Keys of a resource that the version has no word for are passed over. */
  readonly openResources?: true
}

/** What a version changes of the one before it. */
export interface Changes {
  readonly key?: string
  readonly aliases?: readonly string[]
  /** Functions added, or given a new meaning under their old name. */
  readonly adds?: readonly TemplateFunction[]
  readonly addsConditions?: readonly TemplateFunction[]
  readonly removes?: readonly string[]
  readonly listedFirst?: readonly string[]
  readonly words?: (before: Words) => Words
  readonly constraints?: Version['constraints']
  readonly deletionPolicies?: Version['deletionPolicies']
}

/** A version as the one before it, changed. */
export function version(name: string, before: Omit<Version, 'name' | 'aliases'>, changes: Changes): Version {
  const removes = changes.removes ?? []
  const functions = withAll(before.functions, changes.adds ?? [])
  for (const removed of removes) functions.delete(removed)
  return Object.freeze({
    ...before,
    key: changes.key ?? before.key,
    name,
    aliases: changes.aliases ?? [],
    functions,
    conditionFunctions: withAll(before.conditionFunctions, changes.addsConditions ?? []),
    removed: new Set([...before.removed, ...removes]),
    listedFirst: changes.listedFirst ?? before.listedFirst,
    words: changes.words?.(before.words) ?? before.words,
    constraints: changes.constraints ?? before.constraints,
    deletionPolicies: changes.deletionPolicies ?? before.deletionPolicies,
  })
}

function withAll(
  before: ReadonlyMap<string, TemplateFunction>,
  added: readonly TemplateFunction[],
): Map<string, TemplateFunction> {
  return new Map([...before, ...added.map((one) => [one.name, one] as const)])
}
