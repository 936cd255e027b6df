import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { readSettings } from '../../src/bin/configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-configuration-'))
after(() => rmSync(folder, { recursive: true }))

const access =
  '[keystone_authtoken]\nauth_url = http://keystone:5000\nusername = heat\npassword = secret\nproject_name = service\n'

function settings(text: string, options: Parameters<typeof readSettings>[1] = { env: {} }) {
  const file = join(folder, 'heat.conf')
  writeFileSync(file, text)
  return readSettings(file, options)
}

it('reaches Keystone as the user that the file names', () => {
  const { own, api, limits, warnings } = settings(
    `${access}user_domain_name = Default\nproject_domain_id = default\nwww_authenticate_uri = https://public:5000\n[clients]\nendpoint_type = internalURL\ninsecure = true\n[hearth]\nconcurrency = compute:4\n[DEFAULT]\nauth_encryption_key = ${'k'.repeat(32)}\n`,
  )
  assert.deepEqual(own, {
    authUrl: 'http://keystone:5000',
    credential: {
      by: 'password',
      user: { name: 'heat', domain: { name: 'Default' } },
      password: 'secret',
      scope: { project: { name: 'service', domain: { id: 'default' } } },
    },
    interface: 'internal',
    verify: false,
  })
  assert.equal(api.keystoneUrl, 'https://public:5000')
  assert.deepEqual(limits, { compute: 4 })
  assert.deepEqual(warnings, [])
})

it('says what is missing to reach Keystone, and where', () => {
  assert.throws(
    () => settings('[keystone_authtoken]\nauth_url = http://k\nusername = heat\n'),
    /\[keystone_authtoken\] of .*heat\.conf: password is missing/,
  )
  assert.throws(
    () => readSettings(undefined, { env: {} }),
    /\[keystone_authtoken\] of the environment: auth_url is missing/,
  )
})

it('warns of a service that encrypts with the key that everybody knows', () => {
  const { warnings, encryptionKey } = settings(access)
  assert.equal(encryptionKey.length, 32)
  assert.match(warnings.join(), /auth_encryption_key is not set/)
})

it('lets the file decide what is embedded, but for the cloud', () => {
  const embedded = { database: 'sqlite:///own.db', encryptionKey: 'e'.repeat(32), own: settings(access).own }
  const silent = readSettings(undefined, { embedded, env: {} })
  assert.deepEqual(
    [silent.database, silent.encryptionKey, silent.warnings],
    [embedded.database, embedded.encryptionKey, []],
  )
  const said = settings(
    '[database]\nconnection = postgresql://h/d\n[oslo_policy]\npolicy_file = policy.yaml\n',
    {
      embedded,
      env: { OS_DEFAULT__STACK_ACTION_TIMEOUT: '60' },
    },
  )
  assert.equal(said.database, 'postgresql://h/d')
  assert.equal(said.policyFile, join(folder, 'policy.yaml'))
  assert.equal(said.engine.stackActionTimeoutSeconds, 60)
  assert.equal(said.own, embedded.own)
})
