// A site of three engines and two APIs, with a RabbitMQ and a MariaDB of its own, under load while its parts fail:
//   npm run chaos -- --minutes 10 --seed 17 --stacks 200
import { parseArgs } from 'node:util'
import { chaos } from '../test/journeys/chaos/chaos.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    stacks: { type: 'string', default: '200' },
  },
})
console.log(`seed ${values.seed}`)
const report = await chaos({
  seconds: Number(values.minutes) * 60,
  seed: Number(values.seed),
  stacks: Number(values.stacks),
})
console.log(JSON.stringify(report, null, 2))
process.exit()
