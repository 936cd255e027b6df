import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SoftwareConfigInUse } from '../../src/contract/problems.ts'
import { ask, bench, softwareConfig as config, softwareDeployment as deployment } from './kit.ts'

const head = { id: 'c1', name: 'install', group: 'script', creation_time: '2026-01-31T09:30:00Z' }
const whole = {
  ...head,
  config: '#!/bin/sh',
  inputs: [{ name: 'a', type: 'String' }],
  outputs: [],
  options: {},
}

const told = {
  ...{ id: 'd1', server_id: 's', config_id: 'c1', input_values: {}, output_values: null, action: 'CREATE' },
  ...{ status: 'IN_PROGRESS', status_reason: null, creation_time: '2026-01-31T09:30:00Z' },
}

const configs = '/v1/p1/software_configs'
const deployments = '/v1/p1/software_deployments'

describe('software configs over REST', () => {
  test('are made of what a body says, and what it does not say is empty', async () => {
    const server = bench({ engine: { createSoftwareConfig: async () => config } })
    const said = { name: 'install', group: 'script', config: '#!/bin/sh', inputs: [{ name: 'a' }] }
    const { status, json } = await ask(server, `POST ${configs}`, { body: said })
    assert.deepEqual([status, json()], [200, { software_config: whole }])
    await ask(server, `POST ${configs}`, { body: { inputs: null, options: null, config: { a: [1] } } })
    assert.deepEqual(
      server.asked.map((one) => one.ask),
      [
        { ...said, outputs: [], options: {} },
        { name: null, group: null, config: { a: [1] }, inputs: [], outputs: [], options: {} },
      ],
    )
  })

  test('are refused when they make no sense', async () => {
    const server = bench({ engine: { createSoftwareConfig: async () => config } })
    for (const body of [{ name: 5 }, { name: 'x'.repeat(256) }, { group: [] }, { options: 'x' }])
      assert.equal((await ask(server, `POST ${configs}`, { body })).status, 400)
    assert.equal((await ask(server, `POST ${configs}`)).status, 400)
    assert.deepEqual(server.asked, [])
  })

  test('are listed by pages, and of all projects only for whom that is allowed', async () => {
    const engine = { listSoftwareConfigs: async () => [config] }
    const server = bench({ engine })
    const { json } = await ask(server, `GET ${configs}?limit=2&marker=c0&name=x`)
    assert.deepEqual(json(), { software_configs: [head] })
    assert.deepEqual(server.asked[0]?.ask, { limit: 2, marker: 'c0' })
    const all = await ask(server, `GET ${configs}?global_tenant=true`)
    assert.deepEqual(all.json(), { software_configs: [{ ...head, project: 'p1' }] })
    const strict = bench({ engine, forbidden: ['software_configs:global_index'] })
    assert.equal((await ask(strict, `GET ${configs}?global_tenant=true`)).status, 403)
    assert.equal((await ask(strict, `GET ${configs}?global_tenant=false`)).status, 200)
    assert.equal((await ask(strict, `GET ${configs}?global_tenant=x`)).status, 400)
    assert.equal((await ask(strict, `GET ${configs}?limit=-1`)).status, 400)
  })

  test('are shown, and deleted unless they are in use', async () => {
    let isUsed = true
    const server = bench({
      engine: {
        showSoftwareConfig: async () => config,
        async deleteSoftwareConfig() {
          if (isUsed) throw SoftwareConfigInUse({ config: 'c1' })
        },
      },
    })
    assert.deepEqual((await ask(server, `GET ${configs}/c1`)).json(), { software_config: whole })
    const refused = await ask(server, `DELETE ${configs}/c1`)
    assert.deepEqual(
      [refused.status, refused.json().error.type, refused.json().error.message],
      [409, 'InvalidRestrictedAction', 'Software config with id c1 can not be deleted as it is referenced.'],
    )
    isUsed = false
    assert.equal((await ask(server, `DELETE ${configs}/c1`)).status, 204)
    assert.equal((await ask(server, `PUT ${configs}/c1`, { body: {} })).status, 405)
  })
})

describe('software deployments over REST', () => {
  test('are made of what a body says', async () => {
    const server = bench({ engine: { createSoftwareDeployment: async () => deployment } })
    const body = { server_id: 's', config_id: 'c1', action: 'CREATE', status: 'IN_PROGRESS' }
    const { status, json } = await ask(server, `POST ${deployments}`, { body })
    assert.deepEqual([status, json()], [200, { software_deployment: told }])
    assert.deepEqual(server.asked[0]?.ask, {
      ...{ serverId: 's', configId: 'c1', inputValues: {}, action: 'CREATE', status: 'IN_PROGRESS' },
      ...{ statusReason: null, stackUserProjectId: null },
    })
  })

  test('are refused without a server or a config, and with what is too long', async () => {
    const server = bench({ engine: { createSoftwareDeployment: async () => deployment } })
    const whole = { server_id: 's', config_id: 'c1' }
    for (const wrong of [
      ...[{ server_id: null }, { config_id: '' }, { input_values: [] }, { status: 5 }],
      ...[{ stack_user_project_id: 'x'.repeat(65) }, { server_id: 'x'.repeat(65) }],
    ])
      assert.equal((await ask(server, `POST ${deployments}`, { body: { ...whole, ...wrong } })).status, 400)
    assert.deepEqual(server.asked, [])
  })

  test('are listed, shown, changed and deleted', async () => {
    const server = bench({
      engine: {
        listSoftwareDeployments: async () => [deployment],
        showSoftwareDeployment: async () => deployment,
        updateSoftwareDeployment: async () => ({ ...deployment, updatedAt: deployment.createdAt + 1000 }),
        deleteSoftwareDeployment: async () => {},
        showServerConfigs: async () => [config],
      },
    })
    assert.deepEqual((await ask(server, `GET ${deployments}?server_id=s`)).json(), {
      software_deployments: [told],
    })
    await ask(server, `GET ${deployments}`)
    assert.deepEqual((await ask(server, `GET ${deployments}/d1`)).json(), { software_deployment: told })
    assert.deepEqual((await ask(server, `GET ${deployments}/metadata/s`)).json(), { metadata: [whole] })
    const body = {
      status: 'COMPLETE',
      output_values: { a: 1 },
      input_values: {},
      action: null,
      config_id: '',
    }
    assert.deepEqual((await ask(server, `PUT ${deployments}/d1`, { body })).json(), {
      software_deployment: { ...told, updated_time: '2026-01-31T09:30:01Z' },
    })
    assert.equal((await ask(server, `DELETE ${deployments}/d1`)).status, 204)
    assert.deepEqual(
      server.asked.map((one) => one.ask),
      [
        { serverId: 's' },
        {},
        { id: 'd1' },
        { serverId: 's' },
        { id: 'd1', status: 'COMPLETE', outputValues: { a: 1 } },
        { id: 'd1' },
      ],
    )
  })
})
