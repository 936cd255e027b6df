import { sameJson } from '../../../base/json.ts'
import { nova } from '../../../cloud/nova/index.ts'
import { type AnyResource, resource, textsOf } from '../../../plugin/index.ts'
import { madeSince } from '../../made-since.ts'
import { addressesOf, firstAddress, networksOf } from './addresses.ts'
import { attributes } from './attributes.ts'
import { steps, whyReplaced } from './changes.ts'
import { consoleUrls } from './consoles.ts'
import { keeping } from './keeping.ts'
import { subnetsOf } from './needs.ts'
import { newServer } from './new-server.ts'
import { deleteOwnPorts, portData } from './own-ports.ts'
import { properties, uses } from './properties.ts'
import { isGone, remove, snapshotThenRemove } from './removal.ts'
import { freeInterfaces, giveInterfacesBack } from './replacement.ts'
import { refusals } from './rules.ts'
import { settles } from './settling.ts'
import { check, resume, suspend } from './suspending.ts'
import { verify } from './verify.ts'

/** A server: a machine that runs an image. */
export const Server = resource('OS::Nova::Server', {
  summary: 'A virtual machine, or a real one, that runs an image.',
  uses,
  lives: nova.collection('servers'),
  nameLimit: 53,
  properties,
  attributes,
  settles,
  suspend,
  resume,
  check,

  needs: subnetsOf,
  validate: refusals,
  verify,

  create: async (context) => context.nova.servers.create(await newServer(context)),

  async find({ nova, props, since }) {
    const named = await nova.servers.list({ name: props.name })
    const metadata = textsOf(props.metadata)
    return named.filter((live) => madeSince(live.created, since) && sameJson(live.metadata, metadata))
  },

  steps,
  replaces: whyReplaced,

  delete: remove,
  abandon: deleteOwnPorts,
  snapshotThenDelete: snapshotThenRemove,
  gone: isGone,
  snapshot: keeping,
  data: portData,

  beforeReplaced: freeInterfaces,
  replacementUndone: giveInterfacesBack,

  compute: {
    addresses: addressesOf,
    networks: networksOf,
    first_address: firstAddress,
    console_urls: consoleUrls,
    tags: ({ nova, id }) => nova.servers.tags(id),
    os_collect_config: ({ metadata = {} }) =>
      (metadata['os-collect-config'] as Readonly<Record<string, unknown>>) ?? {},
  },
})

/** What an operator says of servers: how long the names are that they get from their resources, and how user data go in. */
export interface ServerSettings {
  readonly nameLength: number
  readonly userDataFormat: 'HEAT_CFNTOOLS' | 'RAW' | 'SOFTWARE_CONFIG'
}

/** The server type as an operator wants it. */
export function serverOfSite({ nameLength, userDataFormat }: ServerSettings): AnyResource {
  const { user_data_format: field } = properties
  const options = { ...field.options, default: userDataFormat }
  const server: AnyResource = Server
  return {
    ...server,
    nameLimit: nameLength,
    properties: { ...properties, user_data_format: { ...field, options } },
  }
}
