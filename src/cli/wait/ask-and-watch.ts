import type { HearthClient } from '../../client/index.ts'
import type { Context } from '../kit/context.ts'
import type { Watch } from './watch.ts'

interface Asking extends Omit<Watch, 'marker'> {
  /** Whether to watch at all. */
  readonly wait: boolean
}

/** Asks something of a stack that is there, and shows what happens until that has come to its end. */
export async function askAndWatch(
  context: Context,
  client: HearthClient,
  { wait, ...watch }: Asking,
  ask: () => Promise<void>,
): Promise<void> {
  if (!wait) return await ask()
  const { newestEvent } = await import('../../client/index.ts')
  const { watchToEnd } = await import('./conclude.ts')
  const marker = await newestEvent(client, watch.stack)
  await ask()
  await watchToEnd(context, client, { ...watch, marker })
}
