import type { TypeFacts } from '../catalog.ts'
import type { Position, TemplatePath } from '../problem.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import type { Uses } from '../uses.ts'

/** How much a finding weighs. */
export type Severity = 'error' | 'warning' | 'info'

/** A template as the rules look at it. */
export interface Subject {
  readonly template: Template
  /** As it is written; absent where only parsed data came in. */
  readonly text?: string
  readonly uses: Uses
  /** What is known of the type of a resource. */
  factsOf(resource: ResourceDefinition): TypeFacts | undefined
}

/** One thing that a rule found. */
export interface Found {
  readonly message: string
  readonly path: TemplatePath
  /** Which part of what stands at the path it is about; absent: the key. */
  readonly offends?: 'key' | 'value'
  readonly hint?: string
  /** The nearest known name, where one was likely meant. */
  readonly meant?: string
  /** Where the path alone does not tell it. */
  readonly position?: Position
}

/** A template that a rule is shown by: without the line of its version, which is the newest unless it is said. */
export interface LintExample {
  readonly template: string
  /** The whole line of its version, if it is not the newest. */
  readonly version?: string
  /** What it names. */
  readonly files?: Readonly<Record<string, string>>
}

/** Something that is allowed and seldom meant. */
export interface LintRule {
  readonly code: string
  readonly severity: Severity
  /** What it finds. */
  readonly summary: string
  /** Why that matters, and what to do. */
  readonly advice: string
  /** It only runs if it is asked for. */
  readonly optional?: true
  /** A template in which it finds something, and the like in which it does not. */
  readonly example: LintExample
  readonly fine: LintExample
  find(subject: Subject): readonly Found[]
}

/** Declares a lint rule. */
export const lintRule = (code: string, spec: Omit<LintRule, 'code'>): LintRule =>
  Object.freeze({ code, ...spec })
