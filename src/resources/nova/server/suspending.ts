import type { ServerStatus } from '../../../cloud/nova/index.ts'
import { expectField } from '../../../plugin/index.ts'
import type { OfServer } from './properties.ts'
import { settles } from './settling.ts'

const { failed, reason } = settles
const rest = [...settles.busy, 'PAUSED', 'RESCUE', 'SHUTOFF'] as const satisfies readonly ServerStatus[]

/** Suspends a server that is not suspended, or about to be. */
export const suspend = {
  async begin({ nova, id }: OfServer): Promise<void> {
    const { status, 'OS-EXT-STS:task_state': task } = await nova.servers.get(id)
    if (status !== 'SUSPENDED' && task !== 'suspending') await nova.servers.suspend(id)
  },
  settles: { on: 'status', ready: ['SUSPENDED'], busy: ['ACTIVE', ...rest], failed, reason },
} as const

/** Resumes a server that is not running, or about to be. */
export const resume = {
  async begin({ nova, id }: OfServer): Promise<void> {
    const { status, 'OS-EXT-STS:task_state': task } = await nova.servers.get(id)
    if (status !== 'ACTIVE' && task !== 'resuming') await nova.servers.resume(id)
  },
  settles: { on: 'status', ready: ['ACTIVE'], busy: ['SUSPENDED', ...rest], failed, reason },
} as const

/** A server is in order while it runs. */
export async function check({ nova, id }: OfServer): Promise<void> {
  expectField('status', ['ACTIVE'], (await nova.servers.get(id)).status)
}
