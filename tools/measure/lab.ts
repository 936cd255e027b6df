import { randomUUID } from 'node:crypto'
import { type Counts, countingProxy } from './counting-proxy.ts'
import { authenticate } from './user.ts'

/** Whom to be, and where Keystone is. */
export type Variables = Readonly<Record<string, string>>

type Body = Readonly<Record<string, unknown>>

/** An OpenStack asked as one user. */
export interface Asker {
  readonly token: string
  readonly projectId: string
  ask<T = unknown>(method: string, url: string, body?: Body): Promise<T>
}

/** Asks Keystone for a token, and with it whatever is wanted. */
export async function askerFor(variables: Variables): Promise<Asker> {
  const { token, projectId } = await authenticate(variables)
  return {
    token,
    projectId,
    async ask<T>(method: string, url: string, body?: Body) {
      const headers = { 'x-auth-token': token, 'content-type': 'application/json' }
      const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}

/** Steps that take away what was made, the last first. */
export type Undo = (() => Promise<unknown>)[]

interface Endpoint {
  readonly service_id: string
  readonly interface: string
  readonly url: string
}

const counted: Readonly<Record<string, string>> = {
  compute: 'compute',
  network: 'network',
  'block-storage': 'block-storage',
  volumev3: 'block-storage',
  image: 'image',
  identity: 'identity',
}

/** Adds a region with the same services as RegionOne, each behind a proxy that counts; answers with where they are. */
export async function countedRegion(
  region: string,
  { admin, keystone, counts, undo }: { admin: Asker; keystone: string; counts: () => Counts; undo: Undo },
): Promise<ReadonlyMap<string, string>> {
  await admin.ask('PUT', `${keystone}/regions/${region}`, { region: {} })
  undo.push(() => admin.ask('DELETE', `${keystone}/regions/${region}`))
  const { services } = await admin.ask<{ services: { id: string; type: string }[] }>(
    'GET',
    `${keystone}/services`,
  )
  const { endpoints } = await admin.ask<{ endpoints: Endpoint[] }>(
    'GET',
    `${keystone}/endpoints?region_id=RegionOne`,
  )
  const proxies = new Map<string, string>()
  for (const { service_id: id, interface: side, url } of endpoints) {
    const service = counted[services.find((one) => one.id === id)?.type ?? '']
    if (service === undefined) continue
    const { origin } = new URL(url)
    if (!proxies.has(service)) {
      const proxy = await countingProxy(service, origin, counts)
      undo.push(() => proxy.close())
      proxies.set(service, proxy.url)
    }
    const endpoint = {
      service_id: id,
      interface: side,
      region_id: region,
      url: url.replace(origin, proxies.get(service) ?? ''),
    }
    const made = await admin.ask<{ endpoint: { id: string } }>('POST', `${keystone}/endpoints`, { endpoint })
    undo.push(() => admin.ask('DELETE', `${keystone}/endpoints/${made.endpoint.id}`))
  }
  return proxies
}

/** A user with a project of their own that may have as much as they like. */
export async function unlimitedTenant(
  name: string,
  {
    admin,
    variables,
    services,
    undo,
  }: { admin: Asker; variables: Variables; services: ReadonlyMap<string, string>; undo: Undo },
): Promise<Variables> {
  const keystone = variables.OS_AUTH_URL ?? ''
  const password = randomUUID()
  const { project } = await admin.ask<{ project: { id: string } }>('POST', `${keystone}/projects`, {
    project: { name, domain_id: 'default' },
  })
  undo.push(() => admin.ask('DELETE', `${keystone}/projects/${project.id}`))
  const { user } = await admin.ask<{ user: { id: string } }>('POST', `${keystone}/users`, {
    user: { name, password, domain_id: 'default' },
  })
  undo.push(() => admin.ask('DELETE', `${keystone}/users/${user.id}`))
  const { roles } = await admin.ask<{ roles: { id: string }[] }>('GET', `${keystone}/roles?name=member`)
  await admin.ask('PUT', `${keystone}/projects/${project.id}/users/${user.id}/roles/${roles[0]?.id}`)

  const at = (service: string) => services.get(service) ?? ''
  const most = -1
  await admin.ask('PUT', `${at('compute')}/v2.1/os-quota-sets/${project.id}`, {
    quota_set: { instances: most, cores: most, ram: most },
  })
  await admin.ask('PUT', `${at('network')}/v2.0/quotas/${project.id}`, {
    quota: { port: most, floatingip: most },
  })
  await admin.ask('PUT', `${at('block-storage')}/v3/${admin.projectId}/os-quota-sets/${project.id}`, {
    quota_set: { volumes: most, gigabytes: most },
  })
  return { ...variables, OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: name }
}
