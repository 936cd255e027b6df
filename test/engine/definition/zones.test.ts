import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { playing } from '../playing.ts'

const zone = (index: number): JsonMap => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })

const template = (index: number): JsonMap => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: { A: { Type: 'Test::Thing', Properties: { name: zone(index) } } },
  Outputs: { All: { Value: { 'Fn::Join': [',', { 'Fn::GetAZs': '' }] } } },
})

describe('the availability zones that a template asks for', () => {
  it(
    'are those of the cloud, in properties, outputs and plans',
    playing(
      async (play) => {
        const stack = await play.create('web', template(0))
        await play.settled(stack)
        assert.equal((await play.row(stack, 'A')).properties?.name, 'east')
        assert.equal((await play.shown(stack)).outputs?.[0]?.output_value, 'east,west')
        const [change] = await play.preview(stack, template(1))
        assert.deepEqual(
          change?.properties.map(({ after }) => after),
          ['west'],
        )
      },
      { zones: ['east', 'west'] },
    ),
  )
})
