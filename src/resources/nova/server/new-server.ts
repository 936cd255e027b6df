import type { File, NewServer } from '../../../cloud/nova/index.ts'
import { textsOf } from '../../../plugin/index.ts'
import { blockDevices, olderDevices } from './block-devices.ts'
import { nicsOf } from './nics.ts'
import type { MakingServer, Props } from './properties.ts'
import { userDataOf } from './user-data.ts'

/** What a server is made of. Ports that are made for it are there afterwards. */
export async function newServer(context: MakingServer): Promise<NewServer> {
  const { props } = context
  const networks = await nicsOf(context)
  const userData = await userDataOf(context)
  return {
    name: props.name,
    flavorRef: props.flavor,
    imageRef: props.image ?? '',
    ...plainFields(props),
    ...devicesOf(props),
    ...filesOf(props),
    ...(userData !== undefined && { user_data: userData }),
    ...(networks !== undefined && { networks }),
    ...(props.security_groups.length > 0 && {
      security_groups: props.security_groups.map((group) => ({ name: String(group) })),
    }),
    ...(props.scheduler_hints && { hints: props.scheduler_hints }),
  }
}

function plainFields(props: Props): Partial<NewServer> {
  return {
    metadata: textsOf(props.metadata),
    ...(props.key_name && { key_name: props.key_name }),
    ...(props.availability_zone && { availability_zone: props.availability_zone }),
    ...(props.config_drive !== undefined && { config_drive: props.config_drive }),
    ...(props.diskConfig && { 'OS-DCF:diskConfig': props.diskConfig }),
    ...(props.admin_pass && { adminPass: props.admin_pass }),
    ...(props.tags && props.tags.length > 0 && { tags: props.tags }),
  }
}

function devicesOf({
  block_device_mapping: older,
  block_device_mapping_v2: devices,
  image,
}: Props): Partial<NewServer> {
  if (older && older.length > 0) return { block_device_mapping: olderDevices(older) }
  if (devices && devices.length > 0) return { block_device_mapping_v2: blockDevices(devices, image) }
  return {}
}

/** The files to put into a server. */
export function filesOf({ personality }: Props): { readonly personality?: readonly File[] } {
  const files = Object.entries(personality).map(([path, content]) => ({
    path,
    contents: Buffer.from(String(content), 'utf8').toString('base64'),
  }))
  return files.length > 0 ? { personality: files } : {}
}
