import { kind, type Row } from '../world/table.ts'

export interface Flavor extends Row {
  readonly name: string
  readonly ram: number
  readonly disk: number
  readonly vcpus: number
  readonly swap: number
  readonly ephemeral: number
  readonly rxtx_factor: number
  readonly is_public: boolean
  readonly description: string | null
  readonly extra_specs: Readonly<Record<string, string>>
  /** The projects that may use it, if it is not public. */
  readonly projects: readonly string[]
}

export interface Keypair extends Row {
  readonly name: string
  readonly user_id: string
  readonly type: string
  readonly public_key: string
  readonly fingerprint: string
  readonly created_at: string
  readonly number: number
}

export interface ServerGroup extends Row {
  readonly name: string
  readonly policy: string
  readonly rules: Readonly<Record<string, unknown>>
  readonly project_id: string
  readonly user_id: string
}

/** A volume that a server has, or is to have. */
export interface Disk {
  readonly volume_id: string
  readonly attachment_id: string
  readonly bdm_id: string
  readonly device: string
  readonly boot_index: number | null
  readonly delete_on_termination: boolean
  readonly tag: string | null
}

/** A volume that is to be made for a server. */
export interface DiskToMake {
  readonly source_type: string
  readonly uuid: string | null
  readonly size: number
  readonly volume_type: string | null
  readonly boot_index: number | null
  readonly delete_on_termination: boolean
  readonly tag: string | null
}

/** What a server was asked to be joined to. */
export interface NetworkWanted {
  readonly uuid?: string
  readonly port?: string
  readonly fixed_ip?: string
  readonly tag?: string
}

export interface ServerEvent {
  readonly action: string
  readonly request_id: string
  readonly user_id: string
  readonly project_id: string
  readonly start_time: string
  readonly updated_at: string
  readonly message: string | null
}

export interface Server extends Row {
  readonly name: string
  readonly hostname: string
  readonly description: string | null
  readonly project_id: string
  readonly user_id: string
  readonly image_id: string
  readonly flavor: Flavor
  readonly former_flavor: Flavor | null
  readonly metadata: Readonly<Record<string, string>>
  readonly tags: readonly string[]
  readonly vm_state: string
  readonly task_state: string | null
  readonly power_state: number
  readonly created_at: string
  readonly updated_at: string
  readonly launched_at: string | null
  readonly key_name: string | null
  readonly user_data: string | null
  readonly config_drive: string
  readonly disk_config: string
  readonly access_ip_v4: string
  readonly access_ip_v6: string
  readonly availability_zone: string
  readonly wanted_zone: string | null
  readonly host: string
  readonly number: number
  readonly reservation_id: string
  readonly launch_index: number
  readonly locked_by: string | null
  readonly locked_reason: string | null
  readonly root_device: string
  readonly fault: { readonly code: number; readonly created: string; readonly message: string } | null
  readonly security_groups: readonly string[]
  readonly networks: readonly NetworkWanted[]
  /** Its ports, in the order in which they were plugged in; true if Nova made the port. */
  readonly ports: readonly { readonly id: string; readonly made: boolean; readonly tag: string | null }[]
  readonly disks: readonly Disk[]
  readonly disks_to_make: readonly DiskToMake[]
  readonly group_id: string | null
  readonly events: readonly ServerEvent[]
}

export const flavors = kind<Flavor>('flavors')
export const keypairs = kind<Keypair>('keypairs', ['user_id'])
export const serverGroups = kind<ServerGroup>('server_groups')
export const servers = kind<Server>('servers', ['project_id', 'group_id'])
