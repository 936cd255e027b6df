import { silent } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Finding } from '../../cli/index.ts'
import {
  type CloudSession,
  connect,
  isCloudError,
  type Transport,
  transport,
  wordsOf,
} from '../../cloud/index.ts'
import { keystone } from '../../cloud/keystone/index.ts'
import type { CloudAccess } from '../../identity/index.ts'
import { trustOf } from '../certificates.ts'
import { services } from '../services.ts'
import type { Settings } from '../settings.ts'
import { error, ok, warning } from './finding.ts'

const check = 'keystone'
const identity = ['identity']

/** Looks whether the service's users are who they should be in Keystone, and what Keystone says of the cloud. */
export async function checkKeystone(settings: Settings): Promise<readonly Finding[]> {
  const { own, trustee } = settings
  const asOwn = await inSession(own, 'service user', '[keystone_authtoken]', async (session) => [
    ...(await checkTokens(session)),
    ...(await checkOrchestration(session, own)),
    ...(await checkServices(session)),
  ])
  const asTrustee = await inSession(trustee, 'trustee', '[trustee]', checkTrusts)
  return [...asOwn, ...asTrustee, ...(await checkStackDomain(settings))]
}

async function inSession(
  access: CloudAccess,
  who: string,
  section: string,
  look: (session: CloudSession) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  let carrier: Transport | undefined
  try {
    carrier = open(access)
    const { authUrl, credential, region, interface: side } = access
    const place = region === undefined ? {} : { region }
    const session = await connect({ transport: carrier, authUrl, credential, interface: side, ...place })
    const { userName, projectName, roles } = session
    const scope = projectName === '' ? 'no project' : `project ${projectName}`
    return [
      ok(who, `${userName} in ${scope}, with the roles ${roles.join(', ') || '(none)'}`),
      ...(await look(session)),
    ]
  } catch (thrown) {
    return [refused(thrown, who, section, access.authUrl)]
  } finally {
    await carrier?.close()
  }
}

const open = (access: CloudAccess): Transport =>
  transport({ log: silent, limits: {}, tries: 1, ...trustOf(access) })

function refused(thrown: unknown, who: string, section: string, authUrl: string): Finding {
  if (isCloudError(thrown, 'unauthorized'))
    return error(
      who,
      `Keystone does not let it in: ${wordsOf(thrown)}`,
      `Correct user, password, domain and project in ${section}, or make the user: openstack user create --project service --password-prompt heat`,
    )
  if (isCloudError(thrown))
    return error(
      check,
      `${authUrl}: ${wordsOf(thrown)}`,
      `Check auth_url in ${section}, and that Keystone runs.`,
    )
  return error(check, messageOf(thrown), `Check the settings in ${section}.`)
}

/** Whether the service can tell who its callers are, and whether it lives in the same time as Keystone. */
async function checkTokens(session: CloudSession): Promise<readonly Finding[]> {
  const token = await session.token()
  const askedAt = Date.now()
  const { headers } = await session.request({
    service: identity,
    method: 'GET',
    path: '/auth/tokens',
    headers: { 'x-subject-token': token.id },
  })
  const date = Date.parse(String(headers.date))
  // Everybody may ask of a token of their own, so that the answer to that proves nothing.
  const mayAsk = session.roles.some((role) => /^(admin|service)$/i.test(role))
  return [
    mayAsk
      ? ok(check, 'It tells the service user whose tokens are.')
      : warning(
          check,
          'The service user has neither the role service nor admin: by default Keystone does not tell it whose tokens are.',
          'openstack role add --user heat --project service service (or admin, for a Keystone before 2023)',
        ),
    ...skew(date - (askedAt + Date.now()) / 2),
  ]
}

/** The header says whole seconds. */
function skew(aheadMs: number): readonly Finding[] {
  if (Number.isNaN(aheadMs)) return []
  const seconds = Math.round(aheadMs / 1000)
  if (Math.abs(seconds) <= 5) return [ok('clock', "Keystone's is the same, to a few seconds.")]
  return [
    (Math.abs(seconds) < 60 ? warning : error)(
      'clock',
      `Keystone's clock differs from this machine's by ${seconds} seconds.`,
      'Keep all machines at the same time, by NTP: tokens end at the wrong moment.',
    ),
  ]
}

async function checkOrchestration(
  session: CloudSession,
  { region }: CloudAccess,
): Promise<readonly Finding[]> {
  const what = 'endpoint'
  const { catalog } = await session.token()
  const own = catalog.filter(
    ({ type, region: place }) => type === 'orchestration' && (region === undefined || place === region),
  )
  if (own.length === 0)
    return [
      warning(
        what,
        'The catalog has no endpoint of type orchestration, so that clients do not find the service.',
        'openstack service create --name heat orchestration; openstack endpoint create orchestration public "http://HOST:8004/v1/%(project_id)s"',
      ),
    ]
  const roots = new Set(own.map(({ url }) => url.replace(/\/v1(\/.*)?$/, '/')))
  return await Promise.all([...roots].map((root) => answers(what, root)))
}

async function answers(what: string, root: string): Promise<Finding> {
  try {
    const reply = await fetch(root, { signal: AbortSignal.timeout(5_000) })
    const body: unknown = await reply.json()
    if (typeof body === 'object' && body !== null && 'versions' in body) return ok(what, `${root} answers.`)
    throw new Error('something else answers there')
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? `: ${thrown.cause.message}` : ''
    return error(
      what,
      `${root} of the catalog is not answered by the API: ${messageOf(thrown)}${cause}`,
      'Start `hearth api` there, or correct the endpoint: openstack endpoint set --url.',
    )
  }
}

/** Whether what resource types need is there. */
async function checkServices(session: CloudSession): Promise<readonly Finding[]> {
  return await Promise.all(
    services
      .filter(({ name }) => name !== 'keystone')
      .map(async ({ name, types }) => {
        if (!(await session.offers(types)))
          return warning(
            name,
            `The catalog has no endpoint of type ${types.join(' or ')}.`,
            'Resource types that need it are refused. Is the region right, and the side (interface)?',
          )
        try {
          await session.request({ service: types, method: 'GET', path: '/', below: 'version' })
          return ok(name, 'It answers.')
        } catch (thrown) {
          // Whatever it has against the request, it is there.
          if (isCloudError(thrown) && thrown.kind !== 'unavailable') return ok(name, 'It answers.')
          return error(
            name,
            wordsOf(thrown),
            `Check that it runs at ${await session.endpoint(types)}, and that this machine reaches it.`,
          )
        }
      }),
  )
}

/** Whether users can give the trustee their trusts. */
async function checkTrusts(session: CloudSession): Promise<readonly Finding[]> {
  try {
    await session.request({
      service: identity,
      method: 'GET',
      path: `/OS-TRUST/trusts?trustee_user_id=${encodeURIComponent(session.userId)}`,
    })
    return [ok('trusts', 'Users can entrust it with their rights.')]
  } catch (thrown) {
    return [
      error(
        'trusts',
        wordsOf(thrown),
        "Keystone must offer trusts ([trust] in keystone.conf): without them stacks can't be changed once their owner's token has ended.",
      ),
    ]
  }
}

/** Whether stacks can have users in a domain of their own. */
async function checkStackDomain({ stackDomainAdmin, stackUserRole }: Settings): Promise<readonly Finding[]> {
  const who = 'stack domain admin'
  if (stackDomainAdmin === undefined)
    return [
      warning(
        who,
        'No domain is set for the users that stacks make: wait conditions with tokens fail.',
        'Make one with an administrator, and name both: stack_user_domain_name, stack_domain_admin, stack_domain_admin_password in [DEFAULT].',
      ),
    ]
  return await inSession(stackDomainAdmin, who, '[DEFAULT] stack_domain_admin', async (session) => {
    const found = await keystone.connect(session).roles.list({ name: stackUserRole })
    if (found.length > 0) return [ok('stack users', `They get the role ${stackUserRole}.`)]
    const advice = `openstack role create ${stackUserRole}`
    return [error('stack users', `Keystone knows no role ${stackUserRole}.`, advice)]
  })
}
