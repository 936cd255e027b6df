import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { silent } from '../../../src/base/log.ts'
import { examine } from '../../../src/bin/doctor/doctor.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts'
import { openStore } from '../../../src/store/index.ts'

const password = 'pw-that-is-told-to-nobody'
const key = 'k3y-of-thirty-two-characters-abc'

describe('the doctor', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-doctor-'))
  let cloud: Simulator
  let api: Server
  let url: string

  before(async () => {
    cloud = await startSimulator({ password })
    api = createServer((_request, reply) => void reply.end('{"versions": []}')).listen(0, '127.0.0.1')
    await new Promise((resolve) => api.once('listening', resolve))
    url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
    const store = await openStore({ connection: database('good'), encryptionKey: key, log: silent })
    await store.close()
  })
  after(async () => {
    api.close()
    await cloud.close()
    rmSync(folder, { recursive: true })
  })

  const database = (name: string) => `sqlite:///${folder}/${name}.db`

  /** A set-up with which all is well, but for what is said of it. */
  async function found(changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {}) {
    const settings: Record<string, Record<string, string>> = {
      DEFAULT: {
        ...{ auth_encryption_key: key, environment_dir: join(folder, 'none') },
        ...{ stack_user_domain_name: 'heat', stack_domain_admin: 'heat_domain_admin' },
        stack_domain_admin_password: password,
      },
      database: { connection: database('good') },
      keystone_authtoken: {
        ...{ auth_url: cloud.authUrl, username: 'hearth', password, interface: 'public' },
        ...{ project_name: 'service', user_domain_name: 'Default', project_domain_name: 'Default' },
      },
    }
    for (const [section, values] of Object.entries(changes))
      settings[section] = { ...settings[section], ...values }
    const file = join(folder, 'hearth.conf')
    const text = Object.entries(settings).map(([section, values]) =>
      [`[${section}]`, ...Object.entries(values).map(([name, value]) => `${name} = ${value}`)].join('\n'),
    )
    writeFileSync(file, text.join('\n'))
    const findings = await examine({ configFile: file, stateDirectory: folder })
    const said = JSON.stringify(findings)
    for (const secret of [password, key]) assert.ok(!said.includes(secret), 'no secret is told')
    const of = (check: string) => findings.filter((one) => one.check === check).map(({ status }) => status)
    const words = (check: string) =>
      findings
        .filter((one) => one.check === check)
        .map(({ finding, advice }) => `${finding} ${advice}`)
        .join('\n')
    return { findings, of, words }
  }

  it('is content where all is well', async () => {
    cloud.addEndpoint('orchestration', 'hearth', `${url}/v1/%(project_id)s`)
    const { findings, of } = await found()
    assert.deepEqual(
      findings.filter(({ status }) => status !== 'ok'),
      [],
    )
    for (const check of ['database', 'encryption key', 'message broker', 'service user', 'trustee', 'trusts'])
      assert.deepEqual(of(check), ['ok'], check)
    for (const check of ['keystone', 'clock', 'endpoint', 'nova', 'neutron', 'glance', 'cinder'])
      assert.deepEqual(of(check), ['ok'], check)
  })

  it('notices a domain for the users of stacks that can not be used', async () => {
    const wrong = await found({ DEFAULT: { stack_domain_admin_password: 'wrong' } })
    assert.deepEqual(wrong.of('stack domain admin'), ['error'])
    assert.match(wrong.words('stack domain admin'), /does not let it in/)
    const { of, words } = await found({ DEFAULT: { heat_stack_user_role: 'nobody' } })
    assert.deepEqual([of('stack domain admin'), of('stack users')], [['ok'], ['error']])
    assert.match(words('stack users'), /openstack role create nobody/)
  })

  it('notices a wrong password of the service user', async () => {
    const { of, words } = await found({ keystone_authtoken: { password: 'wrong' } })
    assert.deepEqual(of('service user'), ['error'])
    assert.match(words('service user'), /does not let it in.*\[keystone_authtoken\]/)
  })

  it('notices a Keystone that is not there', async () => {
    const { of, words } = await found({ keystone_authtoken: { auth_url: 'http://127.0.0.1:1/v3' } })
    assert.deepEqual(of('keystone'), ['error', 'error', 'error'])
    assert.match(words('keystone'), /127\.0\.0\.1:1.*Check auth_url/)
  })

  it('notices a user who may not ask whose tokens are', async () => {
    const { of, words } = await found({ keystone_authtoken: { username: 'demo', project_name: 'demo' } })
    assert.deepEqual(of('keystone'), ['warning'])
    assert.match(words('keystone'), /openstack role add/)
  })

  it('notices a region that has nothing', async () => {
    const { of } = await found({ keystone_authtoken: { region_name: 'Nowhere' } })
    assert.deepEqual(of('endpoint'), ['warning'])
    assert.deepEqual(of('nova'), ['warning'])
  })

  it('notices an address in the catalog that nobody answers', async () => {
    const another = await startSimulator({ password })
    another.addEndpoint('orchestration', 'hearth', 'http://127.0.0.1:1/v1/%(project_id)s')
    const { of, words } = await found({ keystone_authtoken: { auth_url: another.authUrl } })
    await another.close()
    assert.deepEqual(of('endpoint'), ['error'])
    assert.match(words('endpoint'), /Start `hearth api`/)
  })

  it('notices a wrong trustee', async () => {
    const { of, words } = await found({
      trustee: { username: 'hearth', password: 'wrong', user_domain_name: 'Default' },
    })
    assert.deepEqual(of('trustee'), ['error'])
    assert.match(words('trustee'), /\[trustee\]/)
  })

  it('notices a database without tables, one of another key, and one that is not there', async () => {
    assert.deepEqual((await found({ database: { connection: database('new') } })).of('database'), ['warning'])
    const other = await found({ DEFAULT: { auth_encryption_key: 'x'.repeat(32) } })
    assert.deepEqual(other.of('encryption key'), ['error'])
    const secret = 'hidden-password'
    const away = await found({ database: { connection: `postgresql://u:${secret}@127.0.0.1:1/hearth` } })
    assert.deepEqual(away.of('database'), ['error'])
    assert.ok(!JSON.stringify(away.findings).includes(secret))
  })

  it('notices a key that is none, or too short', async () => {
    const short = await found({ DEFAULT: { auth_encryption_key: 'short-one' } })
    assert.ok(short.of('encryption key').includes('error'))
    const none = await found({
      DEFAULT: { auth_encryption_key: '' },
      database: { connection: database('n') },
    })
    assert.deepEqual(none.of('encryption key'), ['warning'])
  })

  it('notices a broker that is not there, and says nothing of its password', async () => {
    const { of, findings } = await found({ DEFAULT: { transport_url: 'rabbit://u:hidden-one@127.0.0.1:1/' } })
    assert.deepEqual(of('message broker'), ['error'])
    assert.ok(!JSON.stringify(findings).includes('hidden-one'))
    assert.deepEqual((await found({ DEFAULT: { transport_url: 'nonsense' } })).of('message broker'), [
      'error',
    ])
  })

  it('notices files that can not be read, and settings that mean nothing', async () => {
    const policy = join(folder, 'policy.yaml')
    assert.deepEqual((await found({ oslo_policy: { policy_file: policy } })).of('policy'), ['warning'])
    writeFileSync(policy, '- no map')
    assert.deepEqual((await found({ oslo_policy: { policy_file: policy } })).of('policy'), ['error'])
    writeFileSync(policy, '"stacks:index": "role:reader"\n')
    const { of } = await found({ oslo_policy: { policy_file: policy }, hearth: { nonsense: '1' } })
    assert.deepEqual([of('policy'), of('configuration')], [['ok'], ['ok', 'warning']])
    assert.deepEqual((await found({ heat_api: { bind_port: 'many' } })).findings.at(-1)?.status, 'error')
  })
})
