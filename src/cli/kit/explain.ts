import { messageOf, Problem } from '../../base/problem.ts'
import { Unconnectable } from '../../client/words.ts'
import { plainText } from '../render/width.ts'
import type { Paint } from '../terminal.ts'

/** What went wrong and what to do about it, in words for whoever ran the command. */
export function explain(
  error: unknown,
  { paint, debug }: { readonly paint: Paint; readonly debug: boolean },
): string {
  const lines = [
    `${paint('red', 'ERROR:')} ${plainText(messageOf(error))}${requestOf(error)}`,
    ...adviceFor(error),
  ]
  if (debug && error instanceof Error && error.stack !== undefined) lines.push(paint('dim', error.stack))
  return `${lines.join('\n')}\n`
}

/** The ID by which an operator finds the request in the logs. */
function requestOf(error: unknown): string {
  const id = error instanceof Problem ? error.details.requestId : undefined
  return typeof id === 'string' ? ` (request ${id})` : ''
}

function adviceFor(error: unknown): readonly string[] {
  if (error instanceof Unconnectable) {
    return [
      'Say which cloud: set the OS_* variables of an openrc file, or name one of clouds.yaml with --os-cloud.',
      'Or try it here, with no cloud: `hearth up` starts a service with a simulated one.',
    ]
  }
  if (!(error instanceof Problem)) return []
  if (error.status === 401) return ['Keystone does not know these credentials, or the token is too old.']
  if (error.code === 'StackExists') return ['To change it: hearth stack update']
  return []
}
