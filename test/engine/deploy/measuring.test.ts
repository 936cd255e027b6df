import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LabelsOf, Meter, MetricName } from '../../../src/base/metrics.ts'
import { type Scenario, scenario } from '../../../src/testing/scenario.ts'
import { group, hot, thing } from '../templates.ts'

interface Measured extends Meter {
  /** What was said of a metric, the labels in the order of their names. */
  of(name: MetricName): readonly string[]
  /** How much there was last. */
  last(name: MetricName): number | undefined
}

/** A meter that remembers. */
function measured(): Measured {
  const said: { readonly name: MetricName; readonly labels: string; readonly value: number }[] = []
  const say = <N extends MetricName>(name: N, labels: LabelsOf<N>, value = 1): void => {
    const words = Object.entries<string>(labels)
      .sort()
      .map(([, word]) => word)
    said.push({ name, labels: words.join(' '), value })
  }
  return {
    count: say,
    observe: say,
    set: say,
    of: (name) => said.filter((one) => one.name === name).map(({ labels }) => labels),
    last: (name) => said.findLast((one) => one.name === name)?.value,
  }
}

const measuring = (story: (play: Scenario, meter: Measured) => Promise<void>) => async (): Promise<void> => {
  const meter = measured()
  const play = await scenario({ meter })
  try {
    await story(play, meter)
  } finally {
    await play.end()
  }
}

describe('an engine that is measured', () => {
  it(
    'tells steps apart by type, action and outcome, and those of templates from no other',
    measuring(async (play, meter) => {
      await play.worker()
      const stack = await play.create('web', hot({ a: thing(), g: group(1, { type: 'Test::Thing' }) }))
      await play.settled(stack)
      await play.update(stack, hot({ a: thing({ size: 2 }), g: group(1, { type: 'Test::Thing' }) }))
      await play.settled(stack)
      const steps = new Set(meter.of('hearth_step_seconds'))
      assert.ok(steps.has('create complete yard Test::Thing'), [...steps].join())
      assert.ok(steps.has('update complete yard Test::Thing'), [...steps].join())
      assert.ok(steps.has('create complete heat OS::Heat::ResourceGroup'), [...steps].join())
      assert.ok(meter.of('hearth_deployment_seconds').includes('update complete'))
      assert.ok(meter.of('hearth_call_seconds').includes('createStack answered'))
    }),
  )

  it(
    'counts what waits for an engine, and what one has in hand',
    measuring(async (play, meter) => {
      const stack = await play.create('web', hot({ a: thing() }))
      play.hints.deaf = true
      await play.worker()
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.ok(meter.of('hearth_deployments_waiting').length > 0)
      assert.equal(meter.last('hearth_engines_alive'), 1)
      assert.ok((meter.last('hearth_heartbeat_timestamp_seconds') ?? 0) > 0)
      assert.equal(meter.last('hearth_deployments_overdue'), 0)
    }),
  )

  it(
    'is of use once it has said that it lives, and until it stops',
    measuring(async (play) => {
      const idle = play.engine()
      assert.match(String(idle.deployer.whyNotReady()), /not written/)
      const worker = await play.worker()
      assert.equal(worker.deployer.whyNotReady(), undefined)
      await play.clock.until(worker.deployer.stop())
      assert.match(String(worker.deployer.whyNotReady()), /stopping/)
    }),
  )
})
