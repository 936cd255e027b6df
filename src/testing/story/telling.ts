import type { JsonMap } from '../../base/json.ts'
import type { StackIdentity } from '../../contract/views.ts'
import type { Scenario, Worker } from '../scenario.ts'
import type { Thing } from '../yard.ts'

/** A story while it is told. */
export interface Telling {
  readonly play: Scenario
  readonly stacks: Map<string, StackIdentity>
  readonly engines: Worker[]
  /** What is left of abandoned stacks, by their names. */
  readonly documents: Map<string, JsonMap>
  /** The things there were when a stack came to an end last, by resource. */
  before: ReadonlyMap<string, Thing>
  /** Things that are nobody's and may be. */
  readonly left: Set<string>
}

/** A sentence that stories may say: its form, and what it does with what is said in the form's groups. */
export type Phrase = readonly [form: RegExp, carryOut: CarryOut]

export type CarryOut = (
  telling: Telling,
  said: Readonly<Record<string, string>>,
  block: readonly string[],
) => Promise<void> | void

/** The stack of a name that the story has spoken of. */
export function stackOf({ stacks }: Telling, name: string): StackIdentity {
  const stack = stacks.get(name)
  if (stack === undefined) throw new Error(`There is no stack ${name} in this story.`)
  return stack
}
