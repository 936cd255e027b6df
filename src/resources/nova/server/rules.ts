import { isMap } from '../../../base/json.ts'
import type { PropertyRefusal } from '../../../plugin/index.ts'
import type { Props } from './properties.ts'

type Values = Readonly<Record<string, unknown>>

/** A value that is not known yet counts as given. */
const given = (value: unknown): boolean => value !== undefined && value !== null

/** What is wrong with a server's properties taken together. */
export function refusals(props: Partial<Props>, server: string): readonly PropertyRefusal[] {
  const networks = entriesOf(props.networks)
  return [
    ...deviceRefusals(props, server),
    ...networks.flatMap((entry, i) => networkRefusals(entry, server, ['networks', i])),
    ...togetherRefusals(networks, props),
  ]
}

const refuse = (message: string, path: PropertyRefusal['path'] = []): readonly PropertyRefusal[] => [
  { path, message },
]

const conflict = (...names: readonly string[]): string =>
  `Cannot define the following properties at the same time: ${names.join(', ')}.`

/** The entries of a list as far as they are known. */
const entriesOf = (value: unknown): readonly Values[] => (Array.isArray(value) ? value.filter(isMap) : [])

function networkRefusals(
  entry: Values,
  server: string,
  path: PropertyRefusal['path'],
): readonly PropertyRefusal[] {
  const { network, port, subnet, allocate_network: named, fixed_ip: address, floating_ip: floating } = entry
  if (![network, port, subnet, named].some(given)) {
    const names = '"network", "port", "allocate_network" or "subnet"'
    return refuse(
      `One of the properties ${names} should be set for the specified network of server "${server}".`,
      path,
    )
  }
  if (given(named) && Object.values(entry).filter(given).length > 1) {
    return refuse('Can not specify "allocate_network" with other keys of networks at the same time.', path)
  }
  if (given(address) && given(port)) return refuse(conflict('networks/fixed_ip', 'networks/port'), path)
  const bare = given(network) && ![port, subnet, entry.port_extra_properties].some(given)
  if (!given(floating) || !bare) return []
  return refuse(
    'Property "floating_ip" is not supported if only "network" is specified, because the corresponding port can not be retrieved.',
    path,
  )
}

function togetherRefusals(networks: readonly Values[], props: Partial<Props>): readonly PropertyRefusal[] {
  if (networks.length > 1 && networks.some((entry) => given(entry.allocate_network))) {
    return refuse(
      'Property "allocate_network" can not be specified if multiple network interfaces set for server.',
    )
  }
  const groups: unknown = props.security_groups
  const hasGroups = Array.isArray(groups) ? groups.length > 0 : given(groups)
  return hasGroups && networks.some((entry) => given(entry.port))
    ? refuse(conflict('security_groups', 'networks/port'))
    : []
}

function deviceRefusals(props: Partial<Props>, server: string): readonly PropertyRefusal[] {
  const older = entriesOf(props.block_device_mapping)
  const devices = entriesOf(props.block_device_mapping_v2)
  if (older.length > 0 && devices.length > 0) {
    return refuse(conflict('block_device_mapping', 'block_device_mapping_v2'))
  }
  const each = [
    ...older.flatMap((device, i) => olderRefusals(device, ['block_device_mapping', i])),
    ...devices.flatMap((device, i) => sourceRefusals(device, ['block_device_mapping_v2', i])),
  ]
  return each.length > 0 ? each : bootRefusals(props, { older, devices }, server)
}

function olderRefusals(device: Values, path: PropertyRefusal['path']): readonly PropertyRefusal[] {
  const { volume_id: volume, snapshot_id: snapshot, device_name: name } = device
  if (given(volume) && given(snapshot)) return refuse(conflict('volume_id', 'snapshot_id'), path)
  if (given(volume) || given(snapshot)) return []
  return refuse(`Either volume_id or snapshot_id must be specified for device mapping ${String(name)}`, path)
}

function sourceRefusals(device: Values, path: PropertyRefusal['path']): readonly PropertyRefusal[] {
  const { volume_id, snapshot_id, image, swap_size, ephemeral_size, ephemeral_format } = device
  const sources = [volume_id, snapshot_id, image, swap_size, ephemeral_size ?? ephemeral_format].filter(given)
  if (sources.length === 1) return []
  if (sources.length > 1) {
    return refuse(
      conflict('volume_id', 'snapshot_id', 'image', 'swap_size', 'ephemeral_size', 'ephemeral_format'),
      path,
    )
  }
  return refuse(
    'Either volume_id, snapshot_id, image_id, swap_size, ephemeral_size or ephemeral_format must be specified.',
    path,
  )
}

interface Devices {
  readonly older: readonly Values[]
  readonly devices: readonly Values[]
}

/** A server boots from its image or from one of its disks, and not from two. */
function bootRefusals(
  props: Partial<Props>,
  { older, devices }: Devices,
  server: string,
): readonly PropertyRefusal[] {
  const bootDisks = devices.filter(
    (device) =>
      [device.volume_id, device.snapshot_id, device.image].some(given) && (device.boot_index ?? 0) === 0,
  )
  const sources = bootDisks.length + (given(props.image) ? 1 : 0)
  const listsKnown = [props.block_device_mapping, props.block_device_mapping_v2].every(
    (list: unknown) => list === undefined || Array.isArray(list),
  )
  if (sources === 0 && !older.some((device) => device.device_name === 'vda') && listsKnown) {
    return refuse(`Neither image nor bootable volume is specified for instance ${server}`)
  }
  return devices.length > 0 && sources > 1 ? refuse(`Multiple bootable sources for instance ${server}.`) : []
}
