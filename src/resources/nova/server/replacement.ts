import { unlessGone } from '../../../cloud/error.ts'
import type { Interface } from '../../../cloud/nova/index.ts'
import { startDetaching } from './network-changes.ts'
import { deleteOwnPorts, ownPorts } from './own-ports.ts'
import type { OfServer } from './properties.ts'

/** Under which note the interfaces stand that a server gave up to its replacement. */
const freedNote = 'freed_interfaces'

/** Frees the ports and addresses of a server, which its replacement may be told to have. */
export async function freeInterfaces(context: OfServer): Promise<void> {
  const { nova, neutron, id, notes } = context
  const live = await unlessGone(nova.servers.get(id))
  if (live === undefined || live.status === 'ERROR') return deleteOwnPorts(context)
  const interfaces = await nova.servers.interfaces(id)
  // Asked a second time there may be fewer, so what was noted first counts.
  if (notes.get(freedNote) === undefined) await notes.set(freedNote, JSON.stringify(interfaces))
  await startDetaching(
    context,
    interfaces.map(({ port_id }) => port_id),
  )
  // Nova leaves alone the ports that were made for the server, and these would go on holding their addresses.
  for (const port of ownPorts(context)) await unlessGone(neutron.ports.update(port, { fixed_ips: [] }))
}

/** Gives a server its interfaces back when its replacement did not come to be. */
export async function giveInterfacesBack(context: OfServer): Promise<void> {
  const { nova, id, notes } = context
  const noted = notes.get(freedNote)
  if (noted === undefined) return
  const present = (await nova.servers.interfaces(id)).map(({ port_id }) => port_id)
  for (const one of JSON.parse(noted) as readonly Interface[]) {
    if (!present.includes(one.port_id)) await giveBack(context, one)
  }
  await notes.delete(freedNote)
}

/** Lets a server have the interfaces that an update gave it, whatever it gave up to a replacement before. */
export async function keepNewInterfaces({ notes }: Pick<OfServer, 'notes'>): Promise<void> {
  if (notes.get(freedNote) !== undefined) await notes.delete(freedNote)
}

/** A port that Nova made is gone; another one takes its address. */
async function giveBack(
  context: OfServer,
  { port_id: portId, net_id, fixed_ips: addresses }: Interface,
): Promise<void> {
  const { nova, neutron, id } = context
  const port = await unlessGone(neutron.ports.get(portId))
  if (port === undefined) {
    const first = addresses.slice(0, 1).map(({ ip_address }) => ({ ip_address }))
    await nova.servers.attachInterface(id, { net_id, ...(first.length > 0 && { fixed_ips: first }) })
    return
  }
  if (port.fixed_ips.length === 0 && addresses.length > 0) {
    await neutron.ports.update(portId, { fixed_ips: addresses })
  }
  await nova.servers.attachInterface(id, { port_id: portId })
}
