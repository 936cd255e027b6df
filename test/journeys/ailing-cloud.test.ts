import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { systemClock } from '../../src/base/clock.ts'
import type { Simulator } from '../../src/simulator/index.ts'
import { Cloud } from './cloud.ts'
import { head, type Served, serve, server } from './served.ts'
import { Visitor } from './visitor.ts'

let served: Served
let simulator: Simulator
let port: number
let demo: Cloud
let visitor: Visitor

describe('when a cloud ails, the service says which and how, and goes on', { timeout: 90_000 }, () => {
  before(async () => {
    served = await serve(systemClock)
    ;({ simulator, port, demo, visitor } = served)
  })
  after(() => served.close())

  afterEach(async () => {
    simulator.faults.clear()
    assert.equal((await visitor.ask('GET', '/stacks')).status, 200)
  })

  test('a Nova that can not be reached is named before anything is begun', async () => {
    simulator.faults.add({ path: '/compute/*', drop: true })
    const { status, body } = await visitor.create('no-nova', server)
    assert.equal(status, 503)
    assert.match(body.error?.message ?? '', /^The compute service at .* did not answer/)
    simulator.faults.clear()
    simulator.faults.add({ path: '/compute/*', status: 503, message: 'We are moving house' })
    const moving = await visitor.create('no-nova', server)
    assert.equal(moving.status, 503)
    assert.match(
      moving.body.error?.message ?? '',
      /^We are moving house \(compute: HTTP 503, Request-ID: req-/,
    )
  })

  test('a Nova that goes away in the middle is tried again; if it stays away the stack says so', async () => {
    const path = '/compute/v2.1/servers'
    simulator.faults.add({ method: 'POST', path, drop: true, count: 1 })
    const back = await visitor.made('nova-comes-back', server)
    assert.equal(back.stack_status, 'CREATE_COMPLETE', back.stack_status_reason)
    simulator.faults.add({ method: 'POST', path, status: 503, message: 'We are moving house' })
    const gone = await visitor.made('nova-stays-away', server)
    assert.equal(gone.stack_status, 'CREATE_FAILED')
    assert.match(
      gone.stack_status_reason,
      /^Resource CREATE failed: ServiceUnavailable: resources\.web: We are moving house \(compute: HTTP 503, Request-ID: req-[-0-9a-f]+\)$/,
    )
  })

  test("a quota's words and the cloud's request id reach the stack", async () => {
    const message = 'Quota exceeded for cores: Requested 1, but already used 20 of 20 cores'
    simulator.faults.add({ method: 'POST', path: '/compute/v2.1/servers', status: 403, message })
    const { stack_status, stack_status_reason } = await visitor.made('quota', server)
    assert.equal(stack_status, 'CREATE_FAILED')
    assert.ok(
      stack_status_reason.startsWith(`Resource CREATE failed: OverQuota: resources.web: ${message} (`),
    )
    assert.match(stack_status_reason, /Request-ID: req-[-0-9a-f]{36}\)$/)
  })

  test('without Keystone those it knows are served, others are asked to wait, and then it is as before', async () => {
    const { token } = await Cloud.open(served.as('demo', 'demo'))
    const fresh = new Visitor(port, { ...demo, projectId: demo.projectId, token })
    simulator.faults.add({ path: '/identity/*', status: 503, message: 'We are moving house' })
    assert.equal((await visitor.ask('GET', '/stacks')).status, 200)
    const { status, body } = await fresh.ask('GET', '/stacks')
    assert.equal(status, 503)
    assert.equal(body.error?.message, 'The Keystone service is temporarily unavailable.')
    assert.equal((await visitor.create('no-keystone', head)).status, 503)
    simulator.faults.clear()
    assert.equal((await fresh.ask('GET', '/stacks')).status, 200)
    assert.equal((await fresh.made('no-keystone', head)).stack_status, 'CREATE_COMPLETE')
  })
})
