import type { Cloud } from '../journeys/cloud.ts'

interface Endpoint {
  readonly id: string
  readonly url: string
}

/** Remembers where the catalog says that a service is in a region; what is answered puts that back. */
export async function rememberAddresses(
  cloud: Cloud,
  type: string,
  region: string,
): Promise<() => Promise<void>> {
  const before = await endpointsOf(cloud, type, region)
  return async () => {
    for (const { id } of await endpointsOf(cloud, type, region)) {
      const url = before.find((one) => one.id === id)?.url
      const path = `/endpoints/${id}`
      const content = JSON.stringify({ endpoint: { url } })
      if (url === undefined) await cloud.ask('identity', path, { method: 'DELETE' })
      else await cloud.ask('identity', path, { method: 'PATCH', content, as: 'application/json' })
    }
  }
}

async function endpointsOf(cloud: Cloud, type: string, region: string): Promise<readonly Endpoint[]> {
  const { services } = await cloud.get<{ services: readonly { id: string }[] }>(
    'identity',
    `/services?type=${type}`,
  )
  const lists = await Promise.all(
    services.map(({ id }) =>
      cloud.get<{ endpoints: readonly Endpoint[] }>(
        'identity',
        `/endpoints?service_id=${id}&region_id=${region}`,
      ),
    ),
  )
  return lists.flatMap(({ endpoints }) => endpoints)
}
