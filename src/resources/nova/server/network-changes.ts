import { sameJson } from '../../../base/json.ts'
import { unlessGone } from '../../../cloud/error.ts'
import type { Interface, NewInterface } from '../../../cloud/nova/index.ts'
import { assign, type InterfacePlan, planInterfaces, type Wanted } from './interfaces.ts'
import { associate, namedNetworks, portFor } from './nics.ts'
import { changeOwnPort, deleteOwnPorts, keysOfPorts, ownPort, ownPorts } from './own-ports.ts'
import { earlierPlacesOf, groupIds, placesOf } from './places.ts'
import type { ChangingServer, OfServer, ReadyServer } from './properties.ts'

/** Under which note the ports stand that are being taken off, until Nova has done it. */
const detachingNote = 'detaching'
/** Under which note the ports stand that were attached in an update. */
const attachedNote = 'attached_ports'

const listed = ({ notes }: Pick<OfServer, 'notes'>, key: string): readonly string[] =>
  JSON.parse(notes.get(key) ?? '[]')

/** Starts taking off the interfaces that are no longer wanted. Ports that Nova made go with them. */
export async function detachUnwanted(context: ChangingServer): Promise<void> {
  const { detach } = await planOf(context, await wantedOf(context))
  await startDetaching(
    context,
    detach.map(({ port_id }) => port_id),
  )
}

/** Starts taking off interfaces; `isDetached` then tells when that is done. */
export async function startDetaching(context: OfServer, ports: readonly string[]): Promise<void> {
  const { nova, id, notes } = context
  if (ports.length === 0) return
  for (const port of ports) await unlessGone(nova.servers.detachInterface(id, port))
  // Only now, for what stands there is waited for.
  await notes.set(detachingNote, JSON.stringify(ports))
}

/** Whether Nova has taken off what it was told to. */
export async function isDetached(context: ReadyServer): Promise<boolean> {
  const { nova, id, notes } = context
  const leaving = listed(context, detachingNote)
  if (leaving.length === 0) return true
  const present = await nova.servers.interfaces(id)
  if (present.some(({ port_id }) => leaving.includes(port_id))) return false
  await notes.delete(detachingNote)
  return true
}

/** Attaches the interfaces that are wanted and not there, and sets what else `networks` says. */
export async function attachWanted(context: ChangingServer): Promise<void> {
  const wanted = await wantedOf(context)
  const { attach, kept } = await planOf(context, wanted)
  // A port made for an entry that is gone stays while another entry is content with it.
  const inUse = keysOfPorts(
    context,
    [...kept.values()].map(({ port_id }) => port_id),
  )
  await deleteOwnPorts(context, [...wanted.flatMap(({ key }) => key ?? []), ...inUse])
  const ports = new Map([...kept].map(([place, { port_id }]) => [place, port_id]))
  for (const place of attach.toSorted((a, b) => a.index - b.index))
    ports.set(place, await attachOne(context, place))
  if (wanted.length === 0) await attachDefault(context)
  await changeKeptPorts(context, kept)
  await setFloatingIps(context, ports)
}

/** What is wanted. `auto` means the one network there is, `none` none; nothing at all is for Nova to choose. */
async function wantedOf(context: OfServer): Promise<readonly Wanted[]> {
  const { networks = [] } = context.props
  const named = namedNetworks(networks)
  if (named === 'none') return []
  if (named === 'auto') return [{ index: 0, entry: {}, network: await onlyNetwork(context) }]
  const places = await placesOf(context, networks)
  return places.map((place) => ({ ...place, port: place.entry.port || ownPort(context, place) }))
}

async function planOf(context: ChangingServer, wanted: readonly Wanted[]): Promise<InterfacePlan> {
  const { nova, id, before } = context
  const interfaces = await nova.servers.interfaces(id)
  const earlier = before.networks ?? []
  if (earlier.length === 0 || namedNetworks(earlier) !== undefined)
    return planInterfaces(interfaces, wanted, () => true)
  const places = await earlierPlacesOf(context, earlier)
  const asked = new Set(
    assign(
      places.map((place) => ({ ...place, port: place.entry.port })),
      interfaces,
    ).values(),
  )
  const own = new Set([...ownPorts(context), ...listed(context, attachedNote)])
  return planInterfaces(interfaces, wanted, (one) => asked.has(one) || own.has(one.port_id))
}

async function attachOne(context: ChangingServer, place: Wanted): Promise<string> {
  const { nova, notes, id } = context
  const port = await portFor(context, place)
  const { port_id: attached } = await attach(context, place, port)
  const present = (await nova.servers.interfaces(id)).map(({ port_id }) => port_id)
  const earlier = listed(context, attachedNote).filter((one) => one !== attached && present.includes(one))
  await notes.set(attachedNote, JSON.stringify([...earlier, attached]))
  return attached
}

async function attach(context: OfServer, { entry, network }: Wanted, port?: string): Promise<Interface> {
  const { nova, neutron, id, props } = context
  const from: NewInterface = port
    ? { port_id: port }
    : {
        ...(network && { net_id: network }),
        ...(entry.fixed_ip && { fixed_ips: [{ ip_address: entry.fixed_ip }] }),
      }
  const made = await nova.servers.attachInterface(id, { ...from, ...(entry.tag && { tag: entry.tag }) })
  if (port === undefined && props.security_groups.length > 0) {
    await neutron.ports.update(made.port_id, {
      security_groups: await groupIds(context, props.security_groups),
    })
  }
  return made
}

/** A server whose networks are no longer said gets one as if it were made anew. */
async function attachDefault(context: ChangingServer): Promise<void> {
  const { nova, id, props } = context
  if (namedNetworks(props.networks) === 'none') return
  if ((await nova.servers.interfaces(id)).length === 0) await attach(context, { index: 0, entry: {} })
}

async function changeKeptPorts(context: ChangingServer, kept: InterfacePlan['kept']): Promise<void> {
  const earlier = new Map(
    (await earlierPlacesOf(context, context.before.networks ?? [])).map((place) => [place.key, place.entry]),
  )
  for (const [{ key, entry }, { port_id }] of kept) {
    if (key === undefined || ownPort(context, { index: 0, entry, key }) !== port_id) continue
    const extras = earlier.get(key)?.port_extra_properties
    if (!sameJson(extras, entry.port_extra_properties)) await changeOwnPort(context, port_id, entry)
  }
}

async function setFloatingIps(context: ChangingServer, ports: ReadonlyMap<Wanted, string>): Promise<void> {
  const { neutron, before } = context
  const given = [...ports.keys()].flatMap(({ entry }) => entry.floating_ip ?? [])
  const taken = (before.networks ?? []).flatMap(({ floating_ip }) => floating_ip ?? [])
  for (const floatingIp of taken) {
    if (!given.includes(floatingIp))
      await unlessGone(neutron.floatingIps.update(floatingIp, { port_id: null }))
  }
  for (const [{ entry }, port] of ports) {
    if (entry.floating_ip) await associate(context, entry.floating_ip, { port, address: entry.fixed_ip })
  }
}

/** The one network that Nova would take for `auto`. */
async function onlyNetwork({ neutron, self }: OfServer): Promise<string> {
  const [own, shared] = await Promise.all([
    neutron.networks.list({ project_id: self.stack.projectId, shared: false, admin_state_up: true }),
    neutron.networks.list({ shared: true, admin_state_up: true }),
  ])
  const [network, another] = [...own, ...shared].filter((one) => !one['router:external'])
  if (another !== undefined) {
    throw new Error('Unable to automatically allocate a network: Multiple possible networks found.')
  }
  return network?.id ?? neutron.autoAllocatedNetwork()
}
