import { isMap, type JsonMap } from '../../base/json.ts'
import { mask } from '../../base/text.ts'

/** Values as they may be read: the secret ones masked. */
export const masked = (
  values: Readonly<Record<string, unknown>>,
  isSecret: (key: string) => boolean,
): JsonMap =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, isSecret(key) ? mask : value]),
  ) as JsonMap

/** An environment as it may be read: the values of these parameters masked. */
export function maskedEnvironment(environment: JsonMap, hidden: ReadonlySet<string>): JsonMap {
  const { parameters, parameter_defaults } = environment
  const hide = (values: unknown) => (isMap(values) ? masked(values, (name) => hidden.has(name)) : {})
  return { ...environment, parameters: hide(parameters), parameter_defaults: hide(parameter_defaults) }
}
