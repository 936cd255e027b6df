import type { Call } from '../kit/call.ts'
import { badRequest, conflict, forbidden, notFound } from '../kit/refusal.ts'
import { kind } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { type Block, blockOf, overlaps, textOfBlock } from './addresses.ts'
import { type Attributes, bool, freeText, integer, list, shownOnly, uuidOrNone } from './checks.ts'
import { type Collection, type Fields, standardOf } from './collection.ts'
import { type Standard, subnets } from './kinds.ts'
import { badFor, invalidInput } from './refusals.ts'

export interface AddressScope extends Standard {
  readonly name: string
  readonly ip_version: number
  readonly shared: boolean
}

export interface SubnetPool extends Standard {
  readonly name: string
  readonly prefixes: readonly string[]
  readonly min_prefixlen: string
  readonly max_prefixlen: string
  readonly default_prefixlen: string
  readonly default_quota: number | null
  readonly address_scope_id: string | null
  readonly ip_version: 4 | 6
  readonly shared: boolean
  readonly is_default: boolean
}

export const addressScopes = kind<AddressScope>('address_scopes')
export const subnetPools = kind<SubnetPool>('subnetpools')

const times: Attributes = {
  revision_number: shownOnly,
  tags: shownOnly,
  created_at: shownOnly,
  updated_at: shownOnly,
}

export const addressScopeCollection: Collection<AddressScope> = {
  kind: addressScopes,
  one: 'address_scope',
  many: 'address_scopes',
  path: 'address-scopes',
  noSuch: (id) => notFound(`Address scope ${id} could not be found.`, 'AddressScopeNotFound'),
  attributes: {
    name: freeText,
    ip_version: { required: true, ...integer },
    shared: { put: true, fallback: false, ...bool },
  },
  filters: ['name', 'ip_version', 'shared'],
  admin: { create: ['shared'], update: ['shared'] },
  mayShow: (_call, row) => row.shared,
  make: ({ world }, fields) =>
    world.of(addressScopes).add({
      ...standardOf(world, String(fields.project_id)),
      name: String(fields.name),
      ip_version: Number(fields.ip_version),
      shared: fields.shared === true,
    }),
  remove(call, row) {
    if (call.world.of(subnetPools).find((pool) => pool.address_scope_id === row.id)) {
      throw conflict(
        `Unable to complete operation on address scope ${row.id}. There are one or more subnet pools in use on the address scope.`,
        'AddressScopeInUse',
      )
    }
  },
  view: (_world, { id, name, ip_version, shared, project_id }) => ({
    id,
    name,
    ip_version,
    shared,
    project_id,
  }),
}

export const subnetPoolCollection: Collection<SubnetPool> = {
  kind: subnetPools,
  one: 'subnetpool',
  many: 'subnetpools',
  noSuch: (id) => notFound(`Subnet pool ${id} could not be found.`, 'SubnetPoolNotFound'),
  attributes: {
    name: { ...freeText, required: true },
    description: freeText,
    prefixes: { put: true, required: true, ...list },
    min_prefixlen: { put: true, ...integer },
    max_prefixlen: { put: true, ...integer },
    default_prefixlen: { put: true, ...integer },
    default_quota: { put: true, fallback: null, ...integer },
    address_scope_id: { put: true, fallback: null, ...uuidOrNone },
    shared: { fallback: false, ...bool },
    is_default: { put: true, fallback: false, ...bool },
    ip_version: shownOnly,
    ...times,
  },
  filters: [
    'name',
    'ip_version',
    'shared',
    'is_default',
    'address_scope_id',
    'default_prefixlen',
    'min_prefixlen',
    'max_prefixlen',
    'default_quota',
  ],
  admin: { create: ['shared', 'is_default'], update: ['is_default'] },
  quota: 'subnetpool',
  mayShow: (_call, row) => row.shared,
  make: makePool,
  amend: amendPool,
  remove({ world }, row) {
    if (world.of(subnets).find((subnet) => subnet.subnetpool_id === row.id)) {
      throw badRequest(
        'Unable to delete subnet pool: Subnet pool has existing allocations.',
        'SubnetPoolDeleteError',
      )
    }
  },
  view: (_world, row) => row as unknown as Fields,
}

function makePool({ world }: Call, fields: Fields): SubnetPool {
  const blocks = blocksIn(fields.prefixes)
  const version = blocks[0]?.version ?? 4
  const bits = version === 4 ? 32 : 128
  const least = Number(fields.min_prefixlen ?? (version === 4 ? 8 : 64))
  const most = Number(fields.max_prefixlen ?? bits)
  const usual = Number(fields.default_prefixlen ?? least)
  mustBeLengths({ least, most, usual })
  return world.of(subnetPools).add({
    ...standardOf(world, String(fields.project_id)),
    name: String(fields.name),
    description: String(fields.description ?? ''),
    prefixes: blocks.map(textOfBlock),
    min_prefixlen: String(least),
    max_prefixlen: String(most),
    default_prefixlen: String(usual),
    default_quota: fields.default_quota as number | null,
    address_scope_id: fields.address_scope_id as string | null,
    ip_version: version,
    shared: fields.shared === true,
    is_default: fields.is_default === true,
  })
}

function mustBeLengths({ least, most, usual }: { least: number; most: number; usual: number }): void {
  if (least > most)
    throw badRequest(
      `Illegal prefix bounds: min_prefixlen=${least}, max_prefixlen=${most}.`,
      'IllegalSubnetPoolPrefixBounds',
    )
  if (usual < least)
    throw badRequest(
      `Illegal prefix bounds: min_prefixlen=${least}, default_prefixlen=${usual}.`,
      'IllegalSubnetPoolPrefixBounds',
    )
  if (usual > most)
    throw badRequest(
      `Illegal prefix bounds: default_prefixlen=${usual}, max_prefixlen=${most}.`,
      'IllegalSubnetPoolPrefixBounds',
    )
}

function blocksIn(value: unknown): Block[] {
  const blocks = (value as unknown[]).map((each) => {
    const block = blockOf(each)
    if (block === undefined)
      throw badRequest(`Invalid input for prefixes. Reason: '${String(each)}' is not a valid IP subnet.`)
    return block
  })
  if (blocks.length === 0) throw badRequest('Empty subnet pool prefix list.', 'EmptySubnetPoolPrefixList')
  if (blocks.some((each) => each.version !== blocks[0]?.version)) {
    throw badRequest('Cannot mix IPv4 and IPv6 prefixes in a subnet pool.', 'PrefixVersionMismatch')
  }
  return blocks
}

function amendPool(_call: Call, row: SubnetPool, changes: Fields): Partial<SubnetPool> {
  const lengths = ['min_prefixlen', 'max_prefixlen', 'default_prefixlen'] as const
  const [least = 0, most = 0, usual = 0] = lengths.map((name) => Number(changes[name] ?? row[name]))
  mustBeLengths({ least, most, usual })
  const texts = {
    min_prefixlen: String(least),
    max_prefixlen: String(most),
    default_prefixlen: String(usual),
  }
  if (changes.prefixes === undefined) return { ...(changes as Partial<SubnetPool>), ...texts }
  const wanted = blocksIn(changes.prefixes)
  const kept = row.prefixes.every((each) => wanted.some((block) => holdsAll(block, blockOf(each))))
  if (!kept)
    throw badRequest(
      'Illegal update to prefixes: Existing prefixes must be a subset of the new prefixes.',
      'IllegalSubnetPoolPrefixUpdate',
    )
  return { ...(changes as Partial<SubnetPool>), ...texts, prefixes: wanted.map(textOfBlock) }
}

const holdsAll = (outer: Block, inner: Block | undefined): boolean =>
  inner !== undefined &&
  outer.version === inner.version &&
  outer.first <= inner.first &&
  outer.last >= inner.last

/** The block that a new subnet gets from its pool: the one that it asks for, or the first that is free. */
export function blockFromPool(call: Call, fields: Fields): Block | undefined {
  const { world } = call
  const version = fields.ip_version === 6 ? 6 : 4
  const id = fields.use_default_subnetpool === true ? defaultPool(world, version) : fields.subnetpool_id
  if (id === undefined || id === null) return undefined
  const pool = world.of(subnetPools).get(String(id))
  if (
    pool === undefined ||
    !(call.caller.admin || pool.shared || pool.project_id === call.caller.projectId)
  ) {
    throw subnetPoolCollection.noSuch(String(id))
  }
  if (pool.ip_version !== version) {
    throw badFor('subnets', `Cannot allocate IPv${version} subnet from IPv${pool.ip_version} subnet pool`)
  }
  const taken = world
    .of(subnets)
    .filter((subnet) => subnet.subnetpool_id === pool.id)
    .flatMap((subnet) => blockOf(subnet.cidr) ?? [])
  if (typeof fields.cidr === 'string') return wantedBlock(pool, fields.cidr, taken)
  const length = Number(fields.prefixlen ?? pool.default_prefixlen)
  if (length < Number(pool.min_prefixlen))
    throw badRequest(
      `Unable to allocate subnet with prefix length ${length}, minimum allowed prefix is ${pool.min_prefixlen}.`,
      'MinPrefixSubnetAllocationError',
    )
  if (length > Number(pool.max_prefixlen))
    throw badRequest(
      `Unable to allocate subnet with prefix length ${length}, maximum allowed prefix is ${pool.max_prefixlen}.`,
      'MaxPrefixSubnetAllocationError',
    )
  const block = firstFree(pool, length, taken)
  if (block === undefined)
    throw forbidden(
      `Failed to allocate subnet: Insufficient prefix space to allocate subnet size /${length}.`,
      'SubnetAllocationError',
    )
  return block
}

function defaultPool(world: World, version: number): string {
  const pool = world.of(subnetPools).find((each) => each.is_default && each.ip_version === version)
  if (pool === undefined) throw badFor('subnets', `No default subnetpool found for IPv${version}`)
  return pool.id
}

function wantedBlock(pool: SubnetPool, cidr: string, taken: readonly Block[]): Block {
  const block = blockOf(cidr)
  if (block === undefined) throw invalidInput(`${cidr} is not in a CIDR format`)
  const inside = pool.prefixes.some((each) => {
    const outer = blockOf(each)
    return outer !== undefined && holdsAll(outer, block)
  })
  if (!inside || taken.some((each) => overlaps(each, block))) {
    throw forbidden(
      'Failed to allocate subnet: Cannot allocate requested subnet from the available set of prefixes.',
      'SubnetAllocationError',
    )
  }
  return block
}

function firstFree(pool: SubnetPool, length: number, taken: readonly Block[]): Block | undefined {
  const size = 1n << BigInt((pool.ip_version === 4 ? 32 : 128) - length)
  for (const each of pool.prefixes) {
    const outer = blockOf(each)
    if (outer === undefined || outer.prefix > length) continue
    for (let first = outer.first; first + size - 1n <= outer.last; ) {
      const block = { version: pool.ip_version, first, last: first + size - 1n, prefix: length, given: first }
      const other = taken.find((one) => overlaps(one, block))
      if (other === undefined) return block
      first = (other.last / size + 1n) * size
    }
  }
  return undefined
}
