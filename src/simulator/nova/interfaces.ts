import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { networks, ports } from '../neutron/kinds.ts'
import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import { type NetworkWanted, type Server, servers } from './kinds.ts'
import { plugIn, resolveNetworks, unplug } from './networking.ts'
import { mustFit } from './refusals.ts'
import { changeServer, mustBeIn, mustBeUnlocked, serverOf } from './server-table.ts'
import { tag, uuid, wrapped } from './shapes.ts'

const base = '/v2.1/servers/:id/os-interface'

/** The routes by which ports are plugged into servers and pulled out. */
export const interfaceRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    const server = serverOf(call)
    return answer({ interfaceAttachments: pluggedIn(call, server).map((plugged) => view(call, plugged)) })
  }),
  route(`POST ${base}`, attach),
  route(`GET ${base}/:port`, (call) =>
    answer({ interfaceAttachment: view(call, pluggedOf(call, serverOf(call))) }),
  ),
  route(`DELETE ${base}/:port`, detach),
]

type Plugged = Server['ports'][number]

function view({ world, version }: Call, { id, tag }: Plugged): object {
  const port = world.of(ports).get(id)
  return {
    net_id: port?.network_id,
    port_id: id,
    mac_addr: port?.mac_address,
    port_state: port?.status,
    fixed_ips: port?.fixed_ips,
    ...(version >= 70 ? { tag } : {}),
  }
}

/** A port may have been taken from its server by way of Neutron. */
function pluggedIn({ world }: Call, server: Server): readonly Plugged[] {
  return server.ports.filter(({ id }) => world.of(ports).get(id)?.device_id === server.id)
}

function pluggedOf(call: Call, server: Server): Plugged {
  const plugged = pluggedIn(call, server).find((each) => each.id === param(call, 'port'))
  if (plugged === undefined) {
    throw notFound(`Instance ${server.id} does not have a port with id ${param(call, 'port')}`)
  }
  return plugged
}

const shape = (version: number) =>
  wrapped('interfaceAttachment', {
    properties: {
      net_id: uuid,
      port_id: uuid,
      fixed_ips: {
        type: 'array',
        minItems: 1,
        maxItems: 1,
        items: {
          type: 'object',
          required: ['ip_address'],
          additionalProperties: false,
          properties: { ip_address: { type: 'string', format: 'ip' } },
        },
      },
      ...(version >= 49 ? { tag } : {}),
    },
  })

interface Given {
  readonly net_id?: string
  readonly port_id?: string
  readonly fixed_ips?: readonly { readonly ip_address: string }[]
  readonly tag?: string
}

function attach(call: Call) {
  if (isMap(call.body)) mustFit(call.body, shape(call.version))
  const given = ((call.body as { interfaceAttachment?: Given } | undefined)?.interfaceAttachment ??
    {}) as Given
  if (given.net_id && given.port_id) throw badRequest('Must not input both network_id and port_id')
  if (given.fixed_ips && !given.net_id) throw badRequest('Must input network_id when request IP address')
  const server = serverOf(call)
  mustBeUnlocked(call, server)
  mustBeIn(server, 'attach_interface', ['active', 'paused', 'stopped'])
  const wanted: NetworkWanted = {
    ...(given.net_id ? { uuid: given.net_id } : {}),
    ...(given.port_id ? { port: given.port_id } : {}),
    ...(given.fixed_ips?.[0] ? { fixed_ip: given.fixed_ips[0].ip_address } : {}),
    ...(given.tag ? { tag: given.tag } : {}),
  }
  const [resolved] = resolved404(call, server, Object.keys(wanted).length === 0 ? undefined : [wanted])
  if (resolved === undefined)
    throw badRequest(
      `No specific network was requested and none are available for project '${server.project_id}'.`,
    )
  const plugged = plugIn(call.world, server, resolved)
  changeServer(call.world, server.id, { ports: [...server.ports, plugged] })
  return answer({ interfaceAttachment: view(call, plugged) })
}

/** Here Nova says 404 of what it does not find, and not 400 as when a server is made. */
function resolved404(
  call: Call,
  server: Server,
  wanted: readonly NetworkWanted[] | undefined,
): NetworkWanted[] {
  const [one] = wanted ?? []
  if (one?.port !== undefined && call.world.of(ports).get(one.port) === undefined)
    throw notFound(`Port id ${one.port} could not be found.`)
  if (one?.uuid !== undefined && call.world.of(networks).get(one.uuid) === undefined)
    throw notFound(`Network ${one.uuid} could not be found.`)
  return resolveNetworks(call.world, { projectId: server.project_id, admin: call.caller.admin }, wanted)
}

/** Nova takes the wish at once and looks later whether the server has the port at all. */
function detach(call: Call) {
  const server = serverOf(call)
  mustBeUnlocked(call, server)
  mustBeIn(server, 'detach_interface', ['active', 'paused', 'stopped'])
  call.world.later(call.world.times.serverAction, portPulled, { id: server.id, portId: param(call, 'port') })
  return accepted()
}

export const portPulled = task<{ id: string; portId: string }>('nova.port-pulled', (world, { id, portId }) =>
  pull(world, id, portId),
)

function pull(world: World, id: string, portId: string): void {
  const server = world.of(servers).get(id)
  const plugged = server?.ports.find((each) => each.id === portId)
  if (server === undefined || plugged === undefined) return
  unplug(world, plugged)
  changeServer(world, id, { ports: server.ports.filter((each) => each !== plugged) })
}
