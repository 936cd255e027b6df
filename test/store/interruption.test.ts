import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import { silent } from '../../src/base/log.ts'
import { unmeasured } from '../../src/base/metrics.ts'
import { Unavailable } from '../../src/contract/problems.ts'
import { type Database, openDatabase, type Tx } from '../../src/store/database.ts'
import * as deployments from '../../src/store/deployments.ts'
import { fernet } from '../../src/store/fernet.ts'
import { openGroup } from '../../src/store/group.ts'
import { migrate } from '../../src/store/migrations.ts'
import { createStack } from '../../src/store/targets.ts'
import { Templates } from '../../src/store/templates.ts'
import { anEvent, aResource, aStack, aTemplate, change, encryptionKey } from './fixtures.ts'

// A database that now and then commits, and then breaks the connection before it says so.
let database: Database
let broken = 0
before(async () => {
  const whole = await openDatabase({ connection: 'sqlite://', log: silent })
  await migrate(whole, systemClock)
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = await whole.transaction(work)
    if (broken-- > 0) throw Unavailable({ message: 'cut off' })
    return result
  }
  const insist = async <T>(work: (again: boolean) => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work(attempt > 0)
      } catch (error) {
        if (!Unavailable.is(error)) throw error
      }
    }
  }
  database = { ...whole, transaction, insist }
})
after(() => database.close())

const sealer = fernet(encryptionKey)
const roomOf = () => ({ database, sealer, templates: new Templates(database, sealer, systemClock) })

async function owned() {
  const stack = aStack()
  await createStack(roomOf(), { stack, template: aTemplate(stack), askedAt: 1 })
  const deployment = await database.read((db) => deployments.byStack(db, stack.id))
  const owner = deployment && (await deployments.claim(database, deployment, 'engine'))
  return { stack, owner: owner ?? assert.fail() }
}

it('owns a deployment whose claim was committed without an answer', async () => {
  const stack = aStack()
  await createStack(roomOf(), { stack, template: aTemplate(stack), askedAt: 1 })
  const seen = (await database.read((db) => deployments.byStack(db, stack.id))) ?? assert.fail()
  broken = 1
  assert.deepEqual(await deployments.claim(database, seen, 'engine'), {
    stackId: stack.id,
    engineId: 'engine',
    fence: 1,
  })
  assert.equal(await deployments.claim(database, seen, 'another'), undefined)
})

it('writes once what was committed without an answer', async () => {
  const { stack, owner } = await owned()
  const group = openGroup(roomOf(), { meter: unmeasured, afterwards: async () => {} })
  broken = 2
  const resource = aResource(stack.id)
  const wrote = group.add({
    does: 'write',
    owner,
    change: change(owner, { resources: [resource], events: [anEvent(stack)] }),
  })
  assert.equal(await wrote, true)
  const count = (table: 'hearth_resource' | 'hearth_event') =>
    database.read((db) => db.selectFrom(table).select('id').where('stack_id', '=', stack.id).execute())
  assert.deepEqual([(await count('hearth_resource')).length, (await count('hearth_event')).length], [1, 1])
})

it('gives a child its target once, though that was committed without an answer', async () => {
  const { stack, owner } = await owned()
  const group = openGroup(roomOf(), { meter: unmeasured, afterwards: async () => {} })
  broken = 2
  const child = aStack({ rootId: stack.id })
  const target = { stack: child, template: aTemplate(child), askedAt: 2, events: [anEvent(child)] }
  assert.equal(await group.add({ does: 'write', owner, change: change(owner, { children: [target] }) }), true)
  const asked = await database.read((db) => deployments.byStack(db, child.id))
  assert.equal(asked?.request, 1)
})

it('ends a deployment whose end was committed without an answer', async () => {
  const { stack, owner } = await owned()
  const group = openGroup(roomOf(), { meter: unmeasured, afterwards: async () => {} })
  broken = 1
  const asks = [
    group.add({ does: 'write', owner, change: change(owner, { resources: [aResource(stack.id)] }) }),
    group.add({ does: 'finish', owner, request: 1, change: change(owner) }),
  ]
  assert.deepEqual(await Promise.all(asks), [true, true])
})

it('gives up what waits when the store is closed', async () => {
  const closing = await openDatabase({ connection: 'postgresql://nobody@127.0.0.1:1/none', log: silent })
  const waiting = closing.insist(() => closing.transaction(async () => {}))
  setTimeout(() => closing.close(), 20)
  await assert.rejects(waiting, Unavailable.is)
  await assert.rejects(closing.read((db) => db.selectFrom('hearth_stack').selectAll().execute()))
})
