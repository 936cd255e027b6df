import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { namedFiles, readSettings } from '../../src/bin/configuration.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-configuration-'))
after(() => rmSync(folder, { recursive: true }))

const access =
  '[keystone_authtoken]\nauth_url = http://keystone:5000\nusername = heat\npassword = secret\nproject_name = service\n'

function settings(text: string, options: Parameters<typeof readSettings>[1] = { env: {} }) {
  const file = join(folder, 'heat.conf')
  writeFileSync(file, text)
  return readSettings([file], options)
}

it('reaches Keystone as the user that the file names, and the clouds as that user too', () => {
  const { own, trustee, api, limits, warnings } = settings(
    `${access}user_domain_name = Default
project_domain_id = default
www_authenticate_uri = https://public:5000
[clients]
endpoint_type = internalURL
insecure = true
ca_file = /ca.pem
[hearth]
concurrency = compute:4
[DEFAULT]
region_name_for_services = north
auth_encryption_key = ${'k'.repeat(32)}
stack_user_domain_name = heat
stack_domain_admin = heat_domain_admin
stack_domain_admin_password = hidden
`,
  )
  const account = {
    authUrl: 'http://keystone:5000',
    credential: {
      by: 'password',
      user: { name: 'heat', domain: { name: 'Default' } },
      password: 'secret',
      scope: { project: { name: 'service', domain: { id: 'default' } } },
    },
    interface: 'internal',
    region: 'north',
    cacert: '/ca.pem',
  }
  assert.deepEqual(own, { ...account, verify: true })
  assert.deepEqual(trustee, { ...account, verify: false })
  assert.equal(api.keystoneUrl, 'https://public:5000')
  assert.deepEqual(limits, { compute: 4 })
  assert.deepEqual(warnings, [])
})

it('reaches the domain in which stacks have users as its administrator', () => {
  const domain = `${access}[DEFAULT]\nheat_stack_user_role = signaller\nstack_user_domain_id = d1\n`
  const admin = 'stack_domain_admin = keeper\nstack_domain_admin_password = hidden\n'
  const { stackDomainAdmin, stackUserRole } = settings(`${domain}${admin}`)
  assert.equal(stackUserRole, 'signaller')
  assert.deepEqual(stackDomainAdmin, {
    authUrl: 'http://keystone:5000',
    credential: {
      by: 'password',
      user: { name: 'keeper', domain: { id: 'd1' } },
      password: 'hidden',
      scope: { domain: { id: 'd1' } },
    },
    interface: 'internal',
    verify: true,
  })
  assert.throws(() => settings(domain), /stack_domain_admin_password/)
  assert.match(settings(access).warnings.join(), /users that stacks make are in their owners' projects/)
})

it('lets stacks be entrusted to another user, whom Keystone knows at the same address unless the file has one', () => {
  const trustee = '[trustee]\nusername = trusted\npassword = other\nuser_domain_id = default\n'
  const both = settings(access + trustee)
  assert.deepEqual(both.trustee, {
    authUrl: 'http://keystone:5000',
    credential: { by: 'password', user: { name: 'trusted', domain: { id: 'default' } }, password: 'other' },
    interface: 'public',
    verify: true,
  })
  assert.deepEqual(both.own.credential, settings(access).own.credential)
  const alone = settings(`${trustee}auth_url = http://other:5000\n`)
  assert.deepEqual([alone.own.authUrl, alone.trustee.authUrl], ['http://other:5000', 'http://other:5000'])
})

it('tells a process of a site everything that must be said and is not', () => {
  assert.throws(
    () => readSettings([], { env: {}, part: 'engine' }),
    /transport_url must say .*\n.*\[database\] connection must say .*\n.*\[keystone_authtoken\] must say .*\n.*no configuration file was read/,
  )
  const bus = '[DEFAULT]\ntransport_url = rabbit://broker\n'
  const api = settings(access + bus, { env: {}, part: 'api' })
  assert.deepEqual([api.transportUrl, api.warnings], ['rabbit://broker', []])
  assert.throws(
    () => settings(access + bus, { env: {}, part: 'engine' }),
    /used:\n {2}\[database\] connection must say [^\n]*\n {2}set it in .*heat\.conf, or in the environment as OS_SECTION__OPTION$/,
  )
})

it('reads the files that are named, the command line before the environment', () => {
  const env = { HEARTH_CONFIG_FILE: '/a.conf, /b.conf' }
  assert.deepEqual(namedFiles(undefined, env), ['/a.conf', '/b.conf'])
  assert.deepEqual(namedFiles('c.conf', env), ['c.conf'])
  assert.deepEqual(namedFiles(undefined, {}), [])
})

it('says what is missing to reach Keystone, and where', () => {
  assert.throws(
    () => settings('[keystone_authtoken]\nauth_url = http://k\nusername = heat\n'),
    /\[keystone_authtoken\] of .*heat\.conf: password is missing/,
  )
  assert.throws(
    () => readSettings([], { env: {} }),
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
  const silent = readSettings([], { embedded, env: {} })
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
  assert.deepEqual(said.policy, {
    files: [join(folder, 'policy.yaml')],
    directories: [join(folder, 'policy.d')],
  })
  assert.equal(said.engine.stackActionTimeoutSeconds, 60)
  assert.equal(said.own, embedded.own)
})

it('guards the door as the file says', () => {
  const { api, tls, own, trustee, auditLog, auditNotifications, warnings } =
    settings(`${access}certfile = /own.pem
keyfile = /own.key
[DEFAULT]
auth_encryption_key = ${'k'.repeat(32)}
transport_url = rabbit://h/
stack_user_domain_name = heat
stack_domain_admin = heat_domain_admin
stack_domain_admin_password = hidden
[clients]
cert_file = /both.pem
[heat_api]
cert_file = /server.pem
[ssl]
key_file = /server.key
ca_file = /ca.pem
[cors]
allowed_origin = https://horizon
allow_headers = X-Own
allow_credentials = false
max_age = 5
[rate_limit]
changes_per_minute = 60
unauthenticated_burst = 3
[healthcheck]
disable_by_file_path = /disabled
[audit_middleware_notifications]
driver = messagingv2
topics = audit
[hearth]
audit_log = false
template_url_schemes = https
template_url_private_hosts = a, 10.0.0.0/8
`)
  assert.deepEqual(tls, { cert: '/server.pem', key: '/server.key', ca: '/ca.pem' })
  assert.deepEqual(own.certificate, { cert: '/own.pem', key: '/own.key' })
  assert.deepEqual(trustee.certificate, { cert: '/both.pem', key: '/both.pem' })
  const { allowedOrigins, allowHeaders, allowCredentials, maxAgeSeconds, allowMethods } =
    api.crossOrigin ?? {}
  assert.deepEqual([allowedOrigins, allowHeaders, allowCredentials], [['https://horizon'], ['X-Own'], false])
  assert.deepEqual([maxAgeSeconds, allowMethods?.length], [5, 5])
  assert.deepEqual(api.rates?.changes, { perMinute: 60, burst: 20 })
  assert.deepEqual(api.rates?.strangers, { perMinute: 0, burst: 3 })
  assert.equal(api.disablingFile, '/disabled')
  assert.deepEqual(api.reachable, { schemes: ['https'], hosts: [], privateHosts: ['a', '10.0.0.0/8'] })
  assert.deepEqual(
    [auditLog, auditNotifications?.topics, auditNotifications?.transportUrl],
    [false, ['audit'], 'rabbit://h/'],
  )
  assert.deepEqual(warnings, [])
  assert.throws(
    () => settings(`${access}[ssl]\ncert_file = /a.pem\n`),
    /cert_file and key_file belong together/,
  )
})
