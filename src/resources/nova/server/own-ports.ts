import { isMap } from '../../../base/json.ts'
import { unlessGone } from '../../../cloud/error.ts'
import { groupIds, type Place } from './places.ts'
import type { MakingServer, NetworkEntry, OfServer } from './properties.ts'

/** Under which note the keys of all ports stand that were, or were about to be, made for the server. */
const keysNote = 'internal_ports'

type Noting = Pick<MakingServer, 'notes'>
type Owning = Pick<MakingServer, 'neutron' | 'notes' | 'self'>

const keysOf = ({ notes }: Noting): readonly string[] => JSON.parse(notes.get(keysNote) ?? '[]')

/** The ID of the port that was made for an entry, if it was. */
export const ownPort = ({ notes }: Noting, { key }: Place): string | undefined =>
  key === undefined ? undefined : notes.get(key)

/** The IDs of all ports that were made for the server. */
export const ownPorts = (context: Noting): readonly string[] =>
  keysOf(context).flatMap((key) => context.notes.get(key) ?? [])

/** The keys of those ports that were made for the server. */
export const keysOfPorts = (context: Noting, ports: readonly string[]): readonly string[] =>
  keysOf(context).filter((key) => ports.includes(context.notes.get(key) ?? ''))

/** The port for an entry, made if it is not there yet. */
export async function ensureOwnPort(
  context: MakingServer,
  place: Place & { readonly key: string },
): Promise<string> {
  const { neutron, notes, self } = context
  const { key, index } = place
  // The list comes first: what stands there is deleted with the server, whatever happens next.
  const keys = keysOf(context)
  if (!keys.includes(key)) await notes.set(keysNote, JSON.stringify([...keys, key]))
  const description = descriptionOf(context, key)
  return notes.ensure(key, {
    async make() {
      const name = `${self.name}-port-${index}`
      const body = { ...(await portBody(context, place)), name, description }
      return (await neutron.ports.create(body)).id
    },
    find: async () => (await neutron.ports.list({ description }))[0]?.id,
  })
}

/** Says in the port itself which server, and which of its entries, it was made for. */
const descriptionOf = ({ self }: Pick<MakingServer, 'self'>, key: string): string =>
  `${key} of server ${self.physicalName}`

async function portBody(context: MakingServer, { entry, network, subnet }: Place): Promise<object> {
  const groups = context.props.security_groups
  const address = {
    ...(entry.fixed_ip && { ip_address: entry.fixed_ip }),
    ...(subnet && { subnet_id: subnet }),
  }
  return {
    network_id: network,
    ...(Object.keys(address).length > 0 && { fixed_ips: [address] }),
    ...(groups.length > 0 && { security_groups: await groupIds(context, groups) }),
    ...(entry.port_extra_properties?.mac_address && { mac_address: entry.port_extra_properties.mac_address }),
    ...extrasBody(entry),
  }
}

/** What can be said of a port when it is made and afterwards. */
export function extrasBody({ port_extra_properties: extras }: NetworkEntry): object {
  if (extras === undefined) return {}
  const { value_specs, mac_address: _made, qos_policy, no_fixed_ips, allowed_address_pairs, ...rest } = extras
  return {
    ...rest,
    ...(qos_policy && { qos_policy_id: qos_policy }),
    ...(no_fixed_ips && { fixed_ips: [] }),
    ...(allowed_address_pairs && { allowed_address_pairs }),
    ...value_specs,
  }
}

/** Deletes the ports that were made for the server, but for those to keep. */
export async function deleteOwnPorts(context: Owning, keep: readonly string[] = []): Promise<void> {
  const keys = keysOf(context)
  for (const key of keys) if (!keep.includes(key)) await deleteOwnPort(context, key)
  const kept = keys.filter((key) => keep.includes(key))
  if (kept.length < keys.length) await context.notes.set(keysNote, JSON.stringify(kept))
}

/** One that was about to be made may be there though no note tells its ID. */
async function deleteOwnPort(context: Owning, key: string): Promise<void> {
  const { neutron, notes } = context
  const noted = notes.get(key)
  const ports =
    noted === undefined
      ? await neutron.ports.list({ description: descriptionOf(context, key) })
      : [{ id: noted }]
  for (const { id } of ports) await unlessGone(neutron.ports.delete(id))
  if (noted !== undefined) await notes.delete(key)
}

/** Brings a port that is kept to what its entry now says of it. */
export async function changeOwnPort(
  { neutron }: Pick<OfServer, 'neutron'>,
  port: string,
  entry: NetworkEntry,
): Promise<void> {
  const body = extrasBody(entry)
  if (Object.keys(body).length > 0) await neutron.ports.update(port, body)
}

type Texts = Readonly<Record<string, string>>

/** The ports that were made for a server, as Heat notes them: their IDs, in one list. */
export const portData = {
  told(notes: Texts): Texts {
    const noting = { notes: { get: (key: string) => notes[key] } } as Noting
    const keys = keysOf(noting)
    if (keys.length === 0) return notes
    const others = Object.entries(notes).filter(([key]) => !keys.includes(key))
    return {
      ...Object.fromEntries(others),
      [keysNote]: JSON.stringify(ownPorts(noting).map((id) => ({ id }))),
    }
  },
  /** Which entry each was made for is not known then; they go with the server. */
  read(data: Texts): Texts {
    const ports = portsIn(data[keysNote])
    if (ports.length === 0) return data
    const keyed = ports.map((id) => [`adopted port ${id}`, id] as const)
    const keys = JSON.stringify(keyed.map(([key]) => key))
    return { ...data, ...Object.fromEntries(keyed), [keysNote]: keys }
  },
}

function portsIn(text = '[]'): readonly string[] {
  try {
    const ports: unknown = JSON.parse(text)
    if (!Array.isArray(ports)) return []
    return ports.flatMap((one: unknown) => (isMap(one) && typeof one.id === 'string' ? [one.id] : []))
  } catch {
    return []
  }
}
