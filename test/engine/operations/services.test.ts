import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anna } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'

describe('the list of engines', () => {
  it(
    'has those that live as up, those that died as down, and none that said goodbye (§2)',
    playing(
      async (play) => {
        const named = async (host: string) => await play.worker({ id: host, options: { host } })
        const [living, dead, gone] = [await named('living'), await named('dead'), await named('gone')]
        dead.life.end()
        await play.clock.until(gone.deployer.stop())
        await play.clock.pass(10_000)
        const listed = await play.clock.until(play.calls.listServices(anna, {}))
        assert.deepEqual(
          listed.map(({ host, isUp, reportSeconds }) => [host, isUp, reportSeconds]),
          [
            ['dead', false, 1],
            ['living', true, 1],
          ],
        )
        assert.equal(listed[1]?.id, living.id)
      },
      { workers: 0 },
    ),
  )

  it(
    'forgets an engine that died a minute ago when another starts on its host, and one of elsewhere after a day (§2)',
    playing(
      async (play) => {
        const startedAt = play.clock.now()
        const quiet = async (id: string, host: string, hours: number) =>
          await play.store.heartbeat({ id, host, startedAt, seenAt: startedAt - hours * 3600_000 })
        await quiet('here', 'here', 0.02)
        await quiet('elsewhere', 'elsewhere', 23)
        await quiet('long ago', 'elsewhere', 25)
        await play.worker({ id: 'new', options: { host: 'here' } })
        const ids = (await play.store.engines()).map(({ id }) => id)
        assert.deepEqual(ids, ['elsewhere', 'new'])
      },
      { workers: 0 },
    ),
  )
})
