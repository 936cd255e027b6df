import type { PropertyRefusal } from '../../../plugin/index.ts'
import type { Infer } from '../../../schema/index.ts'
import type { properties } from './properties.ts'

type Props = Partial<Infer<typeof properties>>

/** A value that is not known yet counts as given. */
const given = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** What is wrong with what a volume is to be made of: one source, and a size if that does not tell it. */
export function sourceRefusals(props: Props): readonly PropertyRefusal[] {
  if (given(props.backup_id)) return []
  const sources = (['snapshot_id', 'source_volid', 'image'] as const).filter((name) => given(props[name]))
  const specified = `currently specified options: [${sources.map((name) => `'${name}'`).join(', ')}].`
  if (!given(props.size)) {
    if (sources.length === 1 && sources[0] !== 'image') return []
    const message =
      'If neither "backup_id" nor "size" is provided, one and only one of "source_volid", "snapshot_id" ' +
      `must be specified, but ${specified}`
    return [{ path: [], message }]
  }
  if (sources.length <= 1) return []
  const message =
    'If "size" is provided, only one of "image", "imageRef", "source_volid", "snapshot_id" ' +
    `can be specified, but ${specified}`
  return [{ path: [], message }]
}
