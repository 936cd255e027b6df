import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from '../../../src/cli/kit/context.ts'
import { Failed } from '../../../src/cli/kit/failure.ts'
import { watchToEnd } from '../../../src/cli/wait/conclude.ts'
import type { Watch } from '../../../src/cli/wait/watch.ts'
import type { HearthClient } from '../../../src/client/index.ts'
import {
  eventRow,
  fakeClient,
  fakeClock,
  fakeTerminal,
  resourceReply,
  stackReply,
  storyOf,
} from '../fakes.ts'

const address = { stack_name: 'web', stack_id: 'stack-1' }

function watching(does: Partial<HearthClient>, watch: Partial<Watch> = {}, { live = false } = {}) {
  const fake = fakeTerminal({ live })
  const context: Partial<Context> = { terminal: fake.terminal, clock: fakeClock() }
  const end = watchToEnd(context as Context, fakeClient(does), { stack: address, action: 'CREATE', ...watch })
  return { ...fake, end }
}

const started = eventRow('e1', 'web', 'CREATE_IN_PROGRESS', { reason: 'Stack CREATE started' })
const completed = eventRow('e9', 'web', 'CREATE_COMPLETE', { reason: 'Stack CREATE completed successfully' })

test('without a terminal every event is a line, as OpenStackClient logs it, with the path through nested stacks', async () => {
  const { end, err } = watching(
    storyOf([
      [started, eventRow('e2', 'group', 'CREATE_IN_PROGRESS', { physical: 'web-group-x' })],
      [],
      [
        eventRow('e3', 'web-group-x', 'CREATE_IN_PROGRESS', {
          stack: 'web-group-x/stack-2',
          reason: 'Stack CREATE started',
        }),
        eventRow('e4', '0', 'CREATE_COMPLETE', { stack: 'web-group-x/stack-2', physical: 'p0' }),
      ],
      [completed],
    ]),
  )
  await end
  assert.equal(
    err.text(),
    `2026-01-31 09:30:00Z [web]: CREATE_IN_PROGRESS  Stack CREATE started
2026-01-31 09:30:00Z [web.group]: CREATE_IN_PROGRESS  state changed
2026-01-31 09:30:00Z [web.group]: CREATE_IN_PROGRESS  Stack CREATE started
2026-01-31 09:30:00Z [web.group.0]: CREATE_COMPLETE  state changed
2026-01-31 09:30:00Z [web]: CREATE_COMPLETE  Stack CREATE completed successfully

Stack web CREATE_COMPLETE

`,
  )
})

test('on a terminal ends scroll by above what is under way, and nothing of the picture is left', async () => {
  const story = storyOf([
    [
      started,
      eventRow('e2', 'net', 'CREATE_IN_PROGRESS', { physical: '' }),
      eventRow('e3', 'server', 'CREATE_IN_PROGRESS', { physical: '' }),
    ],
    [eventRow('e4', 'net', 'CREATE_COMPLETE', { physical: 'n' })],
    [eventRow('e5', 'server', 'CREATE_COMPLETE', { physical: 's' }), completed],
  ])
  const resources = ['net', 'server', 'later'].map((name) =>
    resourceReply(name, { resource_status: 'INIT_COMPLETE' }),
  )
  const { end, err } = watching({ ...story, listResources: async () => ({ resources }) }, {}, { live: true })
  await end
  const drawn = err.written
  assert.ok(
    drawn.some((text) => text.includes('CREATE_IN_PROGRESS  web.server')),
    'shows what is under way',
  )
  assert.ok(
    drawn.some((text) => /1 in progress/.test(text)),
    'sums up',
  )
  assert.match(err.text(), /\[web\.net\]: CREATE_COMPLETE {2}state changed {2}0s\n/)
  assert.ok(!err.text().includes('[web.net]: CREATE_IN_PROGRESS'), 'beginnings do not scroll by')
  assert.equal(drawn.at(-2), '\x1b[1A\r\x1b[0J')
  assert.equal(err.listeners.size, 0)
})

test('a failure is told with its path, the words of the cloud and what to do', async () => {
  const words = 'BadRequest: No valid host was found (HTTP 400) (Request-ID: req-1)'
  const story = storyOf([
    [started, eventRow('e2', 'server', 'CREATE_FAILED', { physical: 's', reason: words })],
    [eventRow('e3', 'web', 'CREATE_FAILED', { reason: `Resource CREATE failed: ${words}` })],
  ])
  const group = resourceReply('group', {
    nested: 'web-group/stack-2',
    resource_status: 'CREATE_FAILED',
    resource_status_reason: 'something inside',
  })
  const server = resourceReply('server', {
    resource_type: 'OS::Nova::Server',
    resource_status: 'CREATE_FAILED',
    resource_status_reason: words,
  })
  const { end, err } = watching({
    ...story,
    listResources: async (stack) => ({
      resources:
        typeof stack === 'object' && stack.stack_id === 'stack-2' ? [server] : [group, resourceReply('net')],
    }),
  })
  await assert.rejects(end, Failed)
  assert.match(err.text(), /\nStack web CREATE_FAILED: Resource CREATE failed: BadRequest/)
  assert.ok(
    err
      .text()
      .includes(`\n  web.group.server (OS::Nova::Server, id-of-server) CREATE_FAILED\n    ${words}\n`),
  )
  assert.ok(!err.text().includes('something inside'))
  assert.match(err.text(), /hearth stack failures list web --long/)
})

test('a stack that is rolled back is watched to the end of it, and what failed is told though it is gone', async () => {
  const failed = eventRow('e2', 'server', 'CREATE_FAILED', { physical: 's', reason: 'No valid host' })
  const story = storyOf(
    [
      [started, failed, eventRow('e3', 'web', 'CREATE_FAILED', { reason: 'Resource CREATE failed' })],
      [eventRow('e4', 'web', 'ROLLBACK_IN_PROGRESS', { reason: 'Stack ROLLBACK started' })],
      [],
      [eventRow('e5', 'web', 'ROLLBACK_COMPLETE', { reason: 'Stack ROLLBACK completed successfully' })],
    ],
    { disable_rollback: false },
  )
  let asked = 0
  const { end, err } = watching({
    ...story,
    showStack: async () => ({
      stack: stackReply({
        disable_rollback: false,
        stack_status: asked++ === 0 ? 'CREATE_FAILED' : 'ROLLBACK_IN_PROGRESS',
      }),
    }),
  })
  await assert.rejects(end, Failed)
  assert.match(err.text(), /\[web\]: ROLLBACK_COMPLETE/)
  assert.match(
    err.text(),
    /\nStack web ROLLBACK_COMPLETE: Stack ROLLBACK completed successfully\n\n {2}web\.server CREATE_FAILED\n {4}No valid host\n/,
  )
})

test('a deletion that somebody asked for anew is watched to its own end', async () => {
  const story = storyOf([
    [
      eventRow('e1', 'web', 'DELETE_IN_PROGRESS'),
      eventRow('e2', 'web', 'DELETE_FAILED', { reason: 'Stack DELETE cancelled' }),
    ],
    [eventRow('e3', 'web', 'DELETE_IN_PROGRESS')],
    [eventRow('e4', 'web', 'DELETE_COMPLETE')],
  ])
  let asked = 0
  const showStack = async () => ({
    stack: stackReply({ stack_status: asked++ === 0 ? 'DELETE_IN_PROGRESS' : 'DELETE_COMPLETE' }),
  })
  const { end, err } = watching({ ...story, showStack }, { action: 'DELETE' })
  await end
  assert.match(err.text(), /\nStack web DELETE_COMPLETE\n\n$/)
})

test('an update counts only events after its beginning', async () => {
  const before = [started, completed]
  const after = [
    eventRow('f1', 'web', 'UPDATE_IN_PROGRESS', { reason: 'Stack UPDATE started' }),
    eventRow('f2', 'web', 'UPDATE_COMPLETE', { reason: 'Stack UPDATE completed successfully' }),
  ]
  const { end, err } = watching(storyOf([[...before, ...after]]), { action: 'UPDATE', marker: 'e9' })
  await end
  assert.deepEqual(err.text().match(/\[web\]: \w+/g), ['[web]: UPDATE_IN_PROGRESS', '[web]: UPDATE_COMPLETE'])
})

test('Ctrl-C stops the watching and not the stack, and says how to go on', async () => {
  const { end, err, interrupt, interrupted } = watching({
    ...storyOf([[started]]),
    listEvents: () => new Promise(() => {}),
  })
  await new Promise((resolve) => setImmediate(resolve))
  interrupt()
  await assert.rejects(end, (error) => error instanceof Failed && error.exitCode === 130)
  assert.match(
    err.text(),
    /The creation of web goes on without you\.\nTo look again: hearth stack event list web --follow/,
  )
  assert.equal(interrupted.size, 0)
})

test('a stack that vanishes while it is deleted is deleted, and otherwise a failure', async () => {
  const { StackNotFound } = await import('../../../src/contract/problems.ts')
  const gone: Partial<HearthClient> = {
    listEvents: async () => {
      throw StackNotFound({ stack: 'web' })
    },
  }
  await watching(gone, { action: 'DELETE' }).end
  const { end, err } = watching(gone)
  await assert.rejects(end, Failed)
  assert.match(err.text(), /Stack web was deleted by someone else/)
})

test('a nested stack goes by the resource it belongs to before its ID is told', async () => {
  const group = 'web-group-abcdef123456/stack-2'
  const { end, err } = watching(
    storyOf([
      [
        started,
        eventRow('e2', 'group', 'CREATE_IN_PROGRESS', { physical: '' }),
        eventRow('e3', '0', 'CREATE_IN_PROGRESS', { stack: group, physical: '' }),
        eventRow('e4', 'server', 'CREATE_COMPLETE', {
          stack: 'web-group-abcdef123456-0-abcdef123456/stack-3',
          physical: 'x',
        }),
      ],
      [completed],
    ]),
  )
  await end
  assert.match(err.text(), /\[web\.group\.0\]: CREATE_IN_PROGRESS/)
  assert.match(err.text(), /\[web\.group\.0\.server\]: CREATE_COMPLETE/)
})
