import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { anna, bert, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { group, hot, tester, thing } from '../templates.ts'
import { created, deep, inner, inside, membersOf, own, taken, updated } from './trees.ts'

const allowed = (story: (play: Scenario) => Promise<void>) =>
  playing(story, { options: { enableStackAbandon: true, enableStackAdopt: true } })

async function abandoned(play: Scenario, stack: StackIdentity): Promise<JsonMap> {
  const document = await play.clock.until(play.calls.abandonStack(anna, { stack }))
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  play.yard.deeds.length = 0
  return document
}

const adopt = (play: Scenario, document: JsonMap, more: object = {}): Promise<StackIdentity> =>
  play.clock.until(play.calls.createStack(anna, { name: 'again', adopt: JSON.stringify(document), ...more }))

async function adopted(play: Scenario, document: JsonMap): Promise<StackIdentity> {
  const stack = await adopt(play, document)
  const row = await play.settled(stack)
  assert.deepEqual([row.action, row.status], ['ADOPT', 'COMPLETE'], row.statusReason)
  assert.deepEqual(play.yard.deeds, [])
  return stack
}

describe('an abandoned tree', () => {
  it(
    'is told of to its leaves, and adopted to its leaves, with everything as it was (§9, §10)',
    allowed(async (play) => {
      const stack = await created(play, hot({ g: deep(2), n: { type: 'My::Own' } }))
      const before = play.yard.things
      const document = await abandoned(play, stack)
      const x = inside(document, 'g', '0', '1', 'x')
      assert.ok(before.some(({ id }) => id === x.resource_id))
      const again = await adopted(play, document)
      const tree = await play.store.tree(again.id)
      assert.deepEqual(
        new Set(tree.map(({ action, status }) => `${action}_${status}`)),
        new Set(['ADOPT_COMPLETE']),
      )
      assert.deepEqual(play.yard.things, before)
      await updated(play, again, hot({ g: deep(2), n: { type: 'My::Own' } }))
      assert.deepEqual(play.yard.deeds, [])
      await play.delete(again)
      assert.equal((await play.settled(again)).status, 'COMPLETE')
      assert.deepEqual(play.yard.things, [])
    }),
  )

  const outputs = { removed: { value: { get_attr: ['g', 'removed_rsrc_list'] } } }
  const removing = (count: number, ...names: readonly string[]): JsonMap =>
    hot(
      {
        g: group(
          count,
          { type: 'My::Own' },
          {
            ...(names.length > 0 && { removal_policies: [{ resource_list: names }] }),
          },
        ),
      },
      { outputs },
    )

  const removedFrom = async (play: Scenario, stack: StackIdentity): Promise<unknown> =>
    (await play.shown(stack)).outputs?.[0]?.output_value

  it(
    'is adopted with the members that a group then had, and without those that it may not have again (§9, §10)',
    allowed(async (play) => {
      const stack = await created(play, removing(3))
      const [first] = await membersOf(play, stack, 'g')
      const row = await play.store.resources((await play.row(stack, 'g')).physicalId ?? '')
      // One is named by what it is referred to by, one by its name.
      const reference = row.find(({ name }) => name === first)?.reference ?? ''
      await updated(play, stack, removing(2, reference, '2'))
      await updated(play, stack, removing(2))
      assert.deepEqual(await membersOf(play, stack, 'g'), ['1', '3'])
      await updated(play, stack, removing(1, '3'))
      const again = await adopted(play, await abandoned(play, stack))
      assert.deepEqual(await membersOf(play, again, 'g'), ['1'])
      assert.deepEqual(await removedFrom(play, again), ['0', '2', '3'])
      await updated(play, again, removing(2))
      assert.deepEqual(await membersOf(play, again, 'g'), ['1', '4'])
    }),
  )

  it(
    'of the original, which tells nothing of removed members, is adopted by the members that there are (§9, §10)',
    allowed(async (play) => {
      const stack = await created(play, removing(3))
      await updated(play, stack, removing(3, '0', '2'))
      await updated(play, stack, removing(3))
      const document = await abandoned(play, stack)
      const { resource_data: _, ...g } = inside(document, 'g')
      const again = await adopted(play, { ...document, resources: { g } as JsonMap })
      assert.deepEqual(await membersOf(play, again, 'g'), ['1', '3', '4'])
      assert.deepEqual(await removedFrom(play, again), ['0', '2'])
    }),
  )

  it(
    'is adopted whole though its groups are made in batches (§9, §10)',
    allowed(async (play) => {
      const policy = { batch_create: { max_batch_size: 1 }, rolling_update: { max_batch_size: 1 } }
      const template = hot({ g: { ...group(3, { type: 'My::Own' }), update_policy: policy } })
      const stack = await created(play, template)
      const again = await adopted(play, await abandoned(play, stack))
      assert.deepEqual(await membersOf(play, again, 'g'), ['0', '1', '2'])
    }),
  )

  it(
    'whose object inside is gone says where when it is adopted, and everything else stays (§9, §10)',
    allowed(async (play) => {
      const stack = await created(play, hot({ g: deep(2) }))
      const document = await abandoned(play, stack)
      const lost = play.yard.of('x')?.id
      const at = ['0', '1'].find((name) => inside(document, 'g', '0', name, 'x').resource_id === lost)
      play.yard.lose('x')
      const again = await adopt(play, document, { disableRollback: false })
      const row = await play.settled(again)
      assert.deepEqual([row.action, row.status], ['ROLLBACK', 'COMPLETE'])
      const reasons = await play.store.listEvents([again.id], { sortDir: 'asc' })
      const path = `resources\\.g\\.resources\\[0\\]\\.resources\\[${at}\\]\\.resources\\.x`
      const words = RegExp(`^Resource ADOPT failed: NotFound: ${path}: There is no thing ${lost}`)
      assert.ok(
        reasons.some(({ statusReason }) => words.test(statusReason.replace('Stack ROLLBACK started: ', ''))),
      )
      assert.deepEqual(play.yard.deeds, [])
      assert.equal(play.yard.things.length, 1)
    }),
  )

  it(
    'takes over no stack of others that a document names (§10)',
    allowed(async (play) => {
      const theirs = await play.clock.until(
        play.calls.createStack(
          { ...bert, projectId: 'another' },
          { name: 'theirs', template: hot({ a: thing() }) },
        ),
      )
      await play.settled(theirs)
      const stack = await created(play, hot({ n: { type: 'My::Own' } }))
      const document = await abandoned(play, stack)
      const n = { ...inside(document, 'n'), resource_id: theirs.id, id: theirs.id }
      const again = await adopted(play, { ...document, resources: { n } })
      assert.notEqual((await play.row(again, 'n')).physicalId, theirs.id)
      await play.delete(again)
      await play.settled(again)
      assert.equal((await play.store.stack(theirs.id))?.action, 'CREATE')
      assert.notEqual(play.yard.of('a'), undefined)
    }),
  )

  it(
    'gives no stack of others to a type that only later stands for a template (§10)',
    allowed(async (play) => {
      const theirs = await play.create('theirs', hot({ a: thing() }))
      await play.settled(theirs)
      play.yard.deeds.length = 0
      const plain = {
        template: hot({ n: { type: 'My::Own' } }),
        environment: { resource_registry: { 'My::Own': 'OS::Heat::None' } },
        resources: { n: { resource_id: theirs.id } },
      }
      const again = await adopted(play, plain)
      assert.equal((await play.row(again, 'n')).physicalId, theirs.id)
      await updated(play, again, hot({ n: { type: 'My::Own' } }))
      assert.equal((await play.store.stack(theirs.id))?.action, 'CREATE')
      await play.delete(again)
      await play.settled(again)
      assert.equal((await play.store.stack(theirs.id))?.deletedAt, null)
    }),
  )
})

describe('the document of a tree', () => {
  it(
    'tells files once, where they are the same, and is read with them (§10)',
    allowed(async (play) => {
      const stack = await created(play, hot({ g: deep(1) }))
      const document = await play.clock.until(play.calls.exportStack(anna, { stack }))
      assert.deepEqual(document.files, own().files)
      for (const path of [['g'], ['g', '0'], ['g', '0', '0']])
        assert.equal('files' in inside(document, ...path), false)
      const { data } = await taken(play, stack)
      assert.deepEqual(data?.files, own().files)
      assert.equal('files' in inside(data, 'g', '0'), false)
    }),
  )

  it(
    'is refused where it would be larger than memory holds (§10)',
    playing(
      async (play) => {
        const long = inner(1).replace('outputs:', `outputs:\n  long: {value: ${'x'.repeat(600)}}`)
        const more = { ...own(), files: { 'own.yaml': long } }
        const stack = await created(play, hot({ g: group(200, { type: 'My::Own' }) }), more)
        const refused = isProblem(
          'RequestLimitExceeded',
          /of stack web and those inside it have more than 128000 /,
        )
        await assert.rejects(play.clock.until(play.calls.exportStack(anna, { stack })), refused)
        await assert.rejects(play.clock.until(play.calls.abandonStack(anna, { stack })), refused)
        await assert.rejects(play.clock.until(play.calls.createSnapshot(anna, { stack })), refused)
      },
      { options: { enableStackAbandon: true, maxTemplateSize: 1000 } },
    ),
  )
})

describe('abandoning a tree', () => {
  it(
    'is refused while any of it is worked on, which no document could tell of (§10)',
    allowed(async (play) => {
      const stack = await created(play, hot({ g: group(1, tester()) }))
      const child = await play.store.stack((await play.row(stack, 'g')).physicalId ?? '')
      assert.ok(child !== undefined)
      await play.update(child, hot({ 0: tester(), 1: tester({ wait_secs: 60 }) }))
      await assert.rejects(
        play.clock.until(play.calls.abandonStack(anna, { stack })),
        isProblem('ActionInProgress', /^Stack web-g-\w+ already has an action \(UPDATE\) in progress.$/),
      )
      await play.settled(child)
      await abandoned(play, stack)
    }),
  )

  it(
    'is refused until what was cancelled has come to its end, so that nothing is lost (§10)',
    allowed(async (play) => {
      const stack = await created(play, hot({ a: thing() }))
      play.yard.interfere = async (_ask, act) => {
        if (_ask.method === 'POST') await play.clock.sleep(20_000)
        return await act()
      }
      await play.update(stack, hot({ a: thing(), g: group(1, thing()) }))
      await play.clock.pass(5000)
      await play.cancel(stack, { rollback: false })
      await assert.rejects(
        play.clock.until(play.calls.abandonStack(anna, { stack })),
        isProblem('ActionInProgress', /in progress\.$/),
      )
      await play.clock.pass(60_000)
      const document = await abandoned(play, stack)
      const told = [inside(document, 'a'), inside(document, 'g', '0')].map((one) => one.resource_id)
      assert.deepEqual(told.sort(), play.yard.things.map(({ id }) => id).sort())
    }),
  )
})
