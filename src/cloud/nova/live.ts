import type { Found } from '../service.ts'

export type ServerStatus =
  | 'ACTIVE'
  | 'BUILD'
  | 'DELETED'
  | 'ERROR'
  | 'HARD_REBOOT'
  | 'MIGRATING'
  | 'PASSWORD'
  | 'PAUSED'
  | 'REBOOT'
  | 'REBUILD'
  | 'RESCUE'
  | 'RESIZE'
  | 'REVERT_RESIZE'
  | 'SHELVED'
  | 'SHELVED_OFFLOADED'
  | 'SHUTOFF'
  | 'SOFT_DELETED'
  | 'SUSPENDED'
  | 'UNKNOWN'
  | 'VERIFY_RESIZE'

/** A server as Nova's first microversion shows it, whatever else Nova has. */
export interface LiveServer extends Found {
  readonly name: string
  readonly status: ServerStatus
  readonly created: string
  readonly flavor: { readonly id: string }
  /** An empty text if the server boots from a volume. */
  readonly image: { readonly id: string } | ''
  readonly key_name: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** By network name. */
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string; readonly version: number }[]>>
  readonly accessIPv4: string
  readonly accessIPv6: string
  readonly config_drive: string
  readonly fault?: { readonly message?: string; readonly code?: number }
  readonly 'OS-DCF:diskConfig': string
  readonly 'OS-EXT-AZ:availability_zone': string
  /** Only administrators see it. */
  readonly 'OS-EXT-SRV-ATTR:instance_name'?: string
  readonly 'OS-EXT-STS:task_state': string | null
}

/** One block device as Nova takes it. */
export type BlockDevice = Readonly<Record<string, string | number | boolean>>

/** One network interface that a server is to have. */
export interface Nic {
  readonly uuid?: string
  readonly port?: string
  readonly fixed_ip?: string
  readonly tag?: string
}

/** What a server is made of. */
export interface NewServer {
  readonly name: string
  readonly flavorRef: string
  readonly imageRef?: string
  readonly key_name?: string
  readonly availability_zone?: string
  readonly config_drive?: boolean
  readonly adminPass?: string
  /** In base 64. */
  readonly user_data?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly security_groups?: readonly { readonly name: string }[]
  readonly networks?: readonly Nic[] | 'auto' | 'none'
  readonly block_device_mapping?: readonly BlockDevice[]
  readonly block_device_mapping_v2?: readonly BlockDevice[]
  readonly personality?: readonly File[]
  readonly tags?: readonly string[]
  readonly 'OS-DCF:diskConfig'?: string
  readonly hints?: Readonly<Record<string, unknown>>
}

/** A file put into a server when it is made. */
export interface File {
  readonly path: string
  /** In base 64. */
  readonly contents: string
}

/** What a rebuild changes besides the image. */
export interface Rebuilding {
  readonly imageRef: string
  readonly adminPass?: string
  readonly preserve_ephemeral?: boolean
  readonly metadata?: Readonly<Record<string, string>>
  readonly personality?: readonly File[]
  /** In base 64; `null` takes it away. */
  readonly user_data?: string | null
}

/** A server's network interface. */
export interface Interface {
  readonly port_id: string
  readonly net_id: string
  readonly mac_addr: string
  readonly port_state: string
  readonly fixed_ips: readonly { readonly ip_address: string; readonly subnet_id: string }[]
}

/** What to attach to a server: a port there is, or a new one that Nova makes. */
export interface NewInterface {
  readonly port_id?: string
  readonly net_id?: string
  readonly fixed_ips?: readonly { readonly ip_address: string }[]
  readonly tag?: string
}

/** A volume's being attached to a server; the ID is the volume's. */
export interface VolumeAttachment extends Found {
  readonly volumeId: string
  readonly serverId: string
  readonly device: string | null
}

export interface LiveFlavor extends Found {
  readonly name: string
  readonly ram: number
  readonly vcpus: number
  readonly disk: number
  readonly swap: number
  readonly rxtx_factor: number
  readonly 'OS-FLV-EXT-DATA:ephemeral': number
  readonly 'os-flavor-access:is_public': boolean
}

/** A key pair; its ID is its name. */
export interface LiveKeyPair extends Found {
  readonly name: string
  readonly public_key: string
  readonly fingerprint: string
  /** Not told in lists. */
  readonly created_at?: string
  readonly type?: string
  /** Only when it is made, and only if Nova made it. A secret. */
  readonly private_key?: string
  readonly user_id?: string
}

export interface LiveServerGroup extends Found {
  readonly name: string
  readonly policies: readonly string[]
  readonly members: readonly string[]
}
