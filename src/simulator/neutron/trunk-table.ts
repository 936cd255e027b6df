import { kind } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { Standard } from './kinds.ts'
import { ports } from './kinds.ts'

export interface SubPort {
  readonly port_id: string
  readonly segmentation_type: string
  readonly segmentation_id: number
}

export interface Trunk extends Standard {
  readonly name: string
  readonly admin_state_up: boolean
  readonly status: string
  readonly port_id: string
  readonly sub_ports: readonly SubPort[]
}

export const trunks = kind<Trunk>('trunks', ['port_id'])

/** What a port that carries a trunk shows of it. */
export function trunkDetailsOf(
  world: World,
  portId: string,
): { trunk_id: string; sub_ports: object[] } | undefined {
  const trunk = world.of(trunks).where('port_id', portId)[0]
  if (trunk === undefined) return undefined
  const withMac = trunk.sub_ports.map((each) => ({
    ...each,
    mac_address: world.of(ports).get(each.port_id)?.mac_address,
  }))
  return { trunk_id: trunk.id, sub_ports: withMac }
}

/** The trunk that has a port as one of its sub-ports. */
export function trunkAbove(world: World, portId: string): Trunk | undefined {
  return world.of(trunks).find((trunk) => trunk.sub_ports.some((each) => each.port_id === portId))
}
