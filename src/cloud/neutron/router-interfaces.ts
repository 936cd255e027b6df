import { isMap } from '../../base/json.ts'
import { CloudError } from '../error.ts'
import { pages } from '../paging.ts'
import type { Collection, Session } from '../service.ts'
import type { Port, RouterInterface } from './live.ts'

type Side = 'subnet_id' | 'port_id'

/** Which interface: of this router, on a subnet (by an address that Neutron chose) or with a port. */
interface Attachment {
  readonly routerId: string
  readonly side: Side
  readonly value: string
}

const service = ['network']

/** Router interfaces, which Neutron adds and removes by verbs on the router, as a collection like any other. */
export interface RouterInterfaces extends Collection<RouterInterface> {
  /** The interface that `create` would make of this body; a `CloudError` of kind `not-found` if it is not there. */
  find(body: object): Promise<RouterInterface>
}

/** Makes the collection of router interfaces. */
export function routerInterfaces(session: Session): RouterInterfaces {
  const act = (verb: 'add' | 'remove', { routerId, side, value }: Attachment) =>
    session.request({
      service,
      method: 'PUT',
      path: `/routers/${routerId}/${verb}_router_interface`,
      body: { [side]: value },
      // To add it a second time is refused, so an answer that was lost must not be asked for again.
      repeatable: verb === 'remove',
    })

  const ports = (query: Readonly<Record<string, string>>) =>
    pages<Port>(session, { service, method: 'GET', path: '/ports', query }, 'ports')

  async function get(id: string): Promise<RouterInterface> {
    const spot = readId(id)
    const filter: Record<string, string> =
      spot.side === 'port_id' ? { id: spot.value } : { fixed_ips: `subnet_id=${spot.value}` }
    const found = (await ports({ device_id: spot.routerId, ...filter })).find(isInterface)
    if (found === undefined) throw absent(spot)
    return interfaceOf(id, found)
  }

  return {
    get,
    find: (body) => get(writeId(readBody(body))),
    async create(body) {
      const spot = readBody(body)
      const { body: answer } = await act('add', spot)
      const portId = isMap(answer) ? String(answer.port_id) : ''
      const subnetIds = isMap(answer) && Array.isArray(answer.subnet_ids) ? answer.subnet_ids.map(String) : []
      return { id: writeId(spot), router_id: spot.routerId, port_id: portId, subnet_ids: subnetIds }
    },
    async update(id) {
      throw new CloudError(`Router interface ${id} cannot be changed.`, {
        kind: 'bad-request',
        service: 'network',
      })
    },
    async delete(id) {
      await act('remove', readId(id))
    },
    async list({ router_id, ...query } = {}) {
      const found = await ports({
        ...(query as Record<string, string>),
        ...(router_id !== undefined && { device_id: String(router_id) }),
      })
      return found.filter(isInterface).map((port) => {
        const id = writeId({ routerId: port.device_id, side: 'port_id', value: port.id })
        return interfaceOf(id, port)
      })
    },
  }
}

const owners: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
])

const isInterface = ({ device_owner }: Port): boolean => owners.has(device_owner)

function interfaceOf(id: string, port: Port): RouterInterface {
  return {
    id,
    router_id: port.device_id,
    port_id: port.id,
    subnet_ids: port.fixed_ips.map(({ subnet_id }) => subnet_id),
    status: port.status,
    ...(port.created_at !== undefined && { created_at: port.created_at }),
  }
}

const writeId = ({ routerId, side, value }: Attachment): string => `${routerId}:${side}=${value}`

function readId(id: string): Attachment {
  const [, routerId, side, value] = /^([^:]+):(subnet_id|port_id)=(.+)$/.exec(id) ?? []
  if (routerId === undefined || value === undefined) {
    throw new CloudError(`There is no router interface '${id}'.`, { kind: 'not-found', service: 'network' })
  }
  return { routerId, side: side as Side, value }
}

function readBody(body: object): Attachment {
  const { router_id, subnet_id, port_id } = body as Readonly<Record<string, unknown>>
  const side: Side = subnet_id === undefined ? 'port_id' : 'subnet_id'
  return { routerId: String(router_id), side, value: String(subnet_id ?? port_id) }
}

const absent = ({ routerId, side, value }: Attachment): CloudError =>
  new CloudError(
    `Router ${routerId} has no interface with ${side === 'port_id' ? 'port' : 'subnet'} ${value}.`,
    {
      kind: 'not-found',
      service: 'network',
    },
  )
