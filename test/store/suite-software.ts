import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { CallCarriedOut, RequestLimitExceeded } from '../../src/contract/problems.ts'
import type { SoftwareConfigRow, SoftwareDeploymentRow, Store } from '../../src/store/index.ts'
import { withStore } from './fixtures.ts'
import type { Subject } from './suite.ts'

let moment = 0

const aConfig = (part: Partial<SoftwareConfigRow> = {}): SoftwareConfigRow => ({
  ...{ id: randomUUID(), projectId: 'project', name: 'install', group: 'script', createdAt: ++moment },
  content: {
    config: '#!/bin/sh\necho unheard-of schön 🔑 \0',
    inputs: [{ name: 'port', type: 'Number', default: 80 }],
    outputs: [{ name: 'done', type: 'String', error_output: false }],
    options: { deep: { er: [null, true] } },
  },
  ...part,
})

const aDeployment = (
  config: SoftwareConfigRow,
  part: Partial<SoftwareDeploymentRow> = {},
): SoftwareDeploymentRow => ({
  ...{ id: randomUUID(), projectId: 'project', stackUserProjectId: null, configId: config.id },
  ...{ serverId: 'server', action: 'CREATE', status: 'IN_PROGRESS', statusReason: null },
  ...{ createdAt: ++moment, updatedAt: null, inputValues: { word: 'never-seen' }, outputValues: null },
  ...part,
})

export function describeSoftware(subject: Subject): void {
  describe(`software on ${subject.name}`, () => {
    let store: Store
    let connection: string
    withStore(subject, (opened) => {
      ;({ store, connection } = opened)
    })

    const stored = async (part: Partial<SoftwareConfigRow> = {}): Promise<SoftwareConfigRow> => {
      const config = aConfig(part)
      await store.addSoftwareConfig(config)
      return config
    }
    const deployed = async (
      config: SoftwareConfigRow,
      part: Partial<SoftwareDeploymentRow> = {},
    ): Promise<SoftwareDeploymentRow> => {
      const deployment = aDeployment(config, part)
      assert.equal(await store.addSoftwareDeployment(deployment), true)
      return deployment
    }

    it('gives configs and deployments back, and keeps what is in them secret', async () => {
      const config = await stored({ name: null, group: null })
      const bare = await deployed(config, { action: null, status: null, statusReason: null })
      const full = await deployed(config, {
        ...{ stackUserProjectId: 'users', outputValues: { said: 'unheard-of' }, statusReason: 'Why' },
      })
      assert.deepEqual(await store.softwareConfigs([config.id, 'nobody']), [config])
      assert.deepEqual(await store.softwareConfigs([]), [])
      assert.deepEqual(await store.softwareDeployment(bare.id), bare)
      assert.deepEqual(await store.softwareDeployment(full.id), full)
      assert.equal(await store.softwareDeployment('nobody'), undefined)
      if (connection === 'sqlite://') return
      const bytes = await subject.bytes(connection)
      for (const secret of ['unheard-of', 'never-seen']) assert.equal(bytes.includes(secret), false)
    })

    it('stores a config once, however often it is added', async () => {
      const config = await stored()
      await deployed(config)
      await store.addSoftwareConfig({ ...config, name: 'another' })
      assert.deepEqual(await store.softwareConfigs([config.id]), [config])
      assert.equal(await store.dropSoftwareConfig(config.id), false)
    })

    it('lists configs page by page, the newest first, of one project or of all', async () => {
      const projectId = randomUUID()
      const rows = [await stored({ projectId }), await stored({ projectId }), await stored({ projectId })]
      const [first, second, third] = rows.map(({ content: _, ...head }) => head)
      const list = (page: { limit?: number; marker?: string }) => store.listSoftwareConfigs(projectId, page)
      assert.deepEqual(await list({}), [third, second, first])
      assert.deepEqual(await list({ limit: 2 }), [third, second])
      assert.deepEqual(await list({ limit: 2, marker: second?.id ?? '' }), [first])
      assert.deepEqual(await list({ marker: 'nobody' }), [third, second, first])
      const other = await stored()
      const all = await store.listSoftwareConfigs(undefined, { limit: 2 })
      assert.deepEqual(
        all.map(({ id }) => id),
        [other.id, third?.id],
      )
      assert.equal(await store.countSoftwareConfigs(projectId), 3)
    })

    it('drops a config only when no deployment refers to it any more', async () => {
      const [config, other] = [await stored(), await stored()]
      const deployment = await deployed(config)
      assert.equal(await store.dropSoftwareConfig(config.id), false)
      await store.changeSoftwareDeployment(deployment.id, { configId: config.id, updatedAt: 5 })
      assert.equal(await store.dropSoftwareConfig(config.id), false)
      await store.changeSoftwareDeployment(deployment.id, { configId: other.id, updatedAt: 6 })
      assert.equal(await store.dropSoftwareConfig(config.id), true)
      assert.equal(await store.dropSoftwareConfig(config.id), true)
      assert.equal(await store.dropSoftwareConfig(other.id), false)
      assert.equal(await store.dropSoftwareDeployment(deployment.id), true)
      assert.equal(await store.dropSoftwareDeployment(deployment.id), false)
      assert.equal(await store.dropSoftwareConfig(other.id), true)
    })

    it('never has a deployment without its config, whatever happens at once', async () => {
      const config = await stored()
      const added = await Promise.all([
        ...Array.from({ length: 4 }, () => store.addSoftwareDeployment(aDeployment(config))),
        store.dropSoftwareConfig(config.id),
      ])
      const isThere = (await store.softwareConfigs([config.id])).length === 1
      assert.equal(isThere, added.slice(0, 4).includes(true))
      assert.equal(await store.addSoftwareDeployment(aDeployment(aConfig())), false)
    })

    it('changes what is said of a deployment, and keeps the rest', async () => {
      const config = await stored()
      const deployment = await deployed(config)
      const change = { status: 'COMPLETE', outputValues: { deploy_status_code: 0 }, updatedAt: 77 }
      const changed = await store.changeSoftwareDeployment(deployment.id, change)
      assert.deepEqual(changed, { ...deployment, ...change })
      assert.deepEqual(await store.softwareDeployment(deployment.id), changed)
      const nowhere = { configId: 'nobody', status: 'FAILED', updatedAt: 78 }
      assert.equal(await store.changeSoftwareDeployment(deployment.id, nowhere), 'no config')
      assert.deepEqual(await store.softwareDeployment(deployment.id), changed)
      const lost = { configId: config.id, updatedAt: 79 }
      assert.equal(await store.changeSoftwareDeployment('nobody', lost), 'no deployment')
      await store.dropSoftwareDeployment(deployment.id)
      assert.equal(await store.dropSoftwareConfig(config.id), true)
    })

    it('keeps count when several change the config of a deployment at once', async () => {
      const configs = [await stored(), await stored(), await stored()]
      const deployment = await deployed(configs[0] ?? assert.fail())
      await Promise.all(
        configs.map(({ id }, i) =>
          store.changeSoftwareDeployment(deployment.id, { configId: id, updatedAt: i }),
        ),
      )
      const { configId } = (await store.softwareDeployment(deployment.id)) ?? assert.fail()
      for (const { id } of configs) assert.equal(await store.dropSoftwareConfig(id), id !== configId)
    })

    it('lists deployments of a project, those of its users among them, and of a server; the oldest first', async () => {
      const [projectId, users, serverId] = [randomUUID(), randomUUID(), randomUUID()]
      const config = await stored({ projectId })
      const first = await deployed(config, { projectId, serverId, stackUserProjectId: users })
      const second = await deployed(config, { projectId })
      const alien = await deployed(config, { projectId: randomUUID(), serverId })
      assert.deepEqual(await store.listSoftwareDeployments({ projectId }), [first, second])
      assert.deepEqual(await store.listSoftwareDeployments({ projectId, serverId }), [first])
      assert.deepEqual(await store.listSoftwareDeployments({ projectId: users }), [first])
      assert.deepEqual(await store.listSoftwareDeployments({ serverId }), [first, alien])
      assert.ok((await store.listSoftwareDeployments({})).length >= 3)
      assert.equal(await store.countSoftwareDeployments(projectId), 2)
    })

    it('does once what one call asks for', async () => {
      const noted = () => ({ id: randomUUID(), carriedOutAt: 1 })
      const twice = async (work: (call: ReturnType<typeof noted>) => Promise<unknown>) => {
        const call = noted()
        await work(call)
        await assert.rejects(work(call), CallCarriedOut.is)
        assert.deepEqual(await store.carriedOut(call.id), call)
      }
      const config = aConfig()
      await twice((call) => store.addSoftwareConfig(config, call))
      const deployment = await deployed(config)
      await twice((call) => store.changeSoftwareDeployment(deployment.id, { updatedAt: 1 }, call))
      await twice((call) => store.addSoftwareDeployment(aDeployment(config), call))
    })

    it('refuses to read at once what is too much for that', async () => {
      const projectId = randomUUID()
      const config = await stored({ projectId })
      const inputValues = { large: 'x'.repeat(7 * 1024 * 1024) }
      for (let i = 0; i < 4; i++) await deployed(config, { projectId, inputValues })
      await assert.rejects(store.listSoftwareDeployments({ projectId }), RequestLimitExceeded.is)
    })
  })
}
