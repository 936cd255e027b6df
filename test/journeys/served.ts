import type { Clock } from '../../src/base/clock.ts'
import { type Simulator, startSimulator } from '../../src/simulator/index.ts'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import type { Variables } from './openstack.ts'
import { Visitor } from './visitor.ts'

export const password = 'pa55-of-everybody'

/** Hearth in a process of its own, before a simulated cloud in this one, whose faults and clock can be played. */
export interface Served {
  readonly simulator: Simulator
  readonly hearth: HearthProcess
  readonly port: number
  readonly demo: Cloud
  readonly visitor: Visitor
  /** The variables of one of the cloud's users. */
  as(user: string, project: string): Variables
  close(): Promise<void>
}

export async function serve(clock: Clock): Promise<Served> {
  const simulator = await startSimulator({ seed: 7, password, clock })
  const as = (user: string, project: string): Variables => ({
    OS_AUTH_URL: simulator.authUrl,
    OS_USERNAME: user,
    OS_PASSWORD: password,
    OS_PROJECT_NAME: project,
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'RegionOne',
  })
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--log-level', 'debug'], {
    ...as('hearth', 'service'),
    OS_HEARTH__DOUBT_SECONDS: '1',
    OS_DEFAULT__ACTION_RETRY_LIMIT: '1',
    OS_DEFAULT__CLIENT_RETRY_LIMIT: '1',
  })
  const port = await freePort()
  await hearth.start(port)
  const demo = await Cloud.open(as('demo', 'demo'))
  return {
    simulator,
    hearth,
    port,
    demo,
    visitor: new Visitor(port, demo),
    as,
    async close() {
      await hearth.stop()
      await simulator.close()
    },
  }
}

export const head = 'heat_template_version: 2021-04-16\n'

/** A template of one server. */
export const server = `${head}resources:
  web:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{network: heat-net}]}
`
