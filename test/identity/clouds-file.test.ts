import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { onlyCloud, readCloud } from '../../src/identity/index.ts'

const file = `
clouds:
  lab:
    region_name: RegionOne
    auth:
      auth_url: http://k:5000/v3
      username: ann
      project_name: demo
      user_domain_name: Default
      project_domain_name: Default
  robot:
    auth_type: v3applicationcredential
    auth: { auth_url: http://k, application_credential_id: ac, application_credential_secret: s }
    interface: internalURL
    verify: false
    cacert: /ca.pem
    regions: [First, Second]
  token:
    auth_type: token
    auth: { auth_url: http://k, token: tok, project_id: p1 }
  trusted:
    auth: { auth_url: http://k, username: svc, password: 7, trust_id: tr, default_domain: default }
  branded: { profile: brand, region_name: Two, auth: { username: ann, password: p, project_name: demo } }
  unbranded: { profile: nobody, auth: { username: ann } }
  empty: {}
  odd: { auth_type: v3kerberos, auth: { auth_url: http://k } }
  half: { auth: { auth_url: http://k, password: p } }
`

describe('the settings of a cloud', () => {
  let folder = ''
  const read = (name: string, env: Record<string, string> = {}) =>
    readCloud(name, { env, directory: folder, home: folder })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clouds-'))
    await writeFile(join(folder, 'clouds.yaml'), file)
    const brand =
      'auth: { auth_url: http://brand, user_domain_name: D }, region_name: One, interface: internal'
    await writeFile(join(folder, 'clouds-public.yaml'), `public-clouds: { brand: { ${brand} } }`)
    await writeFile(join(folder, 'secure.yaml'), 'clouds: { lab: { auth: { password: secret } } }')
  })
  after(() => rm(folder, { recursive: true }))

  it('come from clouds.yaml, with the secrets of secure.yaml', async () => {
    assert.deepEqual(await read('lab'), {
      authUrl: 'http://k:5000/v3',
      region: 'RegionOne',
      interface: 'public',
      verify: true,
      credential: {
        by: 'password',
        user: { name: 'ann', domain: { name: 'Default' } },
        password: 'secret',
        scope: { project: { name: 'demo', domain: { name: 'Default' } } },
      },
    })
  })

  it('begin with what the profile of clouds-public.yaml says, and what the cloud says itself counts more', async () => {
    const { authUrl, region, interface: side, credential } = await read('branded')
    assert.deepEqual([authUrl, region, side], ['http://brand', 'Two', 'internal'])
    assert.deepEqual(credential.by === 'password' && credential.user, { name: 'ann', domain: { name: 'D' } })
    await assert.rejects(
      read('unbranded'),
      /no profile "nobody" under public-clouds in a clouds-public.yaml in /,
    )
  })

  it('are of the only cloud there is, if nobody says one', async () => {
    const env = { OS_CLIENT_CONFIG_FILE: join(folder, 'one.yaml') }
    assert.equal(await onlyCloud({ env: {}, directory: folder, home: folder }), undefined)
    await writeFile(env.OS_CLIENT_CONFIG_FILE, 'clouds: { mine: {} }')
    assert.equal(await onlyCloud({ env, directory: folder, home: folder }), 'mine')
    assert.equal(
      await onlyCloud({ env: {}, directory: join(folder, 'x'), home: join(folder, 'x') }),
      undefined,
    )
  })

  it('are of any kind of credential', async () => {
    assert.deepEqual(await read('robot'), {
      authUrl: 'http://k',
      region: 'First',
      interface: 'internal',
      verify: false,
      cacert: '/ca.pem',
      credential: { by: 'application', application: { id: 'ac' }, secret: 's' },
    })
    assert.deepEqual((await read('token')).credential, {
      by: 'token',
      token: 'tok',
      scope: { project: { id: 'p1' } },
    })
    assert.deepEqual((await read('trusted')).credential, {
      by: 'trust',
      user: { name: 'svc', domain: { id: 'default' } },
      password: '7',
      trustId: 'tr',
    })
  })

  it('come from the OS_* variables under the name env', async () => {
    const env = {
      OS_AUTH_URL: 'http://k',
      OS_USERNAME: 'ann',
      OS_PASSWORD: 'p',
      OS_TENANT_NAME: 'demo',
      OS_USER_DOMAIN_ID: 'default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_REGION_NAME: '',
      OS_ENDPOINT_TYPE: 'adminURL',
      OS_INSECURE: 'true',
    }
    assert.deepEqual(await read('env', env), {
      authUrl: 'http://k',
      interface: 'admin',
      verify: false,
      credential: {
        by: 'password',
        user: { name: 'ann', domain: { id: 'default' } },
        password: 'p',
        scope: { project: { name: 'demo', domain: { name: 'Default' } } },
      },
    })
  })

  it('are read from the file that OS_CLIENT_CONFIG_FILE names', async () => {
    const other = join(folder, 'other')
    await mkdir(other)
    await writeFile(join(other, 'c.yaml'), 'clouds: { x: { auth: { auth_url: http://other, token: t } } }')
    const found = await read('x', { OS_CLIENT_CONFIG_FILE: join(other, 'c.yaml') })
    assert.equal(found.authUrl, 'http://other')
  })

  it('say what is missing, and where', async () => {
    const wrong: [string, RegExp][] = [
      ['nope', /clouds\.yaml: it has no cloud "nope"; it has: lab, robot,/],
      ['empty', /^Cloud "empty" of .*clouds\.yaml: auth_url is missing\.$/],
      ['half', /: username is missing\.$/],
      ['odd', /auth_type "v3kerberos" is not one of password,/],
      ['env', /^The OS_\* variables: auth_url is missing\.$/],
    ]
    for (const [name, message] of wrong)
      await assert.rejects(read(name), { code: 'CloudSettingsInvalid', message })
  })

  it('say where they were looked for', async () => {
    await assert.rejects(readCloud('x', { env: {}, directory: '/nowhere', home: '/nohome' }), {
      message:
        /^Cloud "x": there is no clouds\.yaml in \/nowhere, \/nohome\/\.config\/openstack, \/etc\/openstack;/,
    })
  })

  it('say which file can not be read, without showing what is in it', async () => {
    const path = join(folder, 'broken.yaml')
    await writeFile(path, 'clouds: {')
    await assert.rejects(read('x', { OS_CLIENT_CONFIG_FILE: path }), {
      message: /broken\.yaml: it can't be read/,
    })
  })
})
