import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { playing } from '../playing.ts'
import { hot, thing } from '../templates.ts'

const parameters = { word: { type: 'string', hidden: true } }

describe('the value of a hidden parameter', () => {
  it(
    'is kept sealed, before it is asked for and after (§11)',
    playing(async (play) => {
      const parameters = { word: { type: 'string', hidden: true }, open: { type: 'string' } }
      const resources = {
        a: thing({ secret: { get_param: 'word' } }),
        b: thing({ name: { get_param: 'open' } }),
      }
      const more = { parameters: { word: 'sesame', open: 'door' } }
      const stack = await play.create('web', hot(resources, { parameters }), more)
      await play.settled(stack)
      assert.deepEqual(
        [(await play.row(stack, 'a')).sealed, (await play.row(stack, 'b')).sealed],
        [true, false],
      )
      const sealed: unknown[] = []
      play.yard.interfere = async (ask, act) => {
        if (ask.method === 'PATCH') sealed.push((await play.row(stack, 'b')).sealed)
        return act()
      }
      await play.update(
        stack,
        hot({ ...resources, b: thing({ name: { get_param: 'word' } }) }, { parameters }),
        more,
      )
      await play.settled(stack)
      assert.deepEqual(sealed, [true])
    }),
  )

  it(
    'stays sealed where a create that was given it is finished for a template that has it no more (§11)',
    playing(
      async (play) => {
        const doomed = await play.worker()
        play.yard.interfere = (ask, act) => {
          if (ask.method === 'POST') doomed.life.end()
          return act()
        }
        const made = hot({ a: thing({ secret: { get_param: 'word' } }) }, { parameters })
        const stack = await play.create('web', made, { parameters: { word: 'sesame' } })
        await play.when(() => doomed.life.isOver)
        await play.update(stack, hot({ a: thing({ size: 2 }) }))
        await play.worker()
        assert.equal((await play.settled(stack)).status, 'COMPLETE')
        const told = await play.store.listEvents([stack.id], {})
        assert.deepEqual(
          told.filter((event) => JSON.stringify(event).includes('sesame')),
          [],
        )
        assert.deepEqual((await play.row(stack, 'a')).properties, { size: 2 })
      },
      { workers: 0 },
    ),
  )
})
