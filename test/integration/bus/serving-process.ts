import { silent } from '../../../src/base/log.ts'
import { openBus } from '../../../src/bus/index.ts'
import { sample } from '../../bus/suite.ts'

// Serves a topic until it is killed, and writes a line when it is ready and one for each slow call that it begins.
const [transportUrl = '', topic = ''] = process.argv.slice(2)
const bus = await openBus({ transportUrl, log: silent })
await bus.serve(topic, {
  ...sample,
  slow: async (caller: never, ask: never) => {
    process.stdout.write('begun\n')
    return await sample.slow(caller, ask)
  },
})
process.stdout.write('serving\n')
