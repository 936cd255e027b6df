import { kind, type Row } from '../world/table.ts'

export interface Attachment {
  readonly id: string
  readonly server_id: string
  readonly device: string
  readonly attached_at: string
  readonly host_name: string
}

export interface Volume extends Row {
  readonly name: string | null
  readonly description: string | null
  readonly project_id: string
  readonly user_id: string
  readonly status: string
  readonly size: number
  readonly availability_zone: string
  readonly volume_type: string
  readonly snapshot_id: string | null
  readonly source_volid: string | null
  readonly metadata: Readonly<Record<string, string>>
  readonly image_metadata: Readonly<Record<string, string>>
  readonly bootable: boolean
  readonly multiattach: boolean
  readonly encrypted: boolean
  readonly readonly: boolean
  readonly attachments: readonly Attachment[]
  /** The attachment for which it is kept, before it is attached. */
  readonly kept_for: string | null
  readonly created_at: string
  readonly updated_at: string | null
}

export interface VolumeSnapshot extends Row {
  readonly name: string | null
  readonly description: string | null
  readonly project_id: string
  readonly user_id: string
  readonly volume_id: string
  readonly status: string
  readonly size: number
  readonly metadata: Readonly<Record<string, string>>
  readonly created_at: string
  readonly updated_at: string | null
}

export interface Backup extends Row {
  readonly name: string | null
  readonly description: string | null
  readonly project_id: string
  readonly volume_id: string
  readonly snapshot_id: string | null
  readonly status: string
  readonly size: number
  readonly container: string | null
  readonly is_incremental: boolean
  readonly metadata: Readonly<Record<string, string>>
  readonly created_at: string
  readonly updated_at: string | null
  /** What the volume was, to make it again. */
  readonly origin: Readonly<Record<string, string | null>>
}

export interface VolumeType extends Row {
  readonly name: string
  readonly description: string | null
  readonly is_public: boolean
  readonly extra_specs: Readonly<Record<string, string>>
  readonly projects: readonly string[]
  readonly qos_specs_id: string | null
}

export const volumes = kind<Volume>('volumes')
export const volumeSnapshots = kind<VolumeSnapshot>('snapshots', ['volume_id'])
export const backups = kind<Backup>('backups', ['volume_id'])
export const volumeTypes = kind<VolumeType>('volume_types')
