import { badRequest, conflict } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { type Address, addressFromCard, addressOf, blockOf, holds, textOfAddress } from './addresses.ts'
import { touched } from './collection.ts'
import { type FixedIp, floatingIps, type Port, ports, type Subnet, subnets } from './kinds.ts'
import { invalidInput, noSuch } from './refusals.ts'

const allocationsKey = { of: 'allocations' }

/** For each subnet, which port has which address. */
type Allocations = Map<string, Map<string, string>>

function allAllocations(world: World): Allocations {
  return world.keep(allocationsKey, () => {
    const all: Allocations = new Map()
    for (const port of world.of(ports).all()) note(all, port)
    return all
  })
}

function note(all: Allocations, port: Port): void {
  for (const { subnet_id, ip_address } of port.fixed_ips) {
    const known = all.get(subnet_id)
    if (known === undefined) all.set(subnet_id, new Map([[ip_address, port.id]]))
    else known.set(ip_address, port.id)
  }
}

/** Which port has which address of a subnet. */
export function allocationsOf(world: World, subnetId: string): ReadonlyMap<string, string> {
  return allAllocations(world).get(subnetId) ?? new Map()
}

export const forgetAllocations = (world: World, subnetId: string): boolean =>
  allAllocations(world).delete(subnetId)

/** Adds a port; its addresses are taken from then on. */
export function addPort(world: World, port: Port): Port {
  note(allAllocations(world), port)
  return world.of(ports).add(port)
}

/** Changes a port, and with it which addresses are taken. */
export function changePort(world: World, port: Port, changes: Partial<Port>): Port {
  if (changes.fixed_ips !== undefined) {
    release(world, port)
    note(allAllocations(world), { ...port, ...changes })
  }
  return world.of(ports).change(port.id, { ...touched(world, port), ...changes }) ?? port
}

/** Takes a port away: its addresses are free again, and floating IPs that led to it lead nowhere. */
export function dropPort(world: World, id: string): void {
  const port = world.of(ports).get(id)
  if (port === undefined) return
  release(world, port)
  for (const floating of world.of(floatingIps).where('port_id', id)) {
    const free = { port_id: null, fixed_ip_address: null, router_id: null, status: 'DOWN' }
    world.of(floatingIps).change(floating.id, { ...touched(world, floating), ...free })
  }
  world.of(ports).remove(id)
}

/** Makes the addresses of a port free, as when it is about to go. */
export function release(world: World, port: Port): void {
  for (const { subnet_id, ip_address } of port.fixed_ips)
    allAllocations(world).get(subnet_id)?.delete(ip_address)
}

/** Whether a port with an address of a subnet does not keep the subnet from going. */
export function mayHoldAddress(port: Port, subnet: Subnet): boolean {
  return (
    port.device_owner === 'network:dhcp' ||
    (isAutomatic(subnet) && !port.device_owner.startsWith('network:router_interface'))
  )
}

/** Whether ports make up their own addresses on a subnet. */
export const isAutomatic = (subnet: Subnet): boolean =>
  subnet.ipv6_address_mode === 'slaac' || subnet.ipv6_address_mode === 'dhcpv6-stateless'

interface Need {
  readonly networkId: string
  readonly mac: string
  readonly deviceOwner: string
  /** What was asked for; without it each kind of address once, if the network has any. */
  readonly wanted: readonly Partial<FixedIp>[] | undefined
  /** The port whose own addresses do not stand in its way. */
  readonly portId?: string
}

/** Chooses the addresses of a port. Nothing is taken before the port is added or changed. */
export function chooseAddresses(world: World, need: Need): FixedIp[] {
  const onNetwork = world
    .of(subnets)
    .where('network_id', need.networkId)
    .filter((subnet) => serves(subnet, need.deviceOwner))
  const router = need.deviceOwner.startsWith('network:router_interface')
  const chosen: FixedIp[] = []
  if (need.wanted !== undefined) {
    for (const each of need.wanted) chosen.push(chooseWanted(world, need, onNetwork, { each, chosen }))
    if (need.wanted.length === 0) return chosen
  } else {
    for (const version of [4, 6] as const) {
      const candidates = onNetwork.filter((subnet) => subnet.ip_version === version && !isAutomatic(subnet))
      if (candidates.length > 0) chosen.push(chooseFrom(world, need, candidates, chosen))
    }
  }
  if (router) return chosen
  const automatic = onNetwork.filter(
    (subnet) => isAutomatic(subnet) && !chosen.some((each) => each.subnet_id === subnet.id),
  )
  return [...chosen, ...automatic.map((subnet) => ownAddress(subnet, need.mac))]
}

/** Subnets may be kept for certain kinds of ports. */
function serves(subnet: Subnet, deviceOwner: string): boolean {
  return (
    subnet.service_types.length === 0 || subnet.service_types.some((type) => deviceOwner.startsWith(type))
  )
}

function ownAddress(subnet: Subnet, mac: string): FixedIp {
  const block = blockOf(subnet.cidr)
  const address = block === undefined ? '' : textOfAddress(addressFromCard(block, mac))
  return { subnet_id: subnet.id, ip_address: address }
}

interface Wanted {
  readonly each: Partial<FixedIp>
  readonly chosen: readonly FixedIp[]
}

function chooseWanted(
  world: World,
  need: Need,
  onNetwork: readonly Subnet[],
  { each, chosen }: Wanted,
): FixedIp {
  const subnet = wantedSubnet(world, need, each)
  if (each.ip_address === undefined) {
    if (subnet === undefined) throw invalidInput('IP allocation requires subnet_id or ip_address')
    return isAutomatic(subnet) ? ownAddress(subnet, need.mac) : chooseFrom(world, need, [subnet], chosen)
  }
  const home = homeOf(each.ip_address, subnet, onNetwork)
  const text = canonical(each.ip_address)
  const holder = allocationsOf(world, home.id).get(text)
  const twice = chosen.some((other) => other.ip_address === text && other.subnet_id === home.id)
  if (twice || (holder !== undefined && holder !== need.portId)) {
    throw conflict(`IP address ${text} already allocated in subnet ${home.id}`, 'IpAddressAlreadyAllocated')
  }
  return { subnet_id: home.id, ip_address: text }
}

function wantedSubnet(world: World, need: Need, { subnet_id: id }: Partial<FixedIp>): Subnet | undefined {
  if (id === undefined) return undefined
  const subnet = world.of(subnets).get(id)
  if (subnet === undefined) throw noSuch.subnet(id)
  if (subnet.network_id === need.networkId) return subnet
  throw invalidInput(
    `Failed to create port on network ${need.networkId}, because fixed_ips included invalid subnet ${id}`,
  )
}

/** The subnet that an address is of: the one that is named with it, or any of the network. */
function homeOf(text: string, subnet: Subnet | undefined, onNetwork: readonly Subnet[]): Subnet {
  const address = addressOf(text)
  const home = subnet ?? onNetwork.find((candidate) => isInside(candidate, address))
  if (home === undefined) {
    throw badRequest(
      `IP address ${text} is not a valid IP for any of the subnets on the specified network.`,
      'InvalidIpForNetwork',
    )
  }
  if (isInside(home, address)) return home
  throw badRequest(`IP address ${text} is not a valid IP for the specified subnet.`, 'InvalidIpForSubnet')
}

function canonical(text: string): string {
  const address = addressOf(text)
  return address === undefined ? text : textOfAddress(address)
}

function isInside(subnet: Subnet, address: Address | undefined): boolean {
  const block = blockOf(subnet.cidr)
  return block !== undefined && address !== undefined && holds(block, address)
}

const hintsKey = { of: 'where to look next' }

function chooseFrom(
  world: World,
  need: Need,
  candidates: readonly Subnet[],
  chosen: readonly FixedIp[],
): FixedIp {
  for (const subnet of candidates) {
    const free = freeAddress(world, subnet, chosen)
    if (free !== undefined) return { subnet_id: subnet.id, ip_address: free }
  }
  throw conflict(`No more IP addresses available on network ${need.networkId}.`, 'IpAddressGenerationFailure')
}

/** Goes round the pools from where it stopped last time, so that a large network costs no more than a small one. */
function freeAddress(world: World, subnet: Subnet, chosen: readonly FixedIp[]): string | undefined {
  const taken = allocationsOf(world, subnet.id)
  const hints = world.keep(hintsKey, () => new Map<string, bigint>())
  const spans = subnet.allocation_pools.map(
    ({ start, end }) => [addressOf(start)?.value ?? 0n, addressOf(end)?.value ?? -1n] as const,
  )
  const from = hints.get(subnet.id) ?? 0n
  const later = spans.map(([first, last]) => [first > from ? first : from, last] as const)
  for (const [first, last] of [...later, ...spans]) {
    for (let value = first; value <= last; value++) {
      const text = textOfAddress({ version: subnet.ip_version, value })
      if (taken.has(text) || chosen.some((each) => each.ip_address === text)) continue
      hints.set(subnet.id, value + 1n)
      return text
    }
  }
  return undefined
}

/** A MAC address that no port of the cloud has. */
export function freshMac(world: World): string {
  for (;;) {
    const tail = world.random.hex(6)
    const mac = `fa:16:3e:${tail.slice(0, 2)}:${tail.slice(2, 4)}:${tail.slice(4)}`
    if (world.of(ports).where('mac_address', mac).length === 0) return mac
  }
}
