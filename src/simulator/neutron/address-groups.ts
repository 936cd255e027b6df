import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { kind } from '../world/table.ts'
import { blockOf, textOfBlock } from './addresses.ts'
import { freeText, list, shownOnly } from './checks.ts'
import { type Collection, owned, standardOf, touched, viewFor } from './collection.ts'
import { type Standard, securityGroupRules } from './kinds.ts'

export interface AddressGroup extends Standard {
  readonly name: string
  readonly addresses: readonly string[]
}

export const addressGroups = kind<AddressGroup>('address_groups')

export const addressGroupCollection: Collection<AddressGroup> = {
  kind: addressGroups,
  one: 'address_group',
  many: 'address_groups',
  path: 'address-groups',
  noSuch: (id) => notFound(`Address group ${id} could not be found.`, 'AddressGroupNotFound'),
  attributes: {
    name: freeText,
    description: freeText,
    addresses: { fallback: [], ...list },
    shared: shownOnly,
    revision_number: shownOnly,
    created_at: shownOnly,
    updated_at: shownOnly,
  },
  filters: ['name', 'shared'],
  make: ({ world }, fields) =>
    world.of(addressGroups).add({
      ...standardOf(world, String(fields.project_id)),
      name: String(fields.name ?? ''),
      description: String(fields.description ?? ''),
      addresses: blocksIn(fields.addresses),
    }),
  remove({ world }, row) {
    if (world.of(securityGroupRules).find((rule) => rule.remote_address_group_id === row.id)) {
      throw conflict(
        `Address group ${row.id} is in use on one or more security group rules.`,
        'AddressGroupInUse',
      )
    }
  },
  view: (_world, { tags: _tags, ...row }) => ({ ...row, shared: false }),
}

function blocksIn(value: unknown): string[] {
  return (value as unknown[]).map((each) => {
    const block = blockOf(each)
    if (block === undefined)
      throw badRequest(
        `There are invalid addresses in address group: '${String(each)}'.`,
        'InvalidAddressGroup',
      )
    return textOfBlock(block)
  })
}

export const addressGroupRoutes: readonly Route[] = [
  route('PUT /v2.0/address-groups/:id/add_addresses', (call) =>
    change(call, (before, given) => [...new Set([...before, ...given])]),
  ),
  route('PUT /v2.0/address-groups/:id/remove_addresses', (call) =>
    change(call, (before, given) => before.filter((each) => !given.includes(each))),
  ),
]

function change(
  call: Call,
  next: (before: readonly string[], given: readonly string[]) => readonly string[],
) {
  const row = owned(call, addressGroupCollection, 'update')
  const given = isMap(call.body) && Array.isArray(call.body.addresses) ? blocksIn(call.body.addresses) : []
  const addresses = [...next(row.addresses, given)].sort()
  const after = call.world.of(addressGroups).change(row.id, { ...touched(call.world, row), addresses }) ?? row
  return answer({ address_group: viewFor(call, addressGroupCollection, after) })
}
