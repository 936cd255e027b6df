import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ConfigurationInvalid, readConfiguration } from '../../src/base/config.ts'

/** Reads files that are given as texts, and variables. */
function reading(texts: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const readFile = (path: string) => texts[path] ?? assert.fail(`no such file as ${path}`)
  return readConfiguration({ files: Object.keys(texts), env, readFile })
}

const problemsOf = (text: string, env: Readonly<Record<string, string>> = {}): readonly string[] => {
  try {
    reading({ f: text }, env)
  } catch (error) {
    if (ConfigurationInvalid.is(error)) return error.details.problems as string[]
    throw error
  }
  return []
}

it('needs no configuration at all', () => {
  const { configuration, warnings } = readConfiguration({})
  assert.equal(configuration.DEFAULT.max_resources_per_stack, 1000)
  assert.equal(configuration.DEFAULT.transport_url, 'memory://')
  assert.equal(configuration.database.connection, undefined)
  assert.deepEqual(configuration.DEFAULT.hidden_stack_tags, [])
  assert.deepEqual(warnings, [])
})

it('reads the heat.conf of a site', () => {
  const { configuration, warnings } = reading({
    '/etc/heat/heat.conf': `
[DEFAULT]
transport_url = rabbit://openstack:pass@controller
heat_metadata_server_url = http://controller:8000
stack_domain_admin = heat_domain_admin
# max_resources_per_stack = 7
max_resources_per_stack = -1
hidden_stack_tags = data-processing-cluster, ,other
log_dir: /var/log/heat
debug = True

[database]
connection = mysql+pymysql://heat:secret@controller/heat
max_pool_size = 10

[keystone_authtoken]
auth-url = http://controller:5000
auth_uri = http://public:5000
memcached_servers = controller:11211
auth_type = password
project_domain_name = default
user_domain_name = "default"
project_name = service
username = heat
password = 'it is "quoted"'

[trustee]
auth_plugin = password

[clients_keystone]
auth_uri = http://controller:5000
[ec2authtoken]
auth_uri = http://controller:5000
[paste_deploy]
flavor = standalone
[oslo_messaging_rabbit]
amqp_durable_queues = true
`,
  })
  assert.deepEqual(warnings, [])
  assert.equal(configuration.DEFAULT.transport_url, 'rabbit://openstack:pass@controller')
  assert.equal(configuration.DEFAULT.max_resources_per_stack, -1)
  assert.deepEqual(configuration.DEFAULT.hidden_stack_tags, ['data-processing-cluster', 'other'])
  assert.equal(configuration.DEFAULT.debug, true)
  assert.equal(configuration.database.connection, 'mysql+pymysql://heat:secret@controller/heat')
  const { auth_url, www_authenticate_uri, user_domain_name, password } = configuration.keystone_authtoken
  assert.deepEqual(
    [auth_url, www_authenticate_uri, user_domain_name, password],
    ['http://controller:5000', 'http://public:5000', 'default', 'it is "quoted"'],
  )
  assert.equal(configuration.trustee.auth_type, 'password')
})

it('takes the last word: of a key that is repeated, of several files, and of the environment', () => {
  const one = '[DEFAULT]\nhost = a\nhost = b\nstack_action_timeout = 1\naction_retry_limit = 1'
  const two =
    '[DEFAULT]\nstack_action_timeout = 2\naction_retry_limit = 2\n[hearth]\nconcurrency = compute:4, network : 9'
  const env = {
    OS_DEFAULT__ACTION_RETRY_LIMIT: '3',
    OS_AUTH_URL: 'x',
    OS_DEFAULT__UNHEARD_OF: 'x',
    OS_HEARTH__STATE_DIR: '/s',
  }
  const { configuration, warnings } = reading({ one, two }, env)
  assert.equal(configuration.DEFAULT.host, 'b')
  assert.equal(configuration.DEFAULT.stack_action_timeout, 2)
  assert.equal(configuration.DEFAULT.action_retry_limit, 3)
  assert.equal(configuration.hearth.state_dir, '/s')
  assert.deepEqual(configuration.hearth.concurrency, { compute: 4, network: 9 })
  assert.deepEqual(warnings, [])
})

it('puts other options in the place of their names', () => {
  const { configuration } = reading({
    f: `
[DEFAULT]
my_host = db.example
host = $my_host
[heat_api]
bind_host = \${DEFAULT.host}
[database]
connection = mysql://u:a$$b\\$c$5@$my_host:$heat_api.bind_port/x
`,
  })
  assert.equal(configuration.heat_api.bind_host, 'db.example')
  assert.equal(configuration.database.connection, 'mysql://u:a$b$c$5@db.example:8004/x')
})

it('continues a value on lines that begin with a space', () => {
  const { configuration } = reading({ f: '[DEFAULT]\nhidden_stack_tags = a,\n   b,\n\tc\n\nhost = h' })
  assert.deepEqual(configuration.DEFAULT.hidden_stack_tags, ['a', 'b', 'c'])
  assert.equal(configuration.DEFAULT.host, 'h')
})

it('takes numbers and flags that are left empty for not written', () => {
  const { configuration } = reading({ f: '[DEFAULT]\ndebug =\nmax_events_per_stack = ""\nhost =' })
  assert.equal(configuration.DEFAULT.debug, false)
  assert.equal(configuration.DEFAULT.max_events_per_stack, 1000)
  assert.equal(configuration.DEFAULT.host, undefined)
})

it('says of everything that can not be used where it is and what is wrong', () => {
  const text = `[DEFAULT]
max_resources_per_stack = many
debug = perhaps
deferred_auth_method = faith
stack_action_timeout = 5m
nonsense
[heat_api]
bind_port = 70000
[hearth]
concurrency = compute
heartbeat_seconds = 0.5
`
  assert.deepEqual(problemsOf(text, { OS_DEFAULT__EVENT_PURGE_BATCH_SIZE: '0' }), [
    'f:6: "nonsense" is neither [section] nor name = value',
    'f:2: [DEFAULT] max_resources_per_stack: "many" is not a whole number',
    'f:5: [DEFAULT] stack_action_timeout: "5m" is not a number of seconds',
    'OS_DEFAULT__EVENT_PURGE_BATCH_SIZE: "0" is less than 1',
    'f:4: [DEFAULT] deferred_auth_method: "faith" is not one of trusts, password',
    'f:3: [DEFAULT] debug: "perhaps" is neither true nor false',
    'f:8: [heat_api] bind_port: "70000" is more than 65535',
    'f:10: [hearth] concurrency: "compute" is not of the form name:number,name:number',
  ])
  assert.deepEqual(problemsOf('[DEFAULT]\nhost = $host'), ['f:2: [DEFAULT] host: $host leads back to itself'])
  assert.deepEqual(problemsOf('[database]\nconnection = mysql://u:p$word@h/d'), [
    'f:2: [database] connection: a $ in it begins the name of no option; by itself it is written $$',
  ])
  assert.deepEqual(problemsOf('[heat_api]\nbind_host = $here'), [
    'f:2: [heat_api] bind_host: $here names no option; a $ by itself is written $$',
  ])
})

it('says which file can not be read', () => {
  assert.throws(
    () => readConfiguration({ files: ['/none/heat.conf'] }),
    /\/none\/heat.conf can't be read: ENOENT/,
  )
})

it('warns of what nobody knows, and goes on', () => {
  const { warnings } = reading({ f: '[DEFAULT]\nmax_resource_per_stack = 5\n[hearht]\nstate_dir = x' })
  assert.deepEqual(warnings, [
    'f:2: [DEFAULT] max_resource_per_stack has no effect: there is no such option',
    'f:4: [hearht] state_dir has no effect: there is no section [hearht]',
  ])
})
