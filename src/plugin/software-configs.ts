import type { Json, JsonMap } from '../base/json.ts'
import type { Found } from '../cloud/service.ts'
import { any, boolean, string } from '../schema/index.ts'

/** What a server can be configured with, as the service keeps it. */
export interface SoftwareConfig {
  readonly group: string | null
  /** A text, or what a tool takes in place of one. */
  readonly config: Json
  readonly inputs: readonly JsonMap[]
  readonly outputs: readonly JsonMap[]
  readonly options: JsonMap
}

/** The software configs of a stack's project. */
export interface SoftwareConfigs {
  /** Keeps one as this resource's own object; the same one, if it is asked for again. */
  keep(config: {
    readonly config: unknown
    readonly group?: string
    readonly inputs?: readonly object[]
    readonly outputs?: readonly object[]
    readonly options?: object
  }): Promise<Found>
  /** The one of an ID, if there is any. */
  of(id: string): Promise<SoftwareConfig | undefined>
  /** The same as the service shows it to those who ask. */
  shown(id: string): Promise<JsonMap | undefined>
  /** Forgets this resource's own. Throws while a server is to be configured with it. */
  forget(): Promise<void>
}

/** The types that inputs and outputs can have. */
export const ioTypes = ['String', 'Number', 'CommaDelimitedList', 'Json', 'Boolean'] as const

const named = (what: string) => ({
  name: string(`The name of the ${what}.`, { required: true }),
  description: string(`What the ${what} is.`),
  type: string('What its value is.', { default: 'String', oneOf: ioTypes }),
})

/** An input of a software config. */
export const configInput = {
  ...named('input'),
  default: any('Its value where none is given.'),
  replace_on_change: boolean('Whether another value takes another deployment, in place of an update of it.', {
    default: false,
  }),
}

/** An output of a software config. */
export const configOutput = {
  ...named('output'),
  error_output: boolean('Whether the deployment has failed if this output has a value.', { default: false }),
}
