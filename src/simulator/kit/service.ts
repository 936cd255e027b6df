import type { AnyTask } from '../world/agenda.ts'
import type { Kind, Row } from '../world/table.ts'
import type { Call, Route } from './call.ts'
import type { Refusal } from './refusal.ts'

/** One of the cloud's services: where it is, what it answers, and how it refuses. */
export interface Service {
  readonly name: string
  readonly prefix: string
  readonly kinds: readonly Kind<Row>[]
  readonly tasks: readonly AnyTask[]
  readonly routes: readonly Route[]
  readonly versions?: Versions
  /** Bodies are kept as they come, whatever they say they are. */
  readonly takesBytes?: boolean
  /** The body of a refusal, in a form that the caller accepts. */
  dress(refusal: Refusal, accept?: string): unknown
  /** What must be true of every call, such as that the project in the address is the caller's. */
  guard?(call: Call): void
}

/** The microversions of a service. */
export interface Versions {
  readonly type: string
  readonly major: number
  readonly least: number
  readonly most: number
  /** The header of the time before all services had the same one. */
  readonly formerHeader?: string
}
