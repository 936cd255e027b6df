import type { Call } from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import { kind } from '../world/table.ts'
import { freeText, integer, oneOf, shownOnly, text, uuid } from './checks.ts'
import { type Collection, seen, standardOf } from './collection.ts'
import { type Standard, subnets } from './kinds.ts'
import { networkCollection } from './networks.ts'

export interface Segment extends Standard {
  readonly name: string
  readonly network_id: string
  readonly physical_network: string | null
  readonly network_type: string
  readonly segmentation_id: number | null
}

export const segments = kind<Segment>('segments', ['network_id'])

/** Segments beyond the one that every network has by itself. */
export const segmentCollection: Collection<Segment> = {
  kind: segments,
  one: 'segment',
  many: 'segments',
  noSuch: (id) => notFound(`Segment ${id} could not be found.`, 'SegmentNotFound'),
  attributes: {
    name: freeText,
    description: freeText,
    network_id: { required: true, ...uuid },
    physical_network: { fallback: null },
    network_type: {
      required: true,
      ...text(32),
      ...oneOf(['flat', 'vlan', 'vxlan', 'gre', 'local', 'geneve']),
    },
    segmentation_id: { fallback: null, ...integer },
    revision_number: shownOnly,
    created_at: shownOnly,
    updated_at: shownOnly,
  },
  filters: ['name', 'network_id', 'physical_network', 'network_type', 'segmentation_id'],
  adminOnly: 'changes',
  make(call: Call, fields) {
    const network = seen(call, networkCollection, String(fields.network_id))
    return call.world.of(segments).add({
      ...standardOf(call.world, network.project_id),
      revision_number: 1,
      name: String(fields.name ?? ''),
      description: String(fields.description ?? ''),
      network_id: network.id,
      physical_network: fields.physical_network as string | null,
      network_type: String(fields.network_type),
      segmentation_id: fields.segmentation_id as number | null,
    })
  },
  remove({ world }, row) {
    const used = world.of(subnets).find((subnet) => subnet.segment_id === row.id)
    if (used !== undefined)
      throw conflict(
        `Segment '${row.id}' cannot be deleted: The segment is still associated with subnet(s) ${used.id}.`,
        'SegmentInUse',
      )
  },
  view: (_world, { tags: _tags, project_id: _project, ...row }) => row,
}
