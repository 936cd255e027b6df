import { isMap } from '../../../base/json.ts'
import { configTextOf } from '../../config-text.ts'
import { multipart, type Part, partsOf } from '../../mime.ts'
import { bootHook, cloudConfig, partHandler, runUserData } from './guest-files.ts'
import type { MakingServer } from './properties.ts'

/** What a server is given to do at its first boot, and in which form. */
export interface UserData {
  readonly format: 'HEAT_CFNTOOLS' | 'RAW' | 'SOFTWARE_CONFIG'
  readonly text: string
  /** The resource's metadata, for cfn-init. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** The user data of a server as Nova takes them; those of a software config, if the ID of one stands in their place. */
export async function userDataOf({
  props: { user_data_format: format, user_data: said },
  metadata = {},
  configs,
}: Pick<MakingServer, 'props' | 'metadata' | 'configs'>): Promise<string | undefined> {
  const text = format === 'HEAT_CFNTOOLS' ? said : await configTextOf(configs, said)
  return encodedUserData({ format, text, metadata })
}

/** The user data as Nova takes them, in base 64; `undefined` if there are none. */
export function encodedUserData(userData: UserData): string | undefined {
  const text = composed(userData)
  return text === '' ? undefined : Buffer.from(text, 'utf8').toString('base64')
}

/** The user data as the server sees them. */
export function composed({ format, text, metadata }: UserData): string {
  if (format === 'RAW') return text
  if (format === 'SOFTWARE_CONFIG' && isIgnition(text)) return withIgnitionFiles(text, metadata)
  const own: readonly (Part | string)[] =
    format === 'HEAT_CFNTOOLS'
      ? [
          { subtype: 'x-cfninitdata', filename: 'cfn-userdata', content: text },
          { subtype: 'x-shellscript', filename: 'loguserdata.sh', content: runUserData },
        ]
      : (partsOf(text) ?? [{ subtype: 'plain', filename: 'user-data', content: text }])
  return multipart([
    { subtype: 'cloud-config', filename: 'cloud-config', content: cloudConfig },
    { subtype: 'cloud-boothook', filename: 'boothook.sh', content: bootHook },
    { subtype: 'part-handler', filename: 'part-handler.py', content: partHandler },
    ...own,
    ...(Object.keys(metadata).length > 0
      ? [{ subtype: 'x-cfninitdata', filename: 'cfn-init-data', content: JSON.stringify(metadata) }]
      : []),
  ])
}

/** Whether user data are a configuration for Ignition, which takes no other form. */
function isIgnition(text: string): boolean {
  const config = jsonOf(text)
  return isMap(config) && isMap(config.ignition) && Boolean(config.ignition.version)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const metadataPaths = ['/var/lib/heat-cfntools/cfn-init-data', '/var/lib/cloud/data/cfn-init-data']

function withIgnitionFiles(text: string, metadata: UserData['metadata']): string {
  if (Object.keys(metadata).length === 0) return text
  const config = JSON.parse(text) as { storage?: { files?: object[] } }
  const source = `data:,${encodeURIComponent(JSON.stringify(metadata))}`
  const added = metadataPaths.map((path) => ({
    filesystem: 'root',
    path,
    mode: 0o640,
    user: { name: 'root' },
    group: { name: 'root' },
    contents: { source, verification: {} },
  }))
  const storage = { ...config.storage, files: [...(config.storage?.files ?? []), ...added] }
  return JSON.stringify({ ...config, storage })
}
