import type { Interface } from '../../../cloud/nova/index.ts'
import type { Place } from './places.ts'

/** An entry of `networks`, and the port it must have, if it must have one. */
export interface Wanted extends Place {
  readonly port?: string | undefined
}

/** What is to happen to a server's network interfaces. */
export interface InterfacePlan {
  /** Entries that an interface satisfies already, each with it. */
  readonly kept: ReadonlyMap<Wanted, Interface>
  readonly attach: readonly Wanted[]
  readonly detach: readonly Interface[]
}

/**
 * Compares the interfaces that a server has with those that are wanted. Only managed ones are detached: those that an
 * entry before asked for, or that were attached for one. What others attached to the server stays.
 */
export function planInterfaces(
  interfaces: readonly Interface[],
  wanted: readonly Wanted[],
  isManaged: (one: Interface) => boolean,
): InterfacePlan {
  const kept = assign(wanted, interfaces)
  const used = new Set(kept.values())
  return {
    kept,
    attach: wanted.filter((place) => !kept.has(place)),
    detach: interfaces.filter((one) => !used.has(one) && isManaged(one)),
  }
}

/** Gives each entry an interface that satisfies it, those first that leave the least choice. */
export function assign(places: readonly Wanted[], interfaces: readonly Interface[]): Map<Wanted, Interface> {
  const free = new Set(interfaces)
  const assigned = new Map<Wanted, Interface>()
  const pickiestFirst = places.toSorted((a, b) => pickiness(b) - pickiness(a) || a.index - b.index)
  for (const place of pickiestFirst) {
    const found = [...free].find((one) => satisfies(one, place))
    if (found === undefined) continue
    assigned.set(place, found)
    free.delete(found)
  }
  return assigned
}

function pickiness({ port, entry, subnet }: Wanted): number {
  if (port !== undefined) return 4
  if (entry.fixed_ip) return 3
  return entry.port_extra_properties !== undefined ? 2 : subnet !== undefined ? 1 : 0
}

function satisfies(one: Interface, { port, network, subnet, entry }: Wanted): boolean {
  if (port !== undefined) return one.port_id === port
  // Only a port made for the entry has what it says further.
  if (network === undefined || entry.port_extra_properties !== undefined) return false
  const onSubnet = subnet === undefined || one.fixed_ips.some(({ subnet_id }) => subnet_id === subnet)
  const atAddress = !entry.fixed_ip || one.fixed_ips.some(({ ip_address }) => ip_address === entry.fixed_ip)
  return one.net_id === network && onSubnet && atAddress
}
