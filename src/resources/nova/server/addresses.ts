import type { FloatingIp, Network, Port } from '../../../cloud/neutron/index.ts'
import { ipVersion } from '../../../schema/index.ts'
import { ifTold } from '../../neutron/common.ts'
import type { OfServer } from './properties.ts'

type Lists<T> = Readonly<Record<string, readonly T[]>>

/** All addresses of a server, by the name and by the ID of their network, with all that belongs to each. */
export async function addressesOf({ neutron, id }: OfServer): Promise<Lists<object>> {
  const ports = await neutron.ports.list({ device_id: id })
  const lists: Record<string, object[]> = {}
  for (const port of ports) {
    const network = await ifTold(neutron.networks.get(port.network_id))
    const addresses = await portAddresses(neutron, port, network)
    for (const key of keysOf(port.network_id, network)) lists[key] = [...(lists[key] ?? []), ...addresses]
  }
  return lists
}

const keysOf = (id: string, network: Network | null): readonly string[] =>
  network === null || network.name === '' ? [id] : [network.name, id]

async function portAddresses(
  neutron: OfServer['neutron'],
  port: Port,
  network: Network | null,
): Promise<object[]> {
  const [subnets, floating] = await Promise.all([
    ifTold(Promise.all(port.fixed_ips.map(({ subnet_id }) => neutron.subnets.get(subnet_id)))),
    ifTold(neutron.floatingIps.list({ port_id: port.id })),
  ])
  return port.fixed_ips.flatMap(({ ip_address: address }) => [
    ...floatingTo(address, floating ?? []).map((one) => ({
      ...described(one.floating_ip_address, port, 'floating'),
      port: null,
    })),
    { ...described(address, port, 'fixed'), port: port.id, subnets, network },
  ])
}

const floatingTo = (address: string, floating: readonly FloatingIp[]): readonly FloatingIp[] =>
  floating.filter(({ fixed_ip_address }) => fixed_ip_address === address)

const described = (addr: string, port: Port, type: string): object => ({
  addr,
  version: ipVersion(addr) || null,
  'OS-EXT-IPS-MAC:mac_addr': port.mac_address,
  'OS-EXT-IPS:type': type,
})

/** The addresses alone, as Nova tells them, by the name and by the ID of their network. */
export async function networksOf({ nova, neutron, id }: OfServer): Promise<Lists<string>> {
  const { addresses } = await nova.servers.get(id)
  const byName = Object.fromEntries(
    Object.entries(addresses).map(([name, list]) => [name, list.map(({ addr }) => addr)]),
  )
  const ids = await Promise.all(
    Object.keys(byName).map(async (name) => [name, await networkNamed(neutron, name)]),
  )
  const byId = ids.flatMap(([name = '', network]) =>
    network ? [[network, byName[name] ?? []] as const] : [],
  )
  return { ...byName, ...Object.fromEntries(byId) }
}

async function networkNamed(neutron: OfServer['neutron'], name: string): Promise<string | undefined> {
  const [network, another] = await neutron.networks.list({ name })
  return another === undefined ? network?.id : undefined
}

/** The first address of a server, or an empty text. */
export async function firstAddress({ nova, id }: OfServer): Promise<string> {
  const { addresses } = await nova.servers.get(id)
  const last = Object.keys(addresses).sort().reverse()
  const list = last.map((name) => addresses[name] ?? []).find((found) => found.length > 0)
  return list?.[0]?.addr ?? ''
}
