import type { Found } from '../service.ts'

export type VolumeStatus =
  | 'attaching'
  | 'available'
  | 'awaiting-transfer'
  | 'backing-up'
  | 'creating'
  | 'deleting'
  | 'detaching'
  | 'downloading'
  | 'error'
  | 'error_backing-up'
  | 'error_deleting'
  | 'error_extending'
  | 'error_managing'
  | 'error_restoring'
  | 'extending'
  | 'in-use'
  | 'maintenance'
  | 'managing'
  | 'reserved'
  | 'restoring-backup'
  | 'retyping'
  | 'uploading'

/** Where a volume is attached. */
export interface VolumeUse {
  readonly server_id: string
  readonly device: string | null
  readonly attachment_id: string
}

export interface LiveVolume extends Found {
  readonly name: string | null
  readonly description: string | null
  readonly status: VolumeStatus
  /** In GB. */
  readonly size: number
  /** By name. */
  readonly volume_type: string | null
  readonly attachments: readonly VolumeUse[]
  readonly metadata: Readonly<Record<string, string>>
  readonly availability_zone: string
  /** `true` or `false`, as a text. */
  readonly bootable: string
  readonly encrypted: boolean
  readonly multiattach: boolean
  readonly snapshot_id: string | null
  readonly source_volid: string | null
  readonly created_at: string
}

/** What a volume is made of. */
export interface NewVolume {
  readonly name: string
  readonly description?: string | null
  readonly size?: number
  readonly availability_zone?: string
  readonly imageRef?: string
  readonly snapshot_id?: string
  readonly source_volid?: string
  readonly volume_type?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly hints?: Readonly<Record<string, unknown>>
}

export interface LiveSnapshot extends Found {
  readonly name: string | null
  readonly status: string
  readonly volume_id: string
  readonly size: number
}

export interface LiveBackup extends Found {
  readonly name: string | null
  readonly description: string | null
  readonly status: string
  readonly volume_id: string
  readonly fail_reason: string | null
}

export interface LiveVolumeType extends Found {
  readonly name: string
  readonly is_public: boolean
}
