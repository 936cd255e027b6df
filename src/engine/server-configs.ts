import { isoSeconds } from '../base/clock.ts'
import type { JsonMap } from '../base/json.ts'
import type { SoftwareConfigRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'

/** The software configs that a server is to be configured with, as far as somebody of a project may know; by their names. */
export async function configsForServer(
  store: Store,
  query: { readonly projectId: string | undefined; readonly serverId: string },
): Promise<readonly SoftwareConfigRow[]> {
  const deployments = await store.listSoftwareDeployments(query)
  const ids = deployments.map(({ configId }) => configId)
  const configs = new Map((await store.softwareConfigs(ids)).map((row) => [row.id, row]))
  return ids
    .flatMap((id) => configs.get(id) ?? [])
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b))))
}

const nameOf = ({ name }: SoftwareConfigRow): string => name ?? ''

/** A software config as whoever is in a server reads it. */
export const configDocument = ({ id, name, group, createdAt, content }: SoftwareConfigRow): JsonMap => ({
  ...{ id, name, group, creation_time: isoSeconds(createdAt) },
  ...content,
})
