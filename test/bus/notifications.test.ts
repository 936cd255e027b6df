import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silent } from '../../src/base/log.ts'
import { openNotifier } from '../../src/bus/index.ts'
import { notificationMessage } from '../../src/bus/notifications.ts'

const notification = {
  eventType: 'orchestration.stack.create.end',
  priority: 'INFO',
  payload: { stack_name: 'web' },
  context: { user_id: 'anna' },
  at: Date.UTC(2026, 10, 26, 13, 20, 4, 123),
} as const

describe('a notification', () => {
  it("is written in oslo.messaging's envelope", () => {
    const outer = JSON.parse(
      String(notificationMessage(notification, { publisher: 'orchestration.here', envelope: '2.0' })),
    ) as Record<string, string>
    assert.equal(outer['oslo.version'], '2.0')
    const { message_id, _unique_id, ...message } = JSON.parse(outer['oslo.message'] ?? '')
    assert.match(message_id, /^[0-9a-f-]{36}$/)
    assert.match(_unique_id, /^[0-9a-f]{32}$/)
    assert.deepEqual(message, {
      publisher_id: 'orchestration.here',
      event_type: 'orchestration.stack.create.end',
      priority: 'INFO',
      payload: { stack_name: 'web' },
      timestamp: '2026-11-26 13:20:04.123000',
      _context_user_id: 'anna',
    })
  })

  it('goes nowhere where all is one process', async () => {
    const options = { exchange: 'heat', topics: [], publisher: '', envelope: '2.0', durable: false } as const
    assert.equal(await openNotifier({ transportUrl: 'memory://', ...options, log: silent }), undefined)
  })
})
