// How fast the store writes: 10,000 resources, each written twice with an event, every write a call of its own.
//   node tools/measure-store.ts [connection] [calls at once]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { uuid } from '../src/base/ids.ts'
import { limiter } from '../src/base/limiter.ts'
import { silent } from '../src/base/log.ts'
import { type Change, type EventRow, openStore, type ResourceRow, type StackRow } from '../src/store/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-measure-'))
const [connection = `sqlite:///${folder}/store.db`, atOnce = '500'] = process.argv.slice(2)
const store = await openStore({ connection, encryptionKey: 'x'.repeat(32), log: silent })

const count = 10_000
const id = uuid()
const stack: StackRow = {
  ...{
    id,
    name: `measured-${id}`,
    projectId: 'p',
    parentId: null,
    parentResourceId: null,
    parentResourceName: null,
    rootId: id,
  },
  ...{
    depth: 0,
    action: 'CREATE',
    status: 'IN_PROGRESS',
    statusReason: '',
    templateId: uuid(),
    previousTemplateId: null,
  },
  ...{
    disableRollback: true,
    keepsObjects: false,
    converge: false,
    timeoutMins: null,
    tags: [],
    userId: 'u',
    userName: 'u',
    credentialId: null,
  },
  ...{ createdAt: Date.now(), updatedAt: null, deletedAt: null },
}
const resources = Array.from(
  { length: count },
  (_, i): ResourceRow => ({
    ...{
      id: uuid(),
      stackId: id,
      name: `random-${i}`,
      type: 'OS::Heat::RandomString',
      physicalId: null,
      external: false,
      action: 'CREATE',
    },
    ...{
      status: 'IN_PROGRESS',
      statusReason: 'state changed',
      properties: { length: 32, character_classes: [{ class: 'lettersdigits', min: 1 }] },
    },
    ...{
      sealed: false,
      metadata: {},
      attributes: {},
      reference: null,
      deletionPolicy: 'Delete',
      notes: {},
      secrets: {},
      needs: [],
    },
    ...{
      templateId: stack.templateId,
      replaces: null,
      replacedBy: null,
      intent: { does: 'create', since: Date.now() },
    },
    ...{ createdAt: Date.now(), updatedAt: Date.now() },
  }),
)

let sequence = 0
const event = (row: ResourceRow): EventRow => ({
  ...{
    id: uuid(),
    stackId: id,
    rootId: id,
    resourceName: row.name,
    resourceType: row.type,
    physicalId: row.physicalId ?? '',
    external: false,
  },
  ...{
    action: row.action,
    status: row.status,
    statusReason: row.statusReason,
    properties: row.properties,
    sequence: ++sequence,
    createdAt: Date.now(),
  },
})

const template = { id: stack.templateId, stackId: id, template: {}, environment: {}, files: {}, facade: null }
await store.createStack({ stack, template, askedAt: Date.now() })
const deployment = await store.deployment(id)
const owner = deployment && (await store.claim(deployment, 'engine'))
if (owner === undefined) throw new Error('the stack could not be claimed')

const write = (row: ResourceRow, part: Omit<Change, 'owner'> = {}) =>
  store.write({ owner, resources: [row], events: [event(row)], ...part })
const { run } = limiter(Number(atOnce))
const delay = monitorEventLoopDelay({ resolution: 1 })
delay.enable()
const before = process.cpuUsage()
const start = performance.now()
await Promise.all(
  resources.map((row) =>
    run(async () => {
      await write(row)
      await write({ ...row, physicalId: uuid(), status: 'COMPLETE', intent: null })
    }),
  ),
)
const wall = performance.now() - start
const { user, system } = process.cpuUsage(before)
console.log(
  `${2 * count} resource upserts and ${2 * count} events, ${atOnce} calls at once, ${connection.split(':')[0]}:`,
)
console.log(
  `${wall.toFixed(0)} ms, ${((user + system) / 1000).toFixed(0)} ms of CPU, ${((2 * count) / (wall / 1000)).toFixed(0)} calls/s`,
)
console.log(
  `event loop held up: median ${(delay.percentile(50) / 1e6).toFixed(1)} ms, worst ${(delay.max / 1e6).toFixed(1)} ms`,
)
const reading = performance.now()
const read = await store.resources(id)
console.log(`${read.length} resources read in ${(performance.now() - reading).toFixed(0)} ms`)
await store.close()
rmSync(folder, { recursive: true })
