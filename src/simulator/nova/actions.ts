import { randomBytes } from 'node:crypto'
import { isMap } from '../../base/json.ts'
import { type Answer, accepted, answer, type Call, link, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, conflict } from '../kit/refusal.ts'
import { type AnyTask, task } from '../world/agenda.ts'
import { type Server, servers } from './kinds.ts'
import { rebuild } from './rebuild.ts'
import { mustFit, onlyAdmin } from './refusals.ts'
import { confirmResize, resize, revertResize } from './resize.ts'
import { changeGroups } from './security-groups.ts'
import { createBackup, createImage } from './server-images.ts'
import { changeServer, eventOf, mustBeIn, mustBeUnlocked, serverOf } from './server-table.ts'
import { removeServer } from './servers.ts'
import { wrapped } from './shapes.ts'

type Fields = Readonly<Record<string, unknown>>

/** What an action does with a server that it fits. */
type Act = (call: Call, server: Server, given: Fields) => Answer

/** A change of state that takes its time: from which states, by way of which task, to what. */
interface Change {
  readonly name: string
  readonly from: readonly string[]
  readonly tasks?: readonly (string | null)[]
  readonly by: string
  readonly to: Partial<Server>
}

/** Ends a change of state, if nothing else has begun meanwhile. */
export const actionDone = task<{ id: string; by: string; to: Partial<Server> }>(
  'nova.action-done',
  (world, { id, by, to }) => {
    if (world.of(servers).get(id)?.task_state === by) changeServer(world, id, { ...to, task_state: null })
  },
)

const becomes =
  (change: Change): Act =>
  (call, server) => {
    mustBeIn(server, change.name, change.from, change.tasks)
    changeServer(call.world, server.id, { task_state: change.by })
    call.world.later(call.world.times.serverAction, actionDone, {
      id: server.id,
      by: change.by,
      to: change.to,
    })
    return accepted()
  }

const running = { vm_state: 'active', power_state: 1 } as const

const reboot: Act = (call, server, given) => {
  mustFit(
    call.body,
    wrapped('reboot', {
      required: ['type'],
      properties: { type: { type: 'string', enum: ['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft'] } },
    }),
  )
  const hard = String(given.type).toLowerCase() === 'hard'
  const by = hard ? 'rebooting_hard' : 'rebooting'
  const from = hard ? ['active', 'stopped', 'paused', 'suspended', 'error'] : ['active']
  return becomes({
    name: 'reboot',
    from,
    ...(hard ? { tasks: [null, 'rebooting', 'rebooting_hard'] } : {}),
    by,
    to: running,
  })(call, server, given)
}

const shelve: Act = (call, server, given) =>
  becomes({
    name: 'shelve',
    from: ['active', 'stopped', 'paused', 'suspended'],
    by: 'shelving',
    to: { vm_state: 'shelved_offloaded', power_state: 4, host: '' },
  })(call, server, given)

const unshelve: Act = (call, server, given) =>
  becomes({
    name: 'unshelve',
    from: ['shelved', 'shelved_offloaded'],
    by: 'unshelving',
    to: { ...running, host: 'compute-1' },
  })(call, server, given)

const rescue: Act = (call, server, given) => {
  becomes({
    name: 'rescue',
    from: ['active', 'stopped', 'error'],
    by: 'rescuing',
    to: { vm_state: 'rescued', power_state: 1 },
  })(call, server, given)
  return answer({ adminPass: given.adminPass ?? randomBytes(6).toString('hex') })
}

const lock: Act = (call, server, given) => {
  const reason = (given.locked_reason as string | undefined) ?? null
  call.world
    .of(servers)
    .change(server.id, { locked_by: call.caller.admin ? 'admin' : 'owner', locked_reason: reason })
  return accepted()
}

const unlock: Act = (call, server) => {
  if (server.locked_by === 'admin') onlyAdmin(call, 'os-lock-server:unlock:unlock_override')
  call.world.of(servers).change(server.id, { locked_by: null, locked_reason: null })
  return accepted()
}

const resetState: Act = (call, server, given) => {
  onlyAdmin(call, 'os-admin-actions:reset_state')
  const state = String(given.state)
  if (state !== 'active' && state !== 'error')
    throw badRequest(
      `Invalid input for field/attribute state. Value: ${state}. '${state}' is not one of ['active', 'error']`,
    )
  changeServer(call.world, server.id, { vm_state: state, task_state: null })
  return accepted()
}

const password: Act = (call, server, given) => {
  if (typeof given.adminPass !== 'string')
    throw badRequest(
      "Invalid input for field/attribute changePassword. Value: {}. 'adminPass' is a required property",
    )
  return becomes({ name: 'set_admin_password', from: ['active'], by: 'updating_password', to: {} })(
    call,
    server,
    given,
  )
}

const consoleOutput: Act = (_call, server) => {
  if (server.launched_at === null) throw conflict(`Instance ${server.id} is not ready`)
  return answer({ output: `FAKE CONSOLE OUTPUT\n${server.hostname} login: ` })
}

const oldConsole =
  (type: string): Act =>
  (call, server) => {
    if (server.launched_at === null) throw conflict('Instance not yet ready')
    return answer({ console: { type, url: consoleUrl(call) } })
  }

function consoleUrl(call: Call): string {
  return `${link(call, '/console')}/vnc_auto.html?path=%3Ftoken%3D${call.world.random.uuid()}`
}

/** Every action, by its name in the body. */
const actions: Readonly<Record<string, Act>> = {
  reboot,
  resize,
  confirmResize,
  revertResize,
  rebuild,
  createImage,
  createBackup,
  changePassword: password,
  lock,
  unlock,
  shelve,
  unshelve,
  rescue,
  shelveOffload: becomes({
    name: 'shelve_offload',
    from: ['shelved'],
    by: 'shelving_offloading',
    to: { vm_state: 'shelved_offloaded', power_state: 4, host: '' },
  }),
  unrescue: becomes({ name: 'unrescue', from: ['rescued'], by: 'unrescuing', to: running }),
  pause: becomes({
    name: 'pause',
    from: ['active'],
    by: 'pausing',
    to: { vm_state: 'paused', power_state: 3 },
  }),
  unpause: becomes({ name: 'unpause', from: ['paused'], by: 'unpausing', to: running }),
  suspend: becomes({
    name: 'suspend',
    from: ['active'],
    by: 'suspending',
    to: { vm_state: 'suspended', power_state: 4 },
  }),
  resume: becomes({ name: 'resume', from: ['suspended'], by: 'resuming', to: running }),
  'os-start': becomes({ name: 'start', from: ['stopped'], by: 'powering-on', to: running }),
  'os-stop': becomes({
    name: 'stop',
    from: ['active', 'error'],
    by: 'powering-off',
    to: { vm_state: 'stopped', power_state: 4 },
  }),
  'os-resetState': resetState,
  'os-getConsoleOutput': consoleOutput,
  'os-getVNCConsole': oldConsole('novnc'),
  addSecurityGroup: changeGroups('add'),
  removeSecurityGroup: changeGroups('remove'),
  forceDelete: (call, server) => {
    removeServer(call, server)
    return accepted()
  },
}

/** Actions that a lock does not hinder. */
const whileLocked = new Set([
  'unlock',
  'lock',
  'os-getConsoleOutput',
  'os-resetState',
  'createImage',
  'createBackup',
])

const consoleShape: Shape = wrapped('remote_console', {
  required: ['protocol', 'type'],
  properties: {
    protocol: { type: 'string', enum: ['vnc', 'spice', 'rdp', 'serial', 'mks'] },
    type: { type: 'string', enum: ['novnc', 'xvpvnc', 'spice-html5', 'rdp-html5', 'serial', 'webmks'] },
  },
})

export const actionRoutes: readonly Route[] = [
  route('POST /v2.1/servers/:id/action', (call) => {
    const [name, given] = Object.entries(isMap(call.body) ? call.body : {})[0] ?? ['', undefined]
    const act = actions[name]
    if (act === undefined) throw badRequest(`There is no such action: ${name}`)
    const server = serverOf(call)
    if (!whileLocked.has(name)) mustBeUnlocked(call, server)
    const result = act(call, server, isMap(given) ? given : {})
    note(call, server.id, eventNames[name] ?? name)
    return result
  }),
  route('POST /v2.1/servers/:id/remote-consoles', (call) => {
    mustFit(call.body, consoleShape)
    const server = serverOf(call)
    if (server.launched_at === null) throw conflict('Instance not yet ready')
    const { remote_console: given } = call.body as { remote_console: object }
    return answer({ remote_console: { ...given, url: consoleUrl(call) } })
  }),
  route('GET /v2.1/servers/:id/os-instance-actions', (call) =>
    answer({ instanceActions: [...serverOf(call).events].reverse().map((event) => eventView(call, event)) }),
  ),
  route('GET /v2.1/servers/:id/os-instance-actions/:request', (call) => {
    const event = serverOf(call).events.find((each) => each.request_id === param(call, 'request'))
    if (event === undefined) throw badRequest('Action not found')
    return answer({ instanceAction: { ...(eventView(call, event) as object), events: [] } })
  }),
]

const eventNames: Readonly<Record<string, string>> = { 'os-start': 'start', 'os-stop': 'stop' }

function note(call: Call, id: string, action: string): void {
  const server = call.world.of(servers).get(id)
  if (server !== undefined)
    call.world.of(servers).change(id, { events: [...server.events.slice(-49), eventOf(call, action)] })
}

function eventView(call: Call, event: Server['events'][number]): object {
  const { updated_at, ...rest } = event
  return { ...rest, instance_uuid: param(call), ...(call.version >= 58 ? { updated_at } : {}) }
}

export const actionTasks: readonly AnyTask[] = [actionDone]
