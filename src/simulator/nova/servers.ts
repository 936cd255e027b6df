import { answer, type Call, nothing, type Route, route } from '../kit/call.ts'
import { pageOf, sortRows } from '../kit/page.ts'
import { pythonText } from '../kit/python.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { serverGone } from './build.ts'
import { createServer } from './create.ts'
import { type Server, servers } from './kinds.ts'
import { mustFit, onlyAdmin } from './refusals.ts'
import { allStatuses, changeServer, mustBeUnlocked, serverOf, statusOf } from './server-table.ts'
import { serverToUpdate } from './shapes.ts'
import { addressesOf, briefServer, fullServer } from './views.ts'

export const serverRoutes: readonly Route[] = [
  route('GET /v2.1/servers', (call) => list(call, (server) => briefServer(call, server))),
  route('GET /v2.1/servers/detail', (call) =>
    list(call, (server) => fullServer(call, server, { single: false })),
  ),
  route('POST /v2.1/servers', createServer),
  route('GET /v2.1/servers/:id', (call) =>
    answer({ server: fullServer(call, serverOf(call), { single: true }) }),
  ),
  route('PUT /v2.1/servers/:id', update),
  route('DELETE /v2.1/servers/:id', (call) => {
    removeServer(call, serverOf(call))
    return nothing()
  }),
  route('GET /v2.1/servers/:id/ips', (call) => answer({ addresses: plainAddresses(call) })),
  route('GET /v2.1/servers/:id/ips/:network', (call) => {
    const name = call.params.network ?? ''
    const own = plainAddresses(call)[name]
    if (own === undefined) throw notFound('Instance is not a member of specified network')
    return answer({ [name]: own })
  }),
  route('GET /v2.1/servers/:id/diagnostics', () =>
    answer({ state: 'running', driver: 'fake', hypervisor: 'fake' }),
  ),
  route('GET /v2.1/servers/:id/os-security-groups', (call) =>
    answer({ security_groups: serverOf(call).security_groups.map((name) => ({ name })) }),
  ),
]

/** Has a server go; asked again, it goes on going. */
export function removeServer(call: Call, server: Server): void {
  mustBeUnlocked(call, server)
  if (server.task_state === 'deleting') return
  changeServer(call.world, server.id, { task_state: 'deleting' })
  call.world.later(call.world.times.serverDelete, serverGone, { id: server.id })
}

function plainAddresses(call: Call): Record<string, { version: number; addr: string }[]> {
  const all = Object.entries(addressesOf(call.world, serverOf(call)))
  return Object.fromEntries(
    all.map(([name, each]) => [name, each.map(({ version, addr }) => ({ version, addr }))]),
  )
}

function update(call: Call) {
  mustFit(call.body, serverToUpdate(call.version))
  const server = serverOf(call)
  const { server: given } = call.body as { server: Readonly<Record<string, string | null>> }
  const changes: Partial<Server> = {
    ...(given.name === undefined ? {} : { name: String(given.name) }),
    ...(given.description === undefined ? {} : { description: given.description }),
    ...(given.accessIPv4 === undefined ? {} : { access_ip_v4: String(given.accessIPv4) }),
    ...(given.accessIPv6 === undefined ? {} : { access_ip_v6: String(given.accessIPv6) }),
    ...(given['OS-DCF:diskConfig'] === undefined ? {} : { disk_config: String(given['OS-DCF:diskConfig']) }),
    ...(given.hostname === undefined ? {} : { hostname: String(given.hostname) }),
  }
  const after = changeServer(call.world, server.id, changes) ?? server
  return answer({ server: fullServer(call, after, { single: true }) })
}

const paging = ['limit', 'marker', 'sort_key', 'sort_dir']
const everybody = [
  'name',
  'display_name',
  'status',
  'image',
  'image_ref',
  'flavor',
  'ip',
  'ip6',
  'changes-since',
  'changes-before',
  'reservation_id',
  'all_tenants',
  'project_id',
  'tenant_id',
  'user_id',
  'tags',
  'tags-any',
  'not-tags',
  'not-tags-any',
  'locked',
  'uuid',
  'host',
  'node',
  'key_name',
  'hostname',
  'power_state',
  'vm_state',
  'task_state',
  'availability_zone',
  'config_drive',
  'description',
  'display_description',
  'deleted',
  'soft_deleted',
  'created_at',
  'launched_at',
  'terminated_at',
  'root_device_name',
  'access_ip_v4',
  'access_ip_v6',
  'auto_disk_config',
  'progress',
  'launch_index',
  'kernel_id',
  'ramdisk_id',
  'locked_by',
]

function list(call: Call, view: (server: Server) => object) {
  mustBeKnown(call)
  const own = mine(call).filter((server) => passes(call, server))
  const page = pageOf(call, sortRows(own, sortKeys(call)))
  const links = page.next === undefined ? {} : { servers_links: [{ rel: 'next', href: page.next }] }
  return answer({ servers: page.items.map(view), ...links })
}

function mustBeKnown({ query, version }: Call): void {
  const limit = query.get('limit')
  if (limit !== null && !/^\d*$/.test(limit)) {
    throw badRequest(
      `Invalid input for query parameters limit. Value: ${limit}. ${pythonText(limit)} does not match '^[0-9]*$'`,
    )
  }
  const unknown = [...new Set(query.keys())].filter(
    (name) => !everybody.includes(name) && !paging.includes(name),
  )
  if (unknown.length > 0 && version >= 75) {
    const verb = unknown.length === 1 ? 'does' : 'do'
    throw badRequest(
      `${unknown.map((name) => `'${name}'`).join(', ')} ${verb} not match any of the regexes: '^_'`,
    )
  }
}

function mine(call: Call): Server[] {
  const { world, caller, query } = call
  const all = query.get('all_tenants')
  const everyone = all !== null && !['0', 'false', 'f', 'no'].includes(all.toLowerCase())
  if (!everyone) return world.of(servers).where('project_id', caller.projectId)
  onlyAdmin(call, 'servers:index:get_all_tenants')
  const project = query.get('project_id') ?? query.get('tenant_id')
  return project === null ? world.of(servers).all() : world.of(servers).where('project_id', project)
}

/** For each filter, what a server has that is looked at. */
const looks: Readonly<Record<string, (server: Server) => string | number | null>> = {
  name: (server) => server.name,
  display_name: (server) => server.name,
  uuid: (server) => server.id,
  image: (server) => server.image_id,
  image_ref: (server) => server.image_id,
  flavor: (server) => server.flavor.id,
  reservation_id: (server) => server.reservation_id,
  host: (server) => server.host,
  node: (server) => server.host,
  user_id: (server) => server.user_id,
  key_name: (server) => server.key_name,
  hostname: (server) => server.hostname,
  vm_state: (server) => server.vm_state,
  task_state: (server) => server.task_state,
  power_state: (server) => server.power_state,
  availability_zone: (server) => server.availability_zone,
  description: (server) => server.description,
}

const byPattern = new Set(['name', 'display_name', 'hostname', 'key_name', 'description', 'reservation_id'])

function passes(call: Call, server: Server): boolean {
  for (const [name, wanted] of call.query) {
    if (!passesOne(call, server, name, wanted)) return false
  }
  return true
}

function passesOne(call: Call, server: Server, name: string, wanted: string): boolean {
  const look = looks[name]
  if (look !== undefined)
    return byPattern.has(name)
      ? matches(String(look(server) ?? ''), wanted)
      : String(look(server) ?? '') === wanted
  if (name === 'status') return passesStatus(server, call.query.getAll('status'))
  if (name === 'changes-since') return Date.parse(server.updated_at) >= Date.parse(wanted)
  if (name === 'locked') return (server.locked_by !== null) === (wanted.toLowerCase() === 'true')
  if (name.endsWith('tags') || name.endsWith('tags-any')) return passesTags(server, name, wanted.split(','))
  if (name === 'ip' || name === 'ip6') {
    const all = Object.values(addressesOf(call.world, server)).flat()
    return all.some((each) => matches(each.addr, wanted))
  }
  if (name === 'deleted') return !['true', '1'].includes(wanted.toLowerCase())
  return true
}

function passesStatus(server: Server, wanted: readonly string[]): boolean {
  const upper = wanted.map((each) => each.toUpperCase())
  if (!upper.some((each) => allStatuses.has(each))) throw badRequest('Invalid status value')
  return upper.includes(statusOf(server))
}

function passesTags({ tags }: Server, name: string, wanted: readonly string[]): boolean {
  const all = wanted.every((tag) => tags.includes(tag))
  const any = wanted.some((tag) => tags.includes(tag))
  if (name === 'tags') return all
  if (name === 'tags-any') return any
  return name === 'not-tags' ? !all : !any
}

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern).test(text)
  } catch {
    return text.includes(pattern)
  }
}

const sortedBy: Readonly<Record<string, string>> = { display_name: 'name', uuid: 'id', image_ref: 'image_id' }

function sortKeys({ query }: Call) {
  const keys = query.getAll('sort_key')
  const directions = query.getAll('sort_dir')
  const wanted = keys.map((key, at) => ({ key: sortedBy[key] ?? key, down: directions[at] !== 'asc' }))
  return [...wanted, { key: 'created_at', down: true }, { key: 'number', down: true }]
}
