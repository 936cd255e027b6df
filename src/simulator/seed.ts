import { createHash } from 'node:crypto'
import { addType } from './cinder/types.ts'
import { addImage, fill } from './glance/image-table.ts'
import { ownUrl, registerEndpoint } from './keystone/catalog.ts'
import { assignments, domains, projects, roles, users } from './keystone/kinds.ts'
import { withDigest } from './keystone/people.ts'
import { stableId, stableUuid } from './kit/stable.ts'
import { blockOf } from './neutron/addresses.ts'
import { addNetwork } from './neutron/networks.ts'
import { addSubnet } from './neutron/subnets.ts'
import { addKeypair } from './nova/keypairs.ts'
import { flavors } from './nova/kinds.ts'
import type { World } from './world/world.ts'

/** The roles that come with Keystone itself, and can't go. */
const builtIn = ['admin', 'member', 'reader']

/** The people and places that every simulated cloud begins with. */
export function seedIdentity(world: World, password: string): void {
  world.of(domains).add({
    id: 'default',
    name: 'Default',
    enabled: true,
    description: 'The default domain',
    tags: [],
    options: {},
  })
  const others = ['service', 'heat_stack_owner', 'heat_stack_user', 'creator', 'load-balancer_member']
  for (const name of [...builtIn, ...others]) {
    const options = builtIn.includes(name) ? { immutable: true } : {}
    world.of(roles).add({ id: stableId(`role ${name}`), name, domain_id: null, description: null, options })
  }
  for (const name of ['admin', 'demo', 'service']) {
    world.of(projects).add({
      id: stableId(`project ${name}`),
      name,
      domain_id: 'default',
      parent_id: 'default',
      enabled: true,
      is_domain: false,
      description: '',
      tags: [],
      options: {},
    })
  }
  person(world, { name: 'admin', project: 'admin', roles: ['admin', 'heat_stack_owner'], password })
  person(world, {
    name: 'demo',
    project: 'demo',
    roles: ['member', 'heat_stack_owner', 'creator', 'load-balancer_member'],
    password,
  })
  ofTheSystem(world, 'admin')
  person(world, { name: 'hearth', project: 'service', roles: ['admin', 'service'], password })
  for (const name of ['nova', 'cinder', 'neutron', 'glance']) {
    person(world, { name, project: 'service', roles: ['admin', 'service'], password })
  }
}

/** Where orchestration services make users for stacks; also in a cloud that was kept from before there was such a place. */
export function seedStackUsers(world: World, password: string): void {
  const id = stableId('domain heat')
  if (world.of(domains).get(id) !== undefined) return
  const description = 'Users and projects of stacks'
  world.of(domains).add({ id, name: 'heat', enabled: true, description, tags: [], options: {} })
  const user = { id: stableId('user heat_domain_admin'), name: 'heat_domain_admin', domain_id: id }
  world.of(users).add(withDigest({ ...user, enabled: true, options: {}, password }))
  const roleId = stableId('role admin')
  const grant = { role_id: roleId, user_id: user.id, domain_id: id, inherited: false }
  world.of(assignments).add({ id: [id, user.id, roleId, false].join(':'), ...grant })
}

/** Lets a user do anything anywhere, by a token for the whole system. */
function ofTheSystem(world: World, name: string): void {
  const [userId, roleId] = [stableId(`user ${name}`), stableId('role admin')]
  const id = ['system', userId, roleId, false].join(':')
  world.of(assignments).add({ id, role_id: roleId, user_id: userId, system: true, inherited: false })
}

interface Person {
  readonly name: string
  readonly project: string
  readonly roles: readonly string[]
  readonly password: string
}

function person(world: World, { name, project, roles: held, password }: Person): void {
  const id = stableId(`user ${name}`)
  const projectId = stableId(`project ${project}`)
  world.of(users).add(
    withDigest({
      id,
      name,
      domain_id: 'default',
      enabled: true,
      default_project_id: projectId,
      options: {},
      password,
    }),
  )
  for (const role of held) {
    const roleId = stableId(`role ${role}`)
    world.of(assignments).add({
      id: [projectId, id, roleId, false].join(':'),
      role_id: roleId,
      user_id: id,
      project_id: projectId,
      inherited: false,
    })
  }
}

/** The services of the simulator in its own catalog. */
export function seedCatalog(world: World): void {
  registerEndpoint(world, { type: 'identity', name: 'keystone', url: `${ownUrl}/identity/v3` })
  registerEndpoint(world, { type: 'compute', name: 'nova', url: `${ownUrl}/compute/v2.1` })
  registerEndpoint(world, { type: 'network', name: 'neutron', url: `${ownUrl}/network` })
  registerEndpoint(world, { type: 'image', name: 'glance', url: `${ownUrl}/image` })
  for (const type of ['volumev3', 'block-storage']) {
    registerEndpoint(world, { type, name: 'cinder', url: `${ownUrl}/volume/v3/%(project_id)s` })
  }
}

/** The object store; also in a cloud that was kept from before there was one. */
export function seedObjectStore(world: World): void {
  const url = `${ownUrl}/object-store/v1/AUTH_%(project_id)s`
  registerEndpoint(world, { type: 'object-store', name: 'swift', url })
}

/** The external network and the one that demo has. */
export function seedNetworks(world: World): void {
  const outside = addNetwork(world, {
    project_id: stableId('project admin'),
    name: 'public',
    'router:external': true,
    'provider:network_type': 'flat',
    'provider:physical_network': 'public',
  })
  subnet(
    world,
    {
      project_id: outside.project_id,
      network_id: outside.id,
      name: 'public',
      gateway_ip: '172.24.4.1',
      enable_dhcp: false,
    },
    '172.24.4.0/24',
  )
  const inside = addNetwork(world, { project_id: stableId('project demo'), name: 'heat-net' })
  subnet(world, { project_id: inside.project_id, network_id: inside.id, name: 'heat-subnet' }, '10.99.0.0/24')
}

function subnet(world: World, fields: Readonly<Record<string, unknown>>, cidr: string): void {
  const block = blockOf(cidr)
  if (block !== undefined) addSubnet(world, fields, block)
}

/** An image, two flavors, a volume type and a key, so that a server can be made at once. */
export function seedCompute(world: World): void {
  const cirros = addImage(world, {
    id: stableUuid('image cirros'),
    name: 'cirros',
    owner: stableId('project admin'),
    visibility: 'public',
    disk_format: 'raw',
    container_format: 'bare',
  })
  const digest = (algorithm: string) => createHash(algorithm).update('cirros').digest('hex')
  fill(world, cirros.id, { size: 1 << 20, md5: digest('md5'), sha512: digest('sha512') })
  flavor(world, { name: 'm1.tiny', ram: 512, disk: 1 })
  flavor(world, { name: 'm1.small', ram: 2048, disk: 20 })
  addType(world, { name: '__DEFAULT__', description: 'Default Volume Type' })
  for (const name of ['admin', 'demo']) {
    addKeypair(world, { name: 'lab', userId: stableId(`user ${name}`), publicKey: labKey, type: 'ssh' })
  }
}

/** The public half of a key that nobody has the other half of. */
const labKey = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32]), createHash('sha256').update('lab').digest()]).toString('base64')} lab`

function flavor(world: World, { name, ram, disk }: { name: string; ram: number; disk: number }): void {
  const blank = {
    vcpus: 1,
    swap: 0,
    ephemeral: 0,
    rxtx_factor: 1,
    is_public: true,
    description: null,
    extra_specs: {},
    projects: [],
  }
  world.of(flavors).add({ id: stableUuid(`flavor ${name}`), name, ram, disk, ...blank })
}
