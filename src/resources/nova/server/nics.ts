import type { Nic } from '../../../cloud/nova/index.ts'
import { ipVersion } from '../../../schema/index.ts'
import { ensureOwnPort } from './own-ports.ts'
import { type Place, placesOf } from './places.ts'
import type { MakingServer, OfServer, Props } from './properties.ts'

/** The word that stands for all networks of a server: `auto`, `none`. */
export const namedNetworks = (networks: Props['networks']): 'auto' | 'none' | undefined =>
  networks?.find((entry) => entry.allocate_network !== undefined)?.allocate_network

/** The network interfaces of a new server, as Nova takes them. Ports are made for those that need one. */
export async function nicsOf(context: MakingServer): Promise<readonly Nic[] | 'auto' | 'none' | undefined> {
  const { networks = [] } = context.props
  if (networks.length === 0) return undefined
  const named = namedNetworks(networks)
  if (named !== undefined) return named
  const nics: Nic[] = []
  for (const place of await placesOf(context, networks)) nics.push(await nicOf(context, place))
  return nics
}

async function nicOf(context: MakingServer, place: Place): Promise<Nic> {
  const { entry, network } = place
  const tag = entry.tag === undefined ? {} : { tag: entry.tag }
  const port = await portFor(context, place)
  if (port === undefined) {
    return { ...(network && { uuid: network }), ...(entry.fixed_ip && { fixed_ip: entry.fixed_ip }), ...tag }
  }
  if (entry.floating_ip) await associate(context, entry.floating_ip, { port, address: entry.fixed_ip })
  return { port, ...tag }
}

/** The port that an entry names or that is made for it; `undefined` if Nova is to make one. */
export async function portFor(context: MakingServer, place: Place): Promise<string | undefined> {
  const { entry, key } = place
  if (entry.port) return entry.port
  return key === undefined ? undefined : ensureOwnPort(context, { ...place, key })
}

/** Makes a floating IP lead to a port. */
export async function associate(
  { neutron }: Pick<OfServer, 'neutron'>,
  floatingIp: string,
  { port, address }: { readonly port: string; readonly address?: string | undefined },
): Promise<void> {
  const fixed = address && ipVersion(address) !== 0 ? { fixed_ip_address: address } : {}
  await neutron.floatingIps.update(floatingIp, { port_id: port, ...fixed })
}
