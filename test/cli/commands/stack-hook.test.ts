import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/base/problem.ts'
import type { HearthClient } from '../../../src/client/index.ts'
import { eventRow, resourceReply, run, stackReply } from '../fakes.ts'

const paused = 'CREATE paused until Hook pre-create is cleared'
const cleared = 'Hook pre-create is cleared'

test('resources are listed that wait at a hook now', async () => {
  const client: Partial<HearthClient> = {
    showStack: async () => ({ stack: stackReply({ stack_status: 'CREATE_IN_PROGRESS' }) }),
    listEvents: async () => ({
      events: [
        eventRow('0', 'old', 'INIT_COMPLETE', { reason: paused }),
        eventRow('1', 'web', 'CREATE_IN_PROGRESS', { reason: 'Stack CREATE started' }),
        eventRow('2', 'a', 'INIT_COMPLETE', { reason: paused }),
        eventRow('3', 'b', 'INIT_COMPLETE', { reason: paused }),
        eventRow('4', 'a', 'INIT_COMPLETE', { reason: cleared }),
      ],
    }),
  }
  const { out } = await run(['stack', 'hook', 'poll', 'web', '-f', 'csv'], client)
  assert.equal(
    out,
    `"Resource Name","ID","Resource Status Reason","Resource Status","Event Time"
"b","3","${paused}","INIT_COMPLETE","2026-01-31T09:30:00Z"
`,
  )
})

test('a stack that is not at work has no hooks to look at', async () => {
  const client: Partial<HearthClient> = { showStack: async () => ({ stack: stackReply() }) }
  const { err } = await run(['stack', 'hook', 'poll', 'web'], client)
  assert.match(err, /Stack status CREATE_COMPLETE not IN_PROGRESS/)
})

function hooked() {
  const told: string[] = []
  const client: Partial<HearthClient> = {
    showStack: async () => ({ stack: stackReply({ stack_status: 'UPDATE_IN_PROGRESS' }) }),
    async listResources(stack) {
      const names = stack === 'child' ? ['x', 'y'] : ['group', 'other']
      const physical = { physical_resource_id: stack === 'child' ? '' : 'child' }
      return { resources: names.map((name) => resourceReply(name, physical)) }
    },
    async signalResource(stack, resource, details) {
      if (resource === 'y') throw new Problem('InvalidBreakPointHook', 'no such hook', { status: 400 })
      told.push(`${String(stack)} ${resource} ${JSON.stringify(details)}`)
    },
  }
  return { told, client }
}

test('hooks are cleared by name, by path and by pattern', async () => {
  const { told, client } = hooked()
  await run(['stack', 'hook', 'clear', 'web', 'group'], client)
  await run(['stack', 'hook', 'clear', 'web', '--pre-delete', 'gr*/?'], client)
  assert.deepEqual(told, ['web group {"unset_hook":"pre-update"}', 'child x {"unset_hook":"pre-delete"}'])
})

test('a name that nobody waits under is said to be wrong', async () => {
  const { client } = hooked()
  assert.match((await run(['stack', 'hook', 'clear', 'web', 'group/y'], client)).err, /no such hook/)
  assert.match((await run(['stack', 'hook', 'clear', 'web', 'none'], client)).err, /under the name none/)
})
