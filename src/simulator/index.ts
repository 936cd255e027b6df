import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { type Clock, systemClock } from '../base/clock.ts'
import { cinder } from './cinder/index.ts'
import { census, control } from './control.ts'
import { type Fault, type Faults, faultBook } from './faults.ts'
import { glance } from './glance/index.ts'
import { front } from './http/front.ts'
import { registerEndpoint } from './keystone/catalog.ts'
import { keystone } from './keystone/index.ts'
import type { Service } from './kit/service.ts'
import { neutron } from './neutron/index.ts'
import { nova } from './nova/index.ts'
import {
  seedCatalog,
  seedCompute,
  seedIdentity,
  seedNetworks,
  seedObjectStore,
  seedStackUsers,
} from './seed.ts'
import { swift } from './swift/index.ts'
import { ordinaryTimes, type Times } from './times.ts'
import { type Keeper, keep, takeUp } from './world/keeper.ts'
import { World } from './world/world.ts'

export type { Fault, Faults, Times }

export interface SimulatorOptions {
  readonly host?: string
  readonly port?: number
  readonly clock?: Clock
  /** Makes IDs, addresses and faults by chance the same in every run. */
  readonly seed?: number
  /** The password of every user that the cloud begins with. */
  readonly password?: string
  readonly times?: Partial<Times>
  readonly tokenTtlSeconds?: number
  /** Where the cloud is kept between one process and the next. */
  readonly stateFile?: string
}

/** A simulated OpenStack that listens. */
export interface Simulator {
  readonly url: string
  readonly authUrl: string
  readonly faults: Faults
  /** All objects by kind, or those of one project. */
  census(projectId?: string): Record<string, readonly object[]>
  /** How often each method and path template was asked for. */
  requests(): Record<string, number>
  /** Puts an endpoint of another program into the catalog, in place of one of the same type. */
  addEndpoint(type: string, name: string, url: string): void
  close(): Promise<void>
}

const openstack: readonly Service[] = [keystone, neutron, glance, cinder, nova, swift]

/** Starts a simulated OpenStack on one port: Keystone, Nova, Neutron, Cinder, Glance and Swift, each below its own path. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = '127.0.0.1', port = 0, clock = systemClock, stateFile } = options
  const faults = faultBook(options.seed)
  const world = newWorld(options, clock)
  world.serverFault = ({ name }) => faults.meetServer(name)
  if (stateFile !== undefined) mkdirSync(dirname(stateFile), { recursive: true })
  const { password = 'hearth' } = options
  if (stateFile === undefined || !takeUp(world, stateFile)) seed(world, password)
  seedStackUsers(world, password)
  seedObjectStore(world)
  const requests = new Map<string, number>()
  const count = (method: string, template: string) => {
    const key = `${method} ${template}`
    requests.set(key, (requests.get(key) ?? 0) + 1)
  }
  const services = [...openstack, control(faults, () => Object.fromEntries(requests))]
  const app = front({ world, clock, faults, services, count })
  await app.listen({ host, port })
  const { address, port: listening, family } = app.server.address() as AddressInfo
  world.url = `http://${family === 'IPv6' ? `[${address}]` : address}:${listening}`
  const keeper: Keeper | undefined = stateFile === undefined ? undefined : keep(world, stateFile, clock)
  return {
    url: world.url,
    authUrl: `${world.url}/identity/v3`,
    faults,
    census: (projectId) => census(world, projectId),
    requests: () => Object.fromEntries(requests),
    addEndpoint: (type, name, url) => registerEndpoint(world, { type, name, url }),
    async close() {
      await app.close()
      keeper?.close()
    },
  }
}

function newWorld(options: SimulatorOptions, clock: Clock): World {
  return new World({
    clock,
    times: { ...ordinaryTimes, ...options.times },
    tokenTtlSeconds: options.tokenTtlSeconds ?? 3600,
    seed: options.seed,
    kinds: openstack.flatMap((service) => service.kinds),
    tasks: openstack.flatMap((service) => service.tasks),
  })
}

function seed(world: World, password: string): void {
  seedIdentity(world, password)
  seedCatalog(world)
  seedNetworks(world)
  seedCompute(world)
}
