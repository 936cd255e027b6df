import { after, before, test } from 'node:test'
import { Cloud } from './cloud.ts'
import { crashAndRecover } from './crash.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, type Tenant } from './openstack.ts'

const port = 8115
/** Fifty, as the promise is, takes a quarter of an hour; in CI a few have to do. */
const kills = Number(process.env.HEARTH_KILLS ?? 6)
let tenant: Tenant
let hearth: HearthProcess

before(async () => {
  hearth = new HearthProcess(['up', '--cloud', 'env'], administrator())
  tenant = await newTenant(`crash-${process.pid}`)
  await hearth.start(port)
})
after(async () => {
  await tenant.remove()
  await hearth.stop()
})

test('an engine killed while 60 resources are made on a real OpenStack loses and doubles nothing', {
  timeout: 3_000_000,
}, async () => {
  const cloud = await Cloud.open(tenant.variables)
  await crashAndRecover({ hearth, port, cloud, sets: 10, kills, within: 5000 })
})
