import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Caller } from '../../../src/contract/views.ts'
import { anna } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { alien, deploy, keep, notFound, root } from './software.ts'

describe('a software deployment', () => {
  it(
    'takes what is said of it, and keeps the rest (§14)',
    playing(async (play) => {
      const [{ id }, other] = [await keep(play), await keep(play)]
      const made = await deploy(play, id, { inputValues: { a: 1 } })
      assert.deepEqual([made.outputValues, made.updatedAt], [null, null])
      await play.clock.pass(1000)
      const done = { id: made.id, status: 'COMPLETE', outputValues: { deploy_status_code: 0 } }
      const changed = await play.clock.until(play.calls.updateSoftwareDeployment(anna, done))
      assert.deepEqual(changed, { ...made, ...done, updatedAt: play.clock.now() })
      assert.deepEqual(await play.clock.until(play.calls.showSoftwareDeployment(anna, made)), changed)
      const moved = { id: made.id, configId: other.id }
      assert.equal(
        (await play.clock.until(play.calls.updateSoftwareDeployment(anna, moved))).configId,
        other.id,
      )
      await play.clock.until(play.calls.deleteSoftwareConfig(anna, { id }))
      const nowhere = play.calls.updateSoftwareDeployment(anna, { id: made.id, configId: id })
      await assert.rejects(play.clock.until(nowhere), notFound)
    }),
  )

  it(
    'is seen by its project and by the users of its stack, and by nobody else (§14)',
    playing(async (play) => {
      const { id: configId } = await keep(play)
      const made = await deploy(play, configId, { stackUserProjectId: 'elsewhere' })
      const nobody = { ...anna, projectId: 'nowhere' }
      const { id } = made
      await assert.rejects(play.clock.until(play.calls.showSoftwareDeployment(nobody, { id })), notFound)
      await assert.rejects(play.clock.until(play.calls.updateSoftwareDeployment(nobody, { id })), notFound)
      await assert.rejects(play.clock.until(play.calls.deleteSoftwareDeployment(nobody, { id })), notFound)
      assert.deepEqual(await play.clock.until(play.calls.listSoftwareDeployments(nobody, {})), [])
      for (const caller of [anna, alien, root])
        assert.deepEqual(await play.clock.until(play.calls.listSoftwareDeployments(caller, {})), [made])
      assert.deepEqual(await play.clock.until(play.calls.showSoftwareDeployment(alien, made)), made)
      const other = play.calls.listSoftwareDeployments(anna, { serverId: 'another' })
      assert.deepEqual(await play.clock.until(other), [])
    }),
  )

  it(
    'has its config among those of its server, in the order of their names (§14)',
    playing(async (play) => {
      for (const name of ['b', 'a', null]) {
        const config = await keep(play, { name })
        await deploy(play, config.id, { stackUserProjectId: name === 'a' ? 'elsewhere' : null })
      }
      await deploy(play, (await keep(play, { name: 'c' })).id, { serverId: 'another' })
      const names = async (caller: Caller) =>
        (await play.clock.until(play.calls.showServerConfigs(caller, { serverId: 'server' }))).map(
          ({ name }) => name,
        )
      assert.deepEqual(await names(anna), [null, 'a', 'b'])
      assert.deepEqual(await names(alien), ['a'])
    }),
  )
})
