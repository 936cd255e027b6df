import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/base/problem.ts'
import { commands } from '../../src/cli/commands/index.ts'
import type { ClientSettings } from '../../src/client/index.ts'
import { directoryWith, fakeClient, run } from './fakes.ts'

const nothingSet = { variables: {} }

/** The settings with which a command line connects. */
async function settingsFrom(
  args: readonly string[],
  parts: Parameters<typeof run>[2],
): Promise<ClientSettings | string> {
  let settings: ClientSettings | undefined
  const connect = async (given: ClientSettings) => {
    const { log: _log, ...others } = given
    settings = others
    return fakeClient({ listStacks: async () => ({ stacks: [] }) })
  }
  const { err } = await run(['stack', 'list', ...args], {}, { ...parts, connect })
  return settings ?? err
}

test('every command has help that is true: usage, options and an example that parses', async () => {
  for (const command of commands) {
    const { code, out } = await run([...command.name.split(' '), '--help'], {})
    assert.equal(code, 0)
    assert.ok(out.startsWith(`Usage: hearth ${command.name}`), command.name)
    assert.match(out, /\nExample:\n {2}\S/, command.name)
    assert.ok(command.example.includes(`hearth ${command.name}`), `${command.name}: its example shows it`)
    for (const flag of command.example.matchAll(/ (--[\w-]+)/g))
      assert.ok(out.includes(flag[1] ?? ''), `${command.name}: ${flag[1]} exists`)
  }
})

test('no help is wider than a terminal', async () => {
  const { out } = await run(['stack', 'update', '--help'], {})
  assert.deepEqual(
    out.split('\n').filter((line) => line.length > 80 && !line.startsWith('  hearth')),
    [],
  )
})

test('mistakes in the command line are exit code 2, and name what was meant', async () => {
  for (const args of [
    [],
    ['stack'],
    ['stack', 'list', '--bogus'],
    ['stack', 'show'],
    ['stack', 'show', 'a', 'b'],
    ['stack', 'list', '-f', 'xml'],
    ['stack', 'list', '--limit', 'x'],
  ]) {
    assert.equal((await run(args, {})).code, 2, args.join(' '))
  }
  const { code, err } = await run(['stack', 'creat'], {})
  assert.deepEqual([code, err], [2, "error: unknown command 'creat'\n(Did you mean create?)\n"])
  assert.equal((await run(['--version'], {})).out, '1.2.3\n')
})

test('an unknown column is a mistake that names the columns there are', async () => {
  const { code, err } = await run(['stack', 'list', '-c', 'Nope'], {
    listStacks: async () => ({ stacks: [] }),
  })
  assert.equal(code, 2)
  assert.match(err, /No recognized column names in Nope\. Recognized columns are ID, Stack Name/)
})

test('options win over a cloud of clouds.yaml, and that over nothing else', async () => {
  const readCloud = async (name: string) => ({
    auth_url: `http://${name}`,
    username: 'u',
    password: 'p',
    project_name: 'x',
    region_name: 'r',
    interface: 'internalURL',
  })
  const variables = { OS_AUTH_URL: 'http://elsewhere', OS_REGION_NAME: 'elsewhere' }
  assert.deepEqual(
    await settingsFrom(['--os-cloud', 'mine', '--os-username', 'me'], { readCloud, variables }),
    {
      authUrl: 'http://mine',
      credentials: {
        is: 'password',
        username: 'me',
        userDomainName: 'Default',
        password: 'p',
        projectName: 'x',
        projectDomainName: 'Default',
      },
      region: 'r',
      interface: 'internal',
    },
  )
})

test('variables say who asks, in every form that Keystone knows', async () => {
  const from = async (variables: Record<string, string>) => {
    const settings = await settingsFrom([], { variables: { OS_AUTH_URL: 'http://k', ...variables } })
    return typeof settings === 'string' ? settings : settings.credentials
  }
  assert.deepEqual(await from({ OS_TOKEN: 't', OS_PROJECT_ID: 'p' }), {
    is: 'token',
    token: 't',
    projectId: 'p',
  })
  assert.deepEqual(await from({ OS_APPLICATION_CREDENTIAL_ID: 'i', OS_APPLICATION_CREDENTIAL_SECRET: 's' }), {
    is: 'application-credential',
    id: 'i',
    secret: 's',
  })
  assert.deepEqual(
    await from({ OS_USER_ID: 'u', OS_PASSWORD: 'p', OS_PROJECT_NAME: 'x', OS_PROJECT_DOMAIN_ID: 'd' }),
    {
      is: 'password',
      userId: 'u',
      password: 'p',
      projectName: 'x',
      projectDomainId: 'd',
    },
  )
  assert.match(String(await from({ OS_USERNAME: 'u' })), /^ERROR: no password is known\nSay which cloud:/)
  assert.match(
    String(await from({ OS_AUTH_TYPE: 'v3kerberos' })),
    /authentication of type 'kerberos' is not known here/,
  )
})

test('where nothing says which cloud, it is the one that `hearth up` started here', async (t) => {
  const local = JSON.stringify({
    OS_AUTH_URL: 'http://127.0.0.1:5000/v3',
    OS_USERNAME: 'demo',
    OS_PASSWORD: "it's",
    OS_PROJECT_NAME: 'demo',
  })
  const directory = directoryWith(t, {
    '.hearth/env.json': local,
    'other/env.json': local.replace('5000', '6000'),
  })
  const url = async (args: readonly string[], variables = {}) => {
    const settings = await settingsFrom(args, { directory, variables })
    return typeof settings === 'string' ? settings : settings.authUrl
  }
  assert.equal(await url([]), 'http://127.0.0.1:5000/v3')
  assert.equal(await url(['--state-dir', 'other']), 'http://127.0.0.1:6000/v3')
  assert.equal(await url([], { HEARTH_STATE_DIR: 'other' }), 'http://127.0.0.1:6000/v3')
  assert.match(await url(['--state-dir', 'nowhere']), /no address of Keystone is known/)
  const readCloud = async (name: string) => ({ auth_url: `http://${name}`, token: 't', project_id: 'p' })
  const only = { directory, variables: {}, readCloud, onlyCloud: async () => 'mine' }
  const settings = await settingsFrom(['--state-dir', 'nowhere'], only)
  assert.equal(typeof settings === 'string' ? settings : settings.authUrl, 'http://mine')
})

test('env prints what a shell can evaluate, and JSON for others', async (t) => {
  const directory = directoryWith(t, {
    '.hearth/env.json': JSON.stringify({ OS_AUTH_URL: 'http://k', OS_PASSWORD: "it's" }),
  })
  assert.equal(
    (await run(['env'], {}, { directory })).out,
    "export OS_AUTH_URL='http://k'\nexport OS_PASSWORD='it'\\''s'\n",
  )
  assert.deepEqual(JSON.parse((await run(['env', '-f', 'json'], {}, { directory })).out), {
    OS_AUTH_URL: 'http://k',
    OS_PASSWORD: "it's",
  })
  const none = await run(['env', '--state-dir', 'none'], {}, { directory })
  assert.equal(none.code, 1)
  assert.match(none.err, /Start one with: hearth up\n$/)
})

test('processes are started with what the user wrote and nothing else', async () => {
  const started: unknown[] = []
  const record = async (options: object) => void started.push(options)
  const parts = { ...nothingSet, directory: '/d', up: record, api: record, engine: record }
  await run(
    [
      'up',
      '--cloud',
      'env',
      '--register',
      '--port',
      '9000',
      '--log-level',
      'debug',
      '--config-file',
      'h.conf',
    ],
    {},
    parts,
  )
  await run(['up', '--state-dir', 's'], {}, parts)
  await run(['api', '--port', '1'], {}, parts)
  await run(['engine'], {}, parts)
  assert.deepEqual(started, [
    {
      cloud: 'env',
      register: true,
      port: 9000,
      logLevel: 'debug',
      configFile: 'h.conf',
      stateDirectory: '/d/.hearth',
    },
    { register: false, stateDirectory: '/d/s' },
    { port: 1 },
    {},
  ])
  assert.equal((await run(['up', '--register'], {}, parts)).code, 2)
})

test('that the service makes us wait is told, each request only with --debug', async () => {
  const connect = async ({ log }: ClientSettings) => {
    log?.debug({}, 'request sent')
    log?.warn({ seconds: 3 }, 'waiting')
    return fakeClient({ listStacks: async () => ({ stacks: [] }) })
  }
  const { err } = await run(['stack', 'list'], {}, { connect })
  assert.match(err, /^waiting \{"seconds":3\}$/m)
  assert.doesNotMatch(err, /request sent/)
  assert.match((await run(['--debug', 'stack', 'list'], {}, { connect })).err, /^request sent/m)
})

test('a refusal is told with the ID of its request, and --debug shows where it comes from', async () => {
  const listStacks = async () => {
    throw new Problem('Forbidden', 'You are not authorized to use stacks:index.', {
      status: 403,
      details: { requestId: 'req-1' },
    })
  }
  const { code, err } = await run(['stack', 'list'], { listStacks })
  assert.deepEqual([code, err], [1, 'ERROR: You are not authorized to use stacks:index. (request req-1)\n'])
  assert.match((await run(['--debug', 'stack', 'list'], { listStacks })).err, /\n +at /)
})
