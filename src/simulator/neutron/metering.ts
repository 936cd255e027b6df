import { notFound } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import { bool, freeText, oneOf, uuid } from './checks.ts'
import type { Collection } from './collection.ts'

export interface MeteringLabel extends Row {
  readonly project_id: string
  readonly name: string
  readonly description: string
  readonly shared: boolean
}

export interface MeteringRule extends Row {
  readonly project_id: string
  readonly metering_label_id: string
  readonly direction: string
  readonly remote_ip_prefix: string | null
  readonly source_ip_prefix: string | null
  readonly destination_ip_prefix: string | null
  readonly excluded: boolean
}

export const meteringLabels = kind<MeteringLabel>('metering_labels')
export const meteringRules = kind<MeteringRule>('metering_label_rules', ['metering_label_id'])

const noSuchLabel = (id: string) => notFound(`Metering label ${id} does not exist.`, 'MeteringLabelNotFound')

export const meteringLabelCollection: Collection<MeteringLabel> = {
  kind: meteringLabels,
  one: 'metering_label',
  many: 'metering_labels',
  path: 'metering/metering-labels',
  noSuch: noSuchLabel,
  attributes: { name: freeText, description: freeText, shared: { fallback: false, ...bool } },
  filters: ['name', 'shared'],
  adminOnly: 'changes',
  make: ({ world }, fields) =>
    world.of(meteringLabels).add({
      id: world.random.uuid(),
      project_id: String(fields.project_id),
      name: String(fields.name),
      description: String(fields.description ?? ''),
      shared: fields.shared === true,
    }),
  remove({ world }, row) {
    for (const rule of world.of(meteringRules).where('metering_label_id', row.id))
      world.of(meteringRules).remove(rule.id)
  },
  view: (_world, row) => ({ ...row }),
}

export const meteringRuleCollection: Collection<MeteringRule> = {
  kind: meteringRules,
  one: 'metering_label_rule',
  many: 'metering_label_rules',
  path: 'metering/metering-label-rules',
  noSuch: (id) => notFound(`Metering label rule '${id}' does not exist.`, 'MeteringLabelRuleNotFound'),
  attributes: {
    metering_label_id: { required: true, ...uuid },
    direction: { required: true, ...oneOf(['ingress', 'egress']) },
    remote_ip_prefix: { fallback: null },
    source_ip_prefix: { fallback: null },
    destination_ip_prefix: { fallback: null },
    excluded: { fallback: false, ...bool },
  },
  filters: ['metering_label_id', 'direction', 'remote_ip_prefix', 'excluded'],
  adminOnly: 'changes',
  make({ world }, fields) {
    const label = world.of(meteringLabels).get(String(fields.metering_label_id))
    if (label === undefined) throw noSuchLabel(String(fields.metering_label_id))
    return world.of(meteringRules).add({
      id: world.random.uuid(),
      project_id: label.project_id,
      metering_label_id: label.id,
      direction: String(fields.direction),
      remote_ip_prefix: fields.remote_ip_prefix as string | null,
      source_ip_prefix: fields.source_ip_prefix as string | null,
      destination_ip_prefix: fields.destination_ip_prefix as string | null,
      excluded: fields.excluded === true,
    })
  },
  view: (_world, { project_id: _project, ...row }) => row,
}
