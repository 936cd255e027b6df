import { createHash } from 'node:crypto'
import { isUuid } from '../../../base/ids.ts'
import { sortedJson } from '../../../base/json.ts'
import { unlessGone } from '../../../cloud/error.ts'
import { lookUp } from '../../../cloud/lookup.ts'
import type { SecurityGroup, Subnet } from '../../../cloud/neutron/index.ts'
import type { MakingServer, NetworkEntry } from './properties.ts'

type Asking = Pick<MakingServer, 'neutron'>

/** One entry of `networks`, with what it names looked up. */
export interface Place {
  /** Its place in the list. */
  readonly index: number
  readonly entry: NetworkEntry
  /** The network's ID, the subnet's if it says one too. */
  readonly network?: string
  readonly subnet?: string
  /**
   * Of an entry for which a port is made: what the port is kept under. It says where the port is, so that the entry
   * finds its port again when others come or go, or when the port is to be changed in place.
   */
  readonly key?: string
}

/** The entries with what they name looked up. Throws if a subnet is not on its entry's network. */
export const placesOf = (asking: Asking, entries: readonly NetworkEntry[]): Promise<readonly Place[]> =>
  eachPlace(entries, (entry, index) => placeOf(asking, index, entry))

/** The same for entries as they were before; what they name may be gone. */
export const earlierPlacesOf = (
  asking: Asking,
  entries: readonly NetworkEntry[],
): Promise<readonly Place[]> =>
  eachPlace(
    entries,
    async (entry, index) => (await unlessGone(placeOf(asking, index, entry))) ?? { index, entry },
  )

type Finding = (entry: NetworkEntry, index: number) => Promise<Place>

async function eachPlace(entries: readonly NetworkEntry[], find: Finding): Promise<readonly Place[]> {
  const taken = new Map<string, number>()
  const places: Place[] = []
  for (const [index, entry] of entries.entries()) {
    const place = await find(entry, index)
    places.push(isOwnPort(entry) ? { ...place, key: keyOf(place, taken) } : place)
  }
  return places
}

/** Whether a port is made for an entry: Nova would make one too, but not to this measure. */
const isOwnPort = ({ port, subnet, port_extra_properties: extras }: NetworkEntry): boolean =>
  !port && (Boolean(subnet) || extras !== undefined)

async function placeOf(asking: Asking, index: number, entry: NetworkEntry): Promise<Place> {
  const network = entry.network ? { network: entry.network } : {}
  if (entry.port || !entry.subnet) return { index, entry, ...network }
  const subnet = await subnetOf(asking, entry.subnet)
  if (entry.network && subnet.network_id !== entry.network) {
    throw new Error(`Specified subnet ${subnet.id} does not belongs to network ${entry.network}.`)
  }
  return { index, entry, network: subnet.network_id, subnet: subnet.id }
}

async function subnetOf({ neutron }: Asking, nameOrId: string): Promise<Subnet> {
  return lookUp(nameOrId, {
    entity: 'subnet',
    service: 'network',
    ...(isUuid(nameOrId) && { byId: neutron.subnets.get }),
    byName: (name) => neutron.subnets.list({ name }),
    words: {
      none: (name) => `Unable to find subnet with name or id '${name}'`,
      several: (name) => `Multiple subnet matches found for name '${name}', use an ID to be more specific.`,
    },
  })
}

/** Entries that say the same place are told apart by their order. */
function keyOf({ entry, network, subnet }: Place, taken: Map<string, number>): string {
  const { fixed_ip: address, port_extra_properties: extras } = entry
  const said = sortedJson({ network, subnet, address, mac: extras?.mac_address })
  const nth = taken.get(said) ?? 0
  taken.set(said, nth + 1)
  return `port:${createHash('sha256').update(said).digest('hex').slice(0, 12)}:${nth}`
}

type OfProject = Pick<MakingServer, 'neutron' | 'self'>

/** The IDs of security groups that are named or given by ID. */
export async function groupIds(asking: OfProject, groups: readonly unknown[]): Promise<readonly string[]> {
  return Promise.all(groups.map(async (group) => (await groupOf(asking, String(group))).id))
}

function groupOf({ neutron, self }: OfProject, nameOrId: string): Promise<SecurityGroup> {
  return lookUp(nameOrId, {
    entity: 'security_group',
    service: 'network',
    ...(isUuid(nameOrId) && { byId: neutron.securityGroups.get }),
    // Every project has a group called `default`, and administrators see them all.
    async byName(name) {
      const found = await neutron.securityGroups.list({ name })
      const own = found.filter(({ project_id }) => project_id === self.stack.projectId)
      return own.length > 0 ? own : found
    },
    words: {
      none: (name) => `Unable to find security_group with name or id '${name}'`,
      several: (name) =>
        `Multiple security_group matches found for name '${name}', use an ID to be more specific.`,
    },
  })
}
