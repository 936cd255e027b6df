import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { playing } from '../playing.ts'
import { hot } from '../templates.ts'

const address = 'http://pages/inner.json'

const inner = (more: JsonMap = {}) =>
  JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Size: { Type: 'Number', Default: '1' } },
    Resources: { X: { Type: 'Test::Thing', Properties: { size: { Ref: 'Size' }, ...more } } },
    Outputs: { Id: { Value: { Ref: 'X' } } },
  })

const fetched = (properties: JsonMap = {}): JsonMap => ({
  type: 'AWS::CloudFormation::Stack',
  properties: { TemplateURL: address, ...properties },
})

describe('a stack whose template is at an address', () => {
  const pages = new Map([[address, inner()]])

  it(
    'is made of what is there, with its parameters and its time, and gives its outputs (§9)',
    playing(
      async (play) => {
        const outputs = {
          id: { value: { get_attr: ['a', 'Outputs.Id'] } },
          reference: { value: { get_resource: 'a' } },
        }
        const properties = { Parameters: { Size: 4 }, TimeoutInMinutes: 7 }
        const stack = await play.create('web', hot({ a: fetched(properties) }, { outputs }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        const child = await play.store.stack((await play.row(stack, 'a')).physicalId ?? '')
        assert.deepEqual([child?.timeoutMins, play.yard.of('X')?.size], [7, 4])
        assert.deepEqual(
          (await play.shown(stack)).outputs?.map(({ output_value }) => output_value),
          [play.yard.of('X')?.id, `arn:openstack:heat::project:stacks/${child?.name}/${child?.id}`],
        )
      },
      { pages },
    ),
  )

  it(
    'is changed when what is there is, and fails as long as nothing is there',
    playing(
      async (play) => {
        const stack = await play.create('web', hot({ a: fetched() }))
        await play.settled(stack)
        pages.set(address, inner({ labels: { k: 1 } }))
        await play.update(stack, hot({ a: fetched() }))
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(play.yard.of('X')?.labels, { k: 1 })
        pages.delete(address)
        await play.update(stack, hot({ a: fetched() }))
        assert.equal(
          (await play.settled(stack)).statusReason,
          `Resource UPDATE failed: ValueError: resources.a: Could not fetch remote template '${address}': There is nothing at ${address}`,
        )
        await play.delete(stack)
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.deepEqual(play.yard.things, [])
        pages.set(address, inner())
      },
      { pages },
    ),
  )

  it(
    'goes on where a dead engine left it',
    playing(
      async (play) => {
        play.yard.pace.buildMs = 20_000
        const first = await play.worker()
        const stack = await play.create('web', hot({ a: fetched() }))
        await play.when(() => play.yard.things.length === 1)
        first.life.end()
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        assert.equal(play.yard.deeds.length, 1)
      },
      { workers: 0, pages },
    ),
  )
})
