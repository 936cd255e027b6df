import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { playing } from '../playing.ts'
import { hot, thing, thingOn } from '../templates.ts'

describe('a resource that stands for something that was there before the stack', () => {
  const external = (id: string, properties = {}) => thing(properties, { external_id: id })

  it(
    'only looks at it, and leaves it when the stack goes (§5)',
    playing(async (play) => {
      const session = play.yard.session()
      const body = { thing: { name: 'ground', size: 7 } }
      await play.clock.until(session.request({ service: ['yard'], method: 'POST', path: '/things', body }))
      const { id = '' } = play.yard.things[0] ?? {}
      const outputs = { size: { value: { get_attr: ['a', 'size'] } } }
      const stack = await play.create('web', hot({ a: external(id), b: thingOn(['a']) }, { outputs }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const taken = (await play.events(stack)).filter((event) => event.startsWith('a '))
      assert.deepEqual(taken, [
        'a ADOPT_IN_PROGRESS',
        'a ADOPT_COMPLETE',
        'a CHECK_IN_PROGRESS',
        'a CHECK_COMPLETE',
      ])
      assert.deepEqual(
        [play.yard.of('b')?.base, (await play.shown(stack)).outputs?.[0]?.output_value],
        [[id], 7],
      )
      await play.update(stack, hot({ a: external(id, { size: 'wide', nope: 9 }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      await play.update(stack, hot({ a: thing() }))
      const what = 'Update to property external_id of a (Test::Thing) is not supported.'
      assert.match(
        (await play.settled(stack)).statusReason,
        new RegExp(`NotSupported: resources.a: ${what}`.replace(/[()]/g, '\\$&')),
      )
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      assert.deepEqual(
        play.yard.things.map(({ name, size }) => [name, size]),
        [['ground', 7]],
      )
    }),
  )

  it(
    'is refused if there is no such thing, and never takes over what the stack made itself (§5)',
    playing(async (play) => {
      const missing = 'Invalid external resource: Resource nothing (Test::Thing) can not be found.'
      await assert.rejects(play.create('web', hot({ a: external('nothing') })), { message: missing })
      const other = await play.create('shop', hot({ a: thing() }))
      await play.settled(other)
      await play.update(other, hot({ a: external(play.yard.of('a')?.id ?? '') }))
      assert.match((await play.settled(other)).statusReason, /external_id of a/)
    }),
  )
})
