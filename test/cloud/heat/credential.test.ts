import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CredentialRefused, credentialIn } from '../../../src/cloud/heat/credential.ts'

const auth_url = 'http://far/v3'
const written = (auth_type: string, auth: object) =>
  JSON.stringify({ auth_type, auth: { auth_url, ...auth } })

describe('a credential for another cloud', () => {
  it('is read as keystoneauth writes it down', () => {
    const user = { username: 'ann', user_domain_name: 'Default', password: 'p' }
    const ann = { name: 'ann', domain: { name: 'Default' } }
    assert.deepEqual(
      credentialIn(written('password', { ...user, project_name: 'demo', project_domain_id: 'default' })),
      {
        authUrl: auth_url,
        credential: {
          by: 'password',
          user: ann,
          password: 'p',
          scope: { project: { name: 'demo', domain: { id: 'default' } } },
        },
      },
    )
    assert.deepEqual(credentialIn(written('v3password', { ...user, trust_id: 't' })).credential, {
      by: 'trust',
      user: ann,
      password: 'p',
      trustId: 't',
    })
    assert.deepEqual(credentialIn(written('v3token', { token: 'x', project_id: 'p1' })).credential, {
      by: 'token',
      token: 'x',
      scope: { project: { id: 'p1' } },
    })
    const application = { application_credential_name: 'n', application_credential_secret: 's', user_id: 'u' }
    assert.deepEqual(credentialIn(written('v3applicationcredential', application)).credential, {
      by: 'application',
      application: { name: 'n', user: { id: 'u' } },
      secret: 's',
    })
  })

  it('is refused with what is wrong with it, and none of what it says', () => {
    for (const [payload, message] of [
      ['secret', 'Failed to parse credential, please check your Stack Credential format.'],
      [
        '{"auth_type": "password"}',
        "Missing key in auth information, the correct format contains ['auth_type', 'auth'].",
      ],
      [written('v3password', { username: 'ann' }), 'The credential has no password.'],
      [
        written('v3oidc', {}),
        'The auth_type of the credential is not known here: password, token and v3applicationcredential are.',
      ],
      [
        written('v3token', { token: 'x', auth_url: 'file:///etc/passwd' }),
        'The auth_url of the credential is no http or https address.',
      ],
    ] as const)
      assert.throws(() => credentialIn(payload), new CredentialRefused(message))
  })
})
