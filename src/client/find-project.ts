import { isMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'

/** Asks Keystone for what is at a path behind its `/v3`. */
export type AskKeystone = (path: string) => Promise<unknown>

/**
 * The ID of a project by its name or ID, in a domain if that is said. Those who may not look for projects must know the
 * ID already.
 */
export async function findProject(
  ask: AskKeystone,
  { project, domain }: { readonly project: string; readonly domain?: string },
): Promise<string> {
  const query =
    domain === undefined ? '' : `&domain_id=${encodeURIComponent(await find(ask, 'domain', domain))}`
  return find(ask, 'project', project, query)
}

async function find(
  ask: AskKeystone,
  what: 'project' | 'domain',
  nameOrId: string,
  query = '',
): Promise<string> {
  const word = encodeURIComponent(nameOrId)
  const byId = await ask(`/${what}s/${word}`).catch(unlessMissing)
  if (isMap(byId) && isMap(byId[what])) return nameOrId
  const byName = await ask(`/${what}s?name=${word}${query}`).catch(unlessForbidden)
  if (byName === undefined) return nameOrId
  const all = isMap(byName) ? byName[`${what}s`] : undefined
  const ids = Array.isArray(all) ? all.filter(isMap).map(({ id }) => String(id)) : []
  const [id, another] = ids
  if (id !== undefined && another === undefined) return id
  const message =
    id === undefined
      ? `No ${what} with a name or ID of '${nameOrId}' exists.`
      : `More than one ${what} exists with the name '${nameOrId}'.`
  throw new Problem('NotFound', message, { status: 404 })
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Problem) || ![403, 404].includes(error.status)) throw error
}

function unlessForbidden(error: unknown): undefined {
  if (!(error instanceof Problem) || error.status !== 403) throw error
}
