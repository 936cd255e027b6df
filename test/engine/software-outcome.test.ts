import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { outcomeOf } from '../../src/engine/software-outcome.ts'

const outputs = [{ name: 'done' }, { name: 'broken', error_output: true }]
const none = { deploy_stdout: null, deploy_stderr: null, deploy_status_code: null }

describe('what came of a software deployment (§14)', () => {
  it('is complete unless something says that it failed', () => {
    const said = { done: { a: 1 }, deploy_stdout: 'hi', deploy_status_code: 0, stranger: 1 }
    assert.deepEqual(outcomeOf(outputs, said, { before: 1 }), {
      status: 'COMPLETE',
      statusReason: 'Outputs received',
      outputValues: { ...none, before: 1, done: { a: 1 }, deploy_stdout: 'hi', deploy_status_code: 0 },
    })
    assert.equal(outcomeOf(outputs, { deploy_status_code: '0' }, null).status, 'COMPLETE')
    assert.deepEqual(outcomeOf(outputs, {}, null).outputValues, none)
  })

  it('is a failure with a status code that is not zero, or an output that is an error', () => {
    const { status, statusReason, outputValues } = outcomeOf(
      outputs,
      { broken: 'no disk', deploy_status_code: 3 },
      null,
    )
    assert.equal(status, 'FAILED')
    assert.equal(
      statusReason,
      'deploy_status_code : Deployment exited with non-zero status code: 3, broken : no disk',
    )
    assert.deepEqual(outputValues, { ...none, broken: 'no disk', deploy_status_code: 3 })
  })
})
