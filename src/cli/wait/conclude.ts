import type { HearthClient, Outcome } from '../../client/index.ts'
import { type Failure, failuresOf } from '../failures.ts'
import type { Context } from '../kit/context.ts'
import { Failed } from '../kit/failure.ts'
import { plainText } from '../render/width.ts'
import type { WatchedAction } from './progress.ts'
import { type SeenFailure, type Watch, watchStack } from './watch.ts'

/**
 * Watches a stack to its end and says how it ended. Where it did not end well, tells what failed, in the cloud's own
 * words, and what to do, and fails.
 */
export async function watchToEnd(context: Context, client: HearthClient, watch: Watch): Promise<void> {
  const { outcome, failures } = await watchStack(context, client, watch)
  const { err } = context.terminal
  const name = watch.stack.stack_name
  if (isGood(outcome, watch.action)) {
    err.write(`\n${err.paint('green', `Stack ${name} ${outcome.stackStatus}`)}\n\n`)
    return
  }
  err.write(`\n${err.paint('red', headline(outcome, name))}\n`)
  const present = outcome.status === 'GONE' ? [] : await failuresOf(client, watch.stack, name)
  const causes = present.length > 0 ? present.map(causeOf) : failures.filter(isInnermost).map(seenCause)
  for (const { title, reason } of causes.slice(0, mostCauses)) {
    err.write(`\n  ${err.paint('bold', title)}\n    ${plainText(reason).replaceAll('\n', '\n    ')}\n`)
  }
  err.write(advice(name, watch.action))
  throw new Failed()
}

function isGood({ status, stackStatus }: Outcome, action: WatchedAction): boolean {
  if (status === 'GONE') return action === 'DELETE'
  return status === 'COMPLETE' && stackStatus === `${action}_COMPLETE`
}

function headline({ status, stackStatus, reason }: Outcome, name: string): string {
  if (status === 'GONE') return `Stack ${name} was deleted by someone else`
  return `Stack ${name} ${stackStatus}${reason ? `: ${plainText(reason)}` : ''}`
}

/** Enough to see what is wrong; the rest is in the list of failures. */
const mostCauses = 10

interface Cause {
  readonly title: string
  readonly reason: string
}

function causeOf({ path, resource }: Failure): Cause {
  const id = resource.physical_resource_id ? `, ${resource.physical_resource_id}` : ''
  const title = `${path} (${resource.resource_type}${id}) ${resource.resource_status}`
  return { title, reason: resource.resource_status_reason ?? '' }
}

const seenCause = ({ path, status, reason }: SeenFailure): Cause => ({
  title: `${path} ${status}`,
  reason: reason ?? '',
})

/** Whether no failure lies further inside: a resource that is a stack fails because something in it did. */
const isInnermost = ({ path }: SeenFailure, _i: number, all: readonly SeenFailure[]): boolean =>
  !all.some((other) => other.path.startsWith(`${path}.`))

function advice(name: string, action: WatchedAction): string {
  const next =
    action === 'DELETE'
      ? `Mend the cause and delete it again: hearth stack delete ${name}`
      : `Mend the cause and go on: hearth stack update ${name} …   or give up: hearth stack delete ${name}`
  return `\nAll that failed: hearth stack failures list ${name} --long\nAll that happened: hearth stack event list ${name}\n${next}\n`
}
