import { answer, type Call, type Route, route } from '../kit/call.ts'
import type { Service } from '../kit/service.ts'
import { applicationCredentialRoutes } from './application-credentials.ts'
import { assignmentRoutes } from './assignments.ts'
import { tokenRoutes } from './authenticate.ts'
import { keystoneKinds } from './kinds.ts'
import { peopleRoutes } from './people.ts'
import { placeRoutes } from './places.ts'
import { dressForKeystone } from './refusals.ts'
import { serviceRoutes } from './services.ts'
import { forgetStandings } from './tokens.ts'
import { trustRoutes } from './trusts.ts'

function version(call: Call): object {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${call.world.url}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  }
}

const discovery: readonly Route[] = [
  route(
    'GET /',
    (call) => ({
      status: 300,
      body: { versions: { values: [version(call)] } },
      headers: { location: `${call.world.url}/identity/v3/` },
    }),
    { open: true },
  ),
  route('GET /v3', (call) => answer({ version: version(call) }), { open: true }),
]

/** What changes users, roles or trusts changes what tokens stand for. */
function forgetting(each: Route): Route {
  if (each.method === 'GET' || each.method === 'HEAD' || each.path === '/v3/auth/tokens') return each
  return {
    ...each,
    async handle(call) {
      const given = await each.handle(call)
      forgetStandings(call.world)
      return given
    },
  }
}

/** The simulated Keystone. */
export const keystone: Service = {
  name: 'keystone',
  prefix: '/identity',
  kinds: keystoneKinds,
  tasks: [],
  routes: [
    ...discovery,
    ...[
      ...tokenRoutes,
      ...peopleRoutes,
      ...placeRoutes,
      ...assignmentRoutes,
      ...serviceRoutes,
      ...trustRoutes,
      ...applicationCredentialRoutes,
    ].map(forgetting),
  ],
  dress: dressForKeystone,
}
