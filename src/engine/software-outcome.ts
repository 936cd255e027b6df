import { type Json, type JsonMap, own } from '../base/json.ts'
import { wordOf } from '../base/text.ts'

/** What a software deployment becomes. */
interface Outcome {
  readonly status: 'COMPLETE' | 'FAILED'
  readonly statusReason: string
  readonly outputValues: JsonMap
}

const statusCode = 'deploy_status_code'
/** What is told of every software deployment, whatever outputs its config has. */
const always = ['deploy_stdout', 'deploy_stderr', statusCode]

/** What whoever configured a server said of it, as the outputs of the software config have it. */
export function outcomeOf(outputs: readonly JsonMap[], said: JsonMap, before: JsonMap | null): Outcome {
  const declared = outputs.filter(({ name }) => Object.hasOwn(said, String(name)))
  const values = [...declared.map(({ name }) => String(name)), ...always].map(
    (name) => [name, own(said, name) ?? null] as const,
  )
  const code = own(said, statusCode)
  const reasons = [
    ...(isFailure(code)
      ? [`${statusCode} : Deployment exited with non-zero status code: ${wordOf(code)}`]
      : []),
    ...declared
      .filter(({ error_output: isError }) => isError === true)
      .map(({ name }) => `${String(name)} : ${wordOf(own(said, String(name)))}`),
  ]
  return {
    status: reasons.length > 0 ? 'FAILED' : 'COMPLETE',
    statusReason: reasons.length > 0 ? reasons.join(', ') : 'Outputs received',
    outputValues: { ...before, ...Object.fromEntries(values) },
  }
}

const isFailure = (code: Json | undefined): boolean => Boolean(code) && wordOf(code) !== '0'
