import type { Json, JsonMap } from '../base/json.ts'
import type { SoftwareConfigReply } from '../contract/rest/index.ts'
import type { ParameterValues } from './parameters.ts'

interface Deploying {
  readonly name: string
  readonly values: ParameterValues
  readonly action: string
  readonly server: string
  readonly signalTransport: string
  /** Where it is to be written what came of it. */
  readonly signalUrl?: string | undefined
}

/** The software config of one deployment: another one, or none, with the values of its inputs and what it is deployed for. */
export function derivedConfig(source: SoftwareConfigReply | undefined, deploying: Deploying): JsonMap {
  const { name, values, action, server, signalTransport, signalUrl } = deploying
  const declared = source?.inputs ?? []
  const names = new Set(declared.map((input) => String(input.name)))
  const undeclared = Object.entries(values).filter(([key]) => !names.has(key))
  return {
    name,
    group: source?.group || 'Heat::Ungrouped',
    config: (source?.config as Json) || '',
    options: source?.options ?? {},
    inputs: [
      ...declared.map((input) => ({ ...input, value: valueFor(input, values) })),
      ...undeclared.map(([key, value]) => text(key, value)),
      { ...text('deploy_server_id', server), description: 'ID of the server being deployed to' },
      { ...text('deploy_action', action), description: 'Name of the current action being deployed' },
      {
        ...text('deploy_signal_transport', signalTransport),
        description: 'How the server should signal to heat with the deployment output values.',
      },
      ...(signalUrl === undefined ? [] : signalInputs(signalUrl)),
    ],
    outputs: source?.outputs ?? [],
  }
}

const signalInputs = (url: string): readonly JsonMap[] => [
  { ...text('deploy_signal_id', url), description: 'ID of signal to use for signaling output values' },
  { ...text('deploy_signal_verb', 'PUT'), description: 'HTTP verb to use for signaling output values' },
]

function valueFor(input: JsonMap, values: ParameterValues): Json {
  const key = String(input.name)
  return (Object.hasOwn(values, key) ? values[key] : input.default) ?? null
}

const text = (name: string, value: Json): JsonMap => ({ name, type: 'String', value })
