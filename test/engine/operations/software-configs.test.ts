import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NewSoftwareConfig } from '../../../src/contract/engine.ts'
import { anna } from '../../../src/testing/scenario.ts'
import { playing } from '../playing.ts'
import { isProblem } from '../problems.ts'
import { alien, deploy, keep, notFound, root, script } from './software.ts'

describe('a software config', () => {
  it(
    'is kept, shown and listed, the newest first (§14)',
    playing(async (play) => {
      const first = await keep(play)
      await play.clock.pass(1000)
      const second = await keep(play, { name: 'configure', config: { a: [1] } })
      assert.deepEqual(await play.clock.until(play.calls.showSoftwareConfig(anna, first)), first)
      const listed = await play.clock.until(play.calls.listSoftwareConfigs(anna, {}))
      assert.deepEqual(
        listed.map(({ id, name }) => [id, name]),
        [
          [second.id, 'configure'],
          [first.id, 'install'],
        ],
      )
      assert.equal('config' in (listed[0] ?? {}), false)
      const ask = { marker: second.id, limit: 5 }
      const page = await play.clock.until(play.calls.listSoftwareConfigs(anna, ask))
      assert.deepEqual(
        page.map(({ id }) => id),
        [first.id],
      )
    }),
  )

  it(
    'belongs to its project; administrators see all (§14)',
    playing(async (play) => {
      const { id } = await keep(play)
      await assert.rejects(play.clock.until(play.calls.showSoftwareConfig(alien, { id })), notFound)
      await assert.rejects(play.clock.until(play.calls.deleteSoftwareConfig(alien, { id })), notFound)
      await assert.rejects(deploy(play, id, {}, alien), notFound)
      assert.deepEqual(await play.clock.until(play.calls.listSoftwareConfigs(alien, {})), [])
      assert.equal((await play.clock.until(play.calls.listSoftwareConfigs(root, {}))).length, 1)
      const all = play.calls.listSoftwareConfigs(alien, { globalTenant: true })
      assert.equal((await play.clock.until(all)).length, 1)
      await play.clock.until(play.calls.deleteSoftwareConfig(root, { id }))
      await assert.rejects(play.clock.until(play.calls.showSoftwareConfig(anna, { id })), notFound)
    }),
  )

  it(
    'stays as long as a software deployment refers to it (§14)',
    playing(async (play) => {
      const { id } = await keep(play)
      const deployment = await deploy(play, id)
      const refused = isProblem('InvalidRestrictedAction', /can not be deleted as it is referenced\.$/)
      await assert.rejects(play.clock.until(play.calls.deleteSoftwareConfig(anna, { id })), refused)
      await play.clock.until(play.calls.deleteSoftwareDeployment(anna, deployment))
      await play.clock.until(play.calls.deleteSoftwareConfig(anna, { id }))
    }),
  )

  it(
    'has inputs and outputs filled in as they are declared (§14)',
    playing(async (play) => {
      const inputs = [
        { name: 'port', type: 'Number', default: '80', replace_on_change: false, value: null },
        { name: 'names', type: 'CommaDelimitedList', default: 'a,b', description: null },
        { name: 'old', type: 'Json', default: '', replace_on_change: true },
      ]
      const outputs = [{ name: 'done' }, { name: 'broken', description: 'Why', error_output: 'true' }]
      const made = await keep(play, { inputs, outputs })
      assert.deepEqual(made.inputs, [
        { name: 'port', type: 'Number', default: 80, value: null },
        { name: 'names', type: 'CommaDelimitedList', default: ['a', 'b'] },
        { name: 'old', type: 'Json', default: '', replace_on_change: true },
      ])
      assert.deepEqual(made.outputs, [
        { name: 'done', type: 'String', error_output: false },
        { name: 'broken', description: 'Why', type: 'String', error_output: true },
      ])
    }),
  )

  it(
    'is refused with inputs or outputs that make no sense (§14)',
    playing(async (play) => {
      const wrong: readonly [Partial<NewSoftwareConfig>, RegExp][] = [
        [{ inputs: { name: 'a' } }, /^Software Config I\/O Schema must be in a list$/],
        [{ outputs: ['a'] }, /^Software Config I\/O Schema must be a dict$/],
        [{ inputs: [{}] }, /^Property name not assigned$/],
        [{ inputs: [{ name: 'a', type: 'Number', default: 'x' }] }, /^default: /],
        [{ outputs: [{ name: 'a', type: 'Word' }] }, /^type: .*not an allowed value/],
        [{ outputs: [{ name: 'a', value: 1 }] }, /^Unknown Property value$/],
      ]
      for (const [part, words] of wrong)
        await assert.rejects(keep(play, part), isProblem('ValueError', words))
    }),
  )

  it(
    'is refused beyond so many, but for administrators (§15)',
    playing(
      async (play) => {
        const { id } = await keep(play)
        const words = /maximum software configs per tenant, 1\. Please delete some software configs\.$/
        await assert.rejects(keep(play), isProblem('RequestLimitExceeded', words))
        await keep(play, {}, alien)
        await keep(play, {}, root)
        await keep(play, {}, root)
        await deploy(play, id)
        await assert.rejects(deploy(play, id), isProblem('RequestLimitExceeded', /software deployments/))
      },
      { options: { maxSoftwareConfigsPerTenant: 1, maxSoftwareDeploymentsPerTenant: 1 } },
    ),
  )

  it(
    'is made once, however often the call for it arrives',
    playing(async (play) => {
      const context = { id: 'c-1', signal: new AbortController().signal, again: true }
      const made = await play.clock.until(play.calls.createSoftwareConfig(anna, script, context))
      assert.equal(made.id, 'c-1')
      assert.deepEqual(await play.clock.until(play.calls.createSoftwareConfig(anna, script, context)), made)
    }),
  )
})
