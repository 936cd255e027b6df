import { isoMicros, isoSeconds } from '../../base/clock.ts'
import type { Call } from '../kit/call.ts'
import { param } from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { type Server, type ServerEvent, servers } from './kinds.ts'

/** Changes a server, and when it was last changed. */
export function changeServer(world: World, id: string, changes: Partial<Server>): Server | undefined {
  return world.of(servers).change(id, { updated_at: isoSeconds(world.now()), ...changes })
}

/** The server that a path names, if it is the caller's. */
export function serverOf(call: Call, id = param(call)): Server {
  const server = call.world.of(servers).get(id)
  if (server === undefined || (!call.caller.admin && server.project_id !== call.caller.projectId)) {
    throw notFound(`Instance ${id} could not be found.`)
  }
  return server
}

export function mustBeUnlocked({ caller }: Call, server: Server): void {
  if (server.locked_by !== null && !caller.admin) throw conflict(`Instance ${server.id} is locked`)
}

/** Refuses what can't be done to a server in its state. */
export function mustBeIn(
  server: Server,
  action: string,
  vmStates: readonly string[] | undefined,
  taskStates?: readonly (string | null)[],
): void {
  const refuse = (what: string, state: string | null) =>
    conflict(`Cannot '${action}' instance ${server.id} while it is in ${what} ${state ?? 'None'}`)
  if (vmStates !== undefined && !vmStates.includes(server.vm_state)) throw refuse('vm_state', server.vm_state)
  const tasks = taskStates ?? [null]
  if (!tasks.includes(server.task_state)) throw refuse('task_state', server.task_state)
}

/** Notes in the server's history that something was asked of it. */
export function eventOf(call: Call, action: string): ServerEvent {
  const now = isoMicros(call.world.now())
  const { userId, projectId } = call.caller
  return {
    action,
    request_id: call.requestId,
    user_id: userId,
    project_id: projectId,
    start_time: now,
    updated_at: now,
    message: null,
  }
}

/** The status that the states of a server make. */
export function statusOf({ vm_state, task_state }: Pick<Server, 'vm_state' | 'task_state'>): string {
  const { default: ordinary = 'UNKNOWN', ...special } = statuses[vm_state] ?? {}
  return (task_state === null ? undefined : special[task_state]) ?? ordinary
}

const resizing = {
  resize_prep: 'RESIZE',
  resize_migrating: 'RESIZE',
  resize_migrated: 'RESIZE',
  resize_finish: 'RESIZE',
}
const rebuilding = {
  rebuilding: 'REBUILD',
  rebuild_block_device_mapping: 'REBUILD',
  rebuild_spawning: 'REBUILD',
}

const statuses: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  active: {
    default: 'ACTIVE',
    rebooting: 'REBOOT',
    rebooting_hard: 'HARD_REBOOT',
    updating_password: 'PASSWORD',
    migrating: 'MIGRATING',
    ...rebuilding,
    ...resizing,
  },
  building: { default: 'BUILD' },
  stopped: { default: 'SHUTOFF', ...rebuilding, ...resizing },
  resized: { default: 'VERIFY_RESIZE', resize_reverting: 'REVERT_RESIZE' },
  paused: { default: 'PAUSED' },
  suspended: { default: 'SUSPENDED' },
  rescued: { default: 'RESCUE' },
  error: { default: 'ERROR', ...rebuilding },
  'soft-delete': { default: 'SOFT_DELETED' },
  shelved: { default: 'SHELVED' },
  shelved_offloaded: { default: 'SHELVED_OFFLOADED' },
}

/** Every status that there is. */
export const allStatuses: ReadonlySet<string> = new Set([
  ...Object.values(statuses).flatMap((each) => Object.values(each)),
  'DELETED',
])
