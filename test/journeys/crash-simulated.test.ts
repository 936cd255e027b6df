import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../../src/simulator/index.ts'
import { Cloud } from './cloud.ts'
import { crashAndRecover } from './crash.ts'
import { HearthProcess } from './hearth.ts'

const port = 8114
let simulator: Simulator
let hearth: HearthProcess

/** The cloud outlives the engine: it is in this process, and the engine is in one of its own. */
const as = (user: string, project: string) => ({
  OS_AUTH_URL: simulator.authUrl,
  OS_USERNAME: user,
  OS_PASSWORD: 'hearth',
  OS_PROJECT_NAME: project,
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_DOMAIN_NAME: 'Default',
  OS_REGION_NAME: 'RegionOne',
})

before(async () => {
  simulator = await startSimulator({ seed: 7 })
  hearth = new HearthProcess(['up', '--cloud', 'env'], {
    ...as('hearth', 'service'),
    OS_HEARTH__DOUBT_SECONDS: '2',
  })
  await hearth.start(port)
})
after(async () => {
  await hearth.stop()
  await simulator.close()
})

test('an engine killed 50 times while 300 resources are made, changed and deleted loses and doubles nothing', {
  timeout: 900_000,
}, async () => {
  const cloud = await Cloud.open(as('demo', 'demo'))
  await crashAndRecover({ hearth, port, cloud, sets: 50, kills: 50, within: 600 })
})
