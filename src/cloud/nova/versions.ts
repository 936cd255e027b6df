import { CloudError } from '../error.ts'
import { agreeOn, compareVersions } from '../microversions.ts'
import type { Session } from '../service.ts'
import type { NewServer, Rebuilding } from './live.ts'

/** Nova's types in the catalog. */
export const types = ['compute'] as const

/** The microversions in which Nova first had what clients here use. */
export const since = {
  keyPairType: '2.2',
  remoteConsoles: '2.6',
  keyPairUser: '2.10',
  softAffinity: '2.15',
  tags: '2.26',
  namedAllocation: '2.37',
  nicTags: '2.42',
  imageIdInBody: '2.45',
  attachTags: '2.49',
  tagsAtCreation: '2.52',
  hypervisorPattern: '2.53',
  rebuildUserData: '2.57',
  groupRules: '2.64',
  volumeTypes: '2.67',
} as const

/** The last microversion in which a server can be given files. */
const lastPersonality = '2.56'

/** Whether a Nova has a microversion. */
export async function supports(session: Session, version: string): Promise<boolean> {
  return (await agreeOn(session, types, { atLeast: version, atMost: version })) !== undefined
}

/** The lowest microversion that carries all that a new server uses; `undefined` if the very first does. */
export function versionForCreation(server: NewServer): string | undefined {
  const { networks, tags, block_device_mapping_v2: devices = [] } = server
  const needed = newestOf([
    typeof networks === 'string' && since.namedAllocation,
    typeof networks === 'object' && networks.some((nic) => nic.tag !== undefined) && since.nicTags,
    tags !== undefined && tags.length > 0 && since.tagsAtCreation,
    devices.some((device) => device.volume_type !== undefined) && since.volumeTypes,
  ])
  if (server.personality) refuseFilesAfter(needed)
  return needed
}

/** The lowest microversion that carries all that a rebuild uses. */
export function versionForRebuild({ personality, user_data: userData }: Rebuilding): string | undefined {
  const needed = userData === undefined ? undefined : since.rebuildUserData
  if (personality) refuseFilesAfter(needed)
  return needed
}

function newestOf(versions: readonly (string | false)[]): string | undefined {
  return versions
    .filter((version) => version !== false)
    .sort(compareVersions)
    .at(-1)
}

function refuseFilesAfter(version: string | undefined): void {
  if (version === undefined || compareVersions(version, lastPersonality) <= 0) return
  throw new CloudError(
    'Cannot use the personality parameter as nova no longer supports it. Use user_data instead.',
    { kind: 'bad-request', service: 'compute' },
  )
}
