import type { Clock } from '../../base/clock.ts'
import type { HearthClient } from '../../client/index.ts'
import type { ProgramParts } from '../parts.ts'
import type { Terminal } from '../terminal.ts'
import type { Outline } from './outline.ts'

/** What a command has to work with. */
export interface Context {
  readonly terminal: Terminal
  readonly clock: Clock
  /** Where relative paths begin. */
  readonly directory: string
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly parts: ProgramParts
  /** The format in which the user wants the output. */
  readonly format: string
  /** All that can be written on the command line of this program. */
  outline(): Outline
  /** The directory of the local service's state, as the user or the environment says. */
  stateDirectory(): string
  /** Finds out who the user is and which cloud they mean, and connects to it. */
  connect(): Promise<HearthClient>
}
