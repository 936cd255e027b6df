import { CloudError } from '../error.ts'
import { lookUp } from '../lookup.ts'
import type { Session } from '../service.ts'
import { flavors } from './flavors.ts'
import { keyPairs } from './key-pairs.ts'
import { servers } from './servers.ts'
import { since, types } from './versions.ts'

const service = 'compute'

/** A flavor's ID. */
async function flavor(session: Session, nameOrId: string): Promise<string> {
  const { get, list } = flavors(session)
  const found = await lookUp(nameOrId, {
    entity: 'Flavor',
    service,
    byId: get,
    byName: (name) => list({ name }),
    words: {
      none: (name) => `No Flavor matching {'name': '${name}'}. (HTTP 404)`,
      several: (name) => `More than one Flavor matching {'name': '${name}'}.`,
    },
  })
  return found.id
}

/** A server's ID. */
async function server(session: Session, nameOrId: string): Promise<string> {
  const { get, list } = servers(session)
  const found = await lookUp(nameOrId, {
    entity: 'Server',
    service,
    byId: get,
    byName: (name) => list({ name }),
  })
  return found.id
}

/** A key pair's name. None at all is said by an empty text, which templates take from an empty parameter. */
async function keypair(session: Session, name: string): Promise<string> {
  if (name === '') return ''
  const { get } = keyPairs(session)
  const found = await lookUp(name, { entity: 'Key', service, byId: (id) => get(id), byName: async () => [] })
  return found.id
}

/** The name of a host that runs servers. Only administrators may ask. */
async function host(session: Session, name: string): Promise<string> {
  const { body } = await session.request({
    service: types,
    method: 'GET',
    path: '/os-hypervisors',
    query: { hypervisor_hostname_pattern: name },
    microversion: since.hypervisorPattern,
  })
  if ((body as { hypervisors: unknown[] }).hypervisors.length > 0) return name
  throw new CloudError(`No hypervisor matching '${name}' could be found. (HTTP 404)`, {
    kind: 'not-found',
    service,
  })
}

/** What can be looked up in Nova. */
export const find = { flavor, host, keypair, server }
