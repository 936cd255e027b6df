import { cinder } from '../../../cloud/cinder/index.ts'
import { glance } from '../../../cloud/glance/index.ts'
import { neutron } from '../../../cloud/neutron/index.ts'
import { type LiveServer, nova } from '../../../cloud/nova/index.ts'
import { type Changing, type Existing, type Making, physicalName, textsOf } from '../../../plugin/index.ts'
import { anyList, boolean, type Infer, list, map, object, string } from '../../../schema/index.ts'
import { blockDeviceMapping, blockDeviceMappingV2 } from './device-properties.ts'
import { networks } from './network-properties.ts'

/** The services that a server's handlers ask. */
export const uses = { nova, glance, neutron, cinder }

const idOf = (live: { readonly id?: string } | '' | null): string | undefined => (live ? live.id : undefined)

/** What can be said of a server. */
export const properties = {
  name: string('The name of the server.', { default: physicalName, updatable: true }),
  image: string('The name or ID of the image to boot. Without one it boots from a volume.', {
    updatable: true,
    finds: glance.find.image,
    live: { field: 'image', from: idOf },
  }),
  block_device_mapping: blockDeviceMapping,
  block_device_mapping_v2: blockDeviceMappingV2,
  flavor: string('The name or ID of the flavor: how large the server is.', {
    required: true,
    updatable: true,
    finds: nova.find.flavor,
    live: { field: 'flavor', from: idOf },
  }),
  flavor_update_policy: string('How another flavor is put into effect: by a resize, or by another server.', {
    default: 'RESIZE',
    updatable: true,
    oneOf: ['RESIZE', 'REPLACE'],
    live: false,
  }),
  image_update_policy: string(
    'How another image is put into effect: by a rebuild of the server, with or without its second disk kept, or by another server.',
    {
      default: 'REBUILD',
      updatable: true,
      oneOf: ['REBUILD', 'REPLACE', 'REBUILD_PRESERVE_EPHEMERAL'],
      live: false,
    },
  ),
  key_name: string('The name of the key pair to log in with.', { finds: nova.find.keypair }),
  admin_user: string('The user to log in as. Images have one of their own, and this has no effect.', {
    support: 'HIDDEN',
    since: '5.0.0',
    live: false,
  }),
  availability_zone: string('The availability zone to make the server in.', { live: false }),
  security_groups: anyList(
    'The names or IDs of security groups, for interfaces that are not ports there are.',
    {
      default: [],
      live: false,
    },
  ),
  networks,
  scheduler_hints: map('What to tell the scheduler, which chooses the host.', { live: false }),
  metadata: map('Keys and values that the server can read. Values that are no texts are written as JSON.', {
    default: {},
    updatable: true,
    live: { field: 'metadata', to: textsOf },
  }),
  user_data_format: string(
    'How user_data reaches the server: as it is (RAW), in an envelope for the heat-cfntools of the image, or as parts for a software config agent.',
    { default: 'HEAT_CFNTOOLS', oneOf: ['HEAT_CFNTOOLS', 'RAW', 'SOFTWARE_CONFIG'], live: false },
  ),
  software_config_transport: string('How the server is to learn of software deployments.', {
    default: 'POLL_SERVER_CFN',
    updatable: true,
    oneOf: ['POLL_SERVER_CFN', 'POLL_SERVER_HEAT', 'POLL_TEMP_URL', 'ZAQAR_MESSAGE'],
    live: false,
  }),
  user_data_update_policy: string(
    'How other user_data are put into effect: by another server, by a rebuild of this one, or not at all.',
    {
      default: 'REPLACE',
      updatable: true,
      since: '6.0.0',
      oneOf: ['REPLACE', 'IGNORE', 'REBUILD'],
      live: false,
    },
  ),
  user_data: string('What the server is to do at its first boot, for cloud-init or the like.', {
    default: '',
    updatable: true,
    live: false,
  }),
  reservation_id: string('An ID for a set of servers asked for at once. It has no effect.', { live: false }),
  config_drive: boolean('Whether the server gets its metadata on a disk too.', {
    live: { field: 'config_drive', from: (text: string) => text === 'True' },
  }),
  diskConfig: string('Whether the disk is partitioned for the server (AUTO) or left as the image has it.', {
    oneOf: ['AUTO', 'MANUAL'],
    live: 'OS-DCF:diskConfig',
  }),
  personality: map('Files to put into the server, by path. Novas since Queens can no longer do it.', {
    default: {},
    since: '12.0.0',
    support: 'DEPRECATED',
    live: false,
  }),
  admin_pass: string("The administrator's password.", { updatable: true, live: false, secret: true }),
  tags: list(string('A tag.'), 'The tags of the server.', { updatable: true, since: '8.0.0', live: false }),
  deployment_swift_data: object(
    {
      container: string('The container.', { length: { min: 1 } }),
      object: string('The object.', { length: { min: 1 } }),
    },
    'Where in Swift the data for software deployments are put, if they are read from there.',
    { default: {}, updatable: true, since: '9.0.0', live: false },
  ),
}

/** The properties as handlers see them. */
export type Props = Infer<typeof properties>
/** One entry of `networks`. */
export type NetworkEntry = NonNullable<Props['networks']>[number]
/** What handlers are given to make a server. */
export type MakingServer = Making<typeof uses, typeof properties>
/** What they are given once it is there. */
export type OfServer = Existing<typeof uses, typeof properties>
/** What they are given when it is to change. */
export type ChangingServer = Changing<typeof uses, typeof properties>
/** What is given when Nova says that it is ready. */
export type ReadyServer = OfServer & { readonly live: LiveServer }
