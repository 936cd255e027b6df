import type { StackAction } from '../../contract/views.ts'

/** How an action goes through a stack whose resources it finds as they are, and neither makes nor clears. */
interface Manner {
  readonly order: 'needs first' | 'users first'
  /** After a failure nothing more is begun, or all the rest is done and every failure told. */
  readonly onFailure: 'stop' | 'go on'
  /** Resources that were never made are passed over, or told as failures. */
  readonly missing: 'passed over' | 'told'
  /** It is done even to a stack that it was the last to be done to. */
  readonly repeats: boolean
}

/** The actions that act on the resources there are. Another one is a line here, and a case in `lifecycle/act.ts`. */
export const acts = {
  SUSPEND: { order: 'users first', onFailure: 'stop', missing: 'passed over', repeats: false },
  RESUME: { order: 'needs first', onFailure: 'stop', missing: 'passed over', repeats: false },
  CHECK: { order: 'needs first', onFailure: 'go on', missing: 'told', repeats: true },
  SNAPSHOT: { order: 'needs first', onFailure: 'stop', missing: 'passed over', repeats: true },
} as const satisfies Partial<Record<StackAction, Manner>>

export type Act = keyof typeof acts

/** The action of a stack, if it is one that acts on what is there. */
export const actOf = (action: StackAction): Act | undefined =>
  Object.hasOwn(acts, action) ? (action as Act) : undefined
