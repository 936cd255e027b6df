import { test } from 'node:test'
import { fleetIsMissing } from '../fleet.ts'
import { chaos } from './chaos.ts'

const seed = Number(process.env.HEARTH_SEED ?? Date.now() % 100_000)

test('loses and doubles nothing while engines, APIs, broker, database and network fail under load (§2)', {
  skip: fleetIsMissing,
  timeout: 900_000,
}, async () => {
  const report = await chaos({ seconds: 60, seed, stacks: 100 })
  console.log(`seed ${seed}: ${JSON.stringify(report)}`)
})
