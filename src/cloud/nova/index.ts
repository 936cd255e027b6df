import { type Session, service } from '../service.ts'
import { find } from './find.ts'
import { type Flavors, flavors } from './flavors.ts'
import { type KeyPairs, keyPairs } from './key-pairs.ts'
import { type ServerGroups, serverGroups } from './server-groups.ts'
import { type Servers, servers } from './servers.ts'
import { since, supports, types } from './versions.ts'

export type {
  BlockDevice,
  File,
  Interface,
  LiveFlavor,
  LiveKeyPair,
  LiveServer,
  LiveServerGroup,
  NewInterface,
  NewServer,
  Nic,
  Rebuilding,
  ServerStatus,
  VolumeAttachment,
} from './live.ts'
export { consoleTypes } from './servers.ts'

/** What Nova is asked for here. */
export interface Nova {
  readonly servers: Servers
  readonly flavors: Flavors
  readonly keyPairs: KeyPairs
  readonly serverGroups: ServerGroups
  /** What the project may have at most, and has: `maxServerMeta`, `totalCoresUsed`, … */
  limits(): Promise<Readonly<Record<string, number>>>
  availabilityZones(): Promise<readonly string[]>
  /** Whether this Nova is new enough to do something. */
  can(what: keyof typeof since): Promise<boolean>
}

/** The compute service. */
export const nova = service('nova', types, { connect, find })

function connect(session: Session): Nova {
  return {
    servers: servers(session),
    flavors: flavors(session),
    keyPairs: keyPairs(session),
    serverGroups: serverGroups(session),
    async limits() {
      const { body } = await session.request({ service: types, method: 'GET', path: '/limits' })
      return (body as { limits: { absolute: Record<string, number> } }).limits.absolute
    },
    async availabilityZones() {
      const { body } = await session.request({ service: types, method: 'GET', path: '/os-availability-zone' })
      return (body as { availabilityZoneInfo: { zoneName: string }[] }).availabilityZoneInfo.map(
        ({ zoneName }) => zoneName,
      )
    },
    can: (what) => supports(session, since[what]),
  }
}
