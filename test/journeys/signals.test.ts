import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { silent } from '../../src/base/log.ts'
import { connect, type Session, transport } from '../../src/cloud/index.ts'
import { keystone } from '../../src/cloud/keystone/index.ts'
import { freePort } from '../../tools/free-port.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'

const run = promisify(execFile)

const waiting = `
heat_template_version: 2021-04-16
resources:
  handle: {type: OS::Heat::WaitConditionHandle}
  ready:
    type: OS::Heat::WaitCondition
    properties: {handle: {get_resource: handle}, timeout: 600, count: 2}
  after: {type: OS::Heat::RandomString, depends_on: ready}
outputs:
  say: {value: {get_attr: [handle, curl_cli]}}
  heard: {value: {get_attr: [ready, data]}}
`

const hooks = 'resource_registry: {resources: {after: {hooks: pre-create}}}\n'

describe('waiting to be told, on a real Keystone and through the openstack program', {
  timeout: 900_000,
}, () => {
  const name = `journey-${process.pid}`
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const file = (path: string, text: string): string => {
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  const configuration = `[DEFAULT]
stack_user_domain_name = ${name}
stack_domain_admin = keeper
stack_domain_admin_password = ${name}
`
  // A region of its own, in which nothing but this service is: nobody else's requests come here.
  const region = { OS_REGION_NAME: name }
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], {
    ...administrator(),
    ...region,
    HEARTH_CONFIG_FILE: file('hearth.conf', configuration),
  })
  const carrier = transport({ log: silent })
  let admin: Session
  let domainId = ''
  let tenant: Tenant
  let openstack: OpenStack

  const until = async (isSo: () => Promise<boolean>): Promise<void> => {
    for (let i = 0; i < 60 && !(await isSo()); i++) await pause(1000)
  }

  before(async () => {
    const { OS_AUTH_URL: authUrl = '', OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = administrator()
    const domain = { name: 'Default' }
    admin = await connect({
      ...{ transport: carrier, authUrl },
      credential: {
        ...{ by: 'password', user: { name: OS_USERNAME ?? '', domain }, password: OS_PASSWORD ?? '' },
        scope: { project: { name: OS_PROJECT_NAME ?? '', domain } },
      },
    })
    const { domains, users, roles } = keystone.connect(admin)
    domainId = (await domains.create({ name })).id
    const keeper = await users.create({ name: 'keeper', password: name, domain_id: domainId })
    const [role] = await roles.list({ name: 'admin' })
    const path = `/domains/${domainId}/users/${keeper.id}/roles/${role?.id}`
    await admin.request({ service: ['identity'], method: 'PUT', path })
    await hearth.start(await freePort())
    tenant = await newTenant(name)
    openstack = new OpenStack({ ...tenant.variables, ...region })
  })
  after(async () => {
    await tenant?.remove()
    await hearth.stop()
    const { domains, endpoints, regions } = keystone.connect(admin)
    for (const { id } of await endpoints.list({ region_id: name })) await endpoints.delete(id)
    await regions.delete(name)
    await domains.update(domainId, { enabled: false })
    await domains.delete(domainId)
    await carrier.close()
    rmSync(folder, { recursive: true })
  })

  test('a hook holds a resource, two signals let the stack get there, and it leaves no user behind', async () => {
    const [template, environment] = [file('waiting.yaml', waiting), file('hooks.yaml', hooks)]
    await openstack.text('stack', 'create', '-t', template, '-e', environment, name)
    await until(async () =>
      (await openstack.value('outputs', 'stack', 'show', name)).includes('X-Auth-Token'),
    )
    const say = await openstack.value('output_value', 'stack', 'output', 'show', name, 'say')
    const told = await run('bash', ['-c', `${say} --data-binary '{"status": "SUCCESS", "data": "by curl"}'`])
    assert.match(told.stdout, /^HTTP\/1\.1 200/)
    const said = '{"id": "cli", "data": "by the program"}'
    await openstack.text('stack', 'resource', 'signal', name, 'handle', '--data', said)
    assert.deepEqual(await openstack.json('stack', 'resource', 'metadata', name, 'handle'), {
      1: { status: 'SUCCESS', data: 'by curl', reason: 'Signal 1 received' },
      cli: { status: 'SUCCESS', data: 'by the program', reason: 'Signal 2 received' },
    })
    const poll = () => openstack.text('stack', 'hook', 'poll', name, '-f', 'value', '-c', 'Resource Name')
    await until(async () => (await poll()).trim() === 'after')
    await openstack.text('stack', 'hook', 'clear', name, 'after')
    await until(
      async () => (await openstack.value('stack_status', 'stack', 'show', name)) !== 'CREATE_IN_PROGRESS',
    )
    assert.equal(await openstack.value('stack_status', 'stack', 'show', name), 'CREATE_COMPLETE')
    const heard = await openstack.value('output_value', 'stack', 'output', 'show', name, 'heard')
    assert.deepEqual(JSON.parse(heard), { 1: 'by curl', cli: 'by the program' })

    const { users, projects } = keystone.connect(admin)
    const inDomain = async () => {
      const [people, places] = await Promise.all([
        users.list({ domain_id: domainId }),
        projects.list({ domain_id: domainId }),
      ])
      return [people.length, places.length]
    }
    assert.deepEqual(await inDomain(), [2, 1])
    await openstack.text('stack', 'delete', '--wait', '-y', name)
    assert.deepEqual(await inDomain(), [1, 0])
  })
})
