/** How many objects of each kind a stack is to have in the cloud. */
export type Count = Readonly<Record<(typeof kinds)[number], number>>

export const kinds = ['networks', 'subnets', 'ports', 'servers', 'volumes', 'attachments'] as const

/** A template, and what there must be of it in the cloud when it is complete. */
export interface Wish {
  readonly template: object
  readonly count: Count
}

type Resources = Readonly<Record<string, object>>
interface Part {
  readonly resources: Resources
  readonly count: Partial<Count>
}

const ref = (resource: string) => ({ get_resource: resource })

const words: Part = {
  resources: {
    word: { type: 'OS::Heat::RandomString', properties: { length: 8 } },
    pause: { type: 'OS::Heat::TestResource', properties: { wait_secs: 1 }, depends_on: 'word' },
  },
  count: {},
}

/** A network with a subnet and some ports; `turn` changes the subnet in place. */
const network = (ports: number, turn: number): Part => ({
  resources: {
    net: { type: 'OS::Neutron::Net', depends_on: 'pause' },
    subnet: {
      type: 'OS::Neutron::Subnet',
      properties: { network: ref('net'), cidr: '10.60.0.0/24', dns_nameservers: [`192.0.2.${turn}`] },
    },
    ...Object.fromEntries(
      Array.from({ length: ports }, (_, i) => [
        `port${i}`,
        {
          type: 'OS::Neutron::Port',
          properties: { network: ref('net'), fixed_ips: [{ subnet: ref('subnet') }] },
        },
      ]),
    ),
  },
  count: { networks: 1, subnets: 1, ports },
})

/** A server on a port of its own with a volume; `turn` changes the server in place, and now and then replaces the volume. */
const server = (turn: number): Part => ({
  resources: {
    own: {
      type: 'OS::Neutron::Port',
      properties: { network: ref('net'), fixed_ips: [{ subnet: ref('subnet') }] },
    },
    server: {
      type: 'OS::Nova::Server',
      properties: {
        image: 'cirros',
        flavor: 'm1.tiny',
        networks: [{ port: ref('own') }],
        metadata: { turn: String(turn) },
        user_data_format: 'RAW',
      },
    },
    volume: {
      type: 'OS::Cinder::Volume',
      properties: { size: 1, ...(turn % 2 === 1 && { availability_zone: 'nova' }) },
    },
    attachment: {
      type: 'OS::Cinder::VolumeAttachment',
      properties: { volume_id: ref('volume'), instance_uuid: ref('server') },
    },
  },
  count: { ports: 1, servers: 1, volumes: 1, attachments: 1 },
})

/** A group of networks, in a nested stack; a group of groups where `deep`. */
function group(size: number, deep: boolean): Part {
  const grouped = (members: number, definition: object) => ({
    type: 'OS::Heat::ResourceGroup',
    properties: { count: members, resource_def: definition },
  })
  const inner = { type: 'OS::Neutron::Net' }
  return {
    resources: { group: grouped(size, deep ? grouped(2, inner) : inner) },
    count: { networks: deep ? size * 2 : size },
  }
}

/** Something to wish for, of every kind by chance. */
export function wish(random: () => number, turn: number): Wish {
  const some = (most: number) => Math.floor(random() * (most + 1))
  const parts = [
    words,
    network(some(3), 1 + turn),
    ...(random() < 0.35 ? [server(turn)] : []),
    ...(random() < 0.4 ? [group(1 + some(4), random() < 0.3)] : []),
  ]
  return {
    template: {
      heat_template_version: '2021-04-16',
      resources: Object.assign({}, ...parts.map(({ resources }) => resources)) as Resources,
    },
    count: counted(parts.map(({ count }) => count)),
  }
}

/** The sum of counts. */
export const counted = (counts: readonly Partial<Count>[]): Count =>
  Object.fromEntries(
    kinds.map((kind) => [kind, counts.reduce((sum, count) => sum + (count[kind] ?? 0), 0)]),
  ) as Count
