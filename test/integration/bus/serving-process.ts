import { silent } from '../../../src/base/log.ts'
import { openBus } from '../../../src/bus/index.ts'
import type { CallContext } from '../../../src/contract/call.ts'
import { sample } from '../../bus/suite.ts'

// Serves a topic, and takes from a queue if one is named, until it is killed. It writes a line when it is ready and one for
// each slow call and each item of work that it begins.
const [transportUrl = '', topic = '', queue] = process.argv.slice(2)
const bus = await openBus({ transportUrl, log: silent })
await bus.serve(topic, {
  ...sample,
  slow: async (caller: never, ask: never, context: CallContext) => {
    process.stdout.write(context.signal.aborted ? 'nobody waits\n' : 'begun\n')
    return await sample.slow(caller, ask)
  },
})
if (queue !== undefined) {
  await bus.take(queue, async (item) => {
    process.stdout.write(`took ${item}\n`)
    await new Promise(() => {})
  })
}
process.stdout.write('serving\n')
