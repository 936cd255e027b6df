import { collection } from '../collection.ts'
import { isCloudError, unlessGone } from '../error.ts'
import type { Collection, Session } from '../service.ts'
import type { LiveFlavor } from './live.ts'
import { types } from './versions.ts'

/** What Nova does with flavors. Changing them takes an administrator. */
export interface Flavors extends Collection<LiveFlavor> {
  extraSpecs(id: string): Promise<Readonly<Record<string, string>>>
  /** Adds these, or gives them new values. */
  setExtraSpecs(id: string, specs: Readonly<Record<string, string>>): Promise<void>
  removeExtraSpec(id: string, key: string): Promise<void>
  /** The projects that may use a flavor that is not public. */
  projects(id: string): Promise<readonly string[]>
  allow(id: string, project: string): Promise<void>
  disallow(id: string, project: string): Promise<void>
}

export function flavors(session: Session): Flavors {
  const usual = collection<LiveFlavor>(session, {
    service: types,
    path: '/flavors',
    listPath: '/flavors/detail',
    one: 'flavor',
    many: 'flavors',
  })
  const at = (id: string, rest: string) => `/flavors/${encodeURIComponent(id)}/${rest}`
  const act = (id: string, action: object) =>
    session.request({ service: types, method: 'POST', path: at(id, 'action'), body: action })

  return {
    ...usual,
    create: async (body) => tidied(await usual.create(body)),
    get: async (id) => tidied(await usual.get(id)),
    /** Those that are not public are among them only if asked for so. */
    list: async (query = {}) => {
      const { name, ...rest } = query
      const found = await usual.list({ is_public: 'None', ...rest })
      return found.filter((flavor) => name === undefined || flavor.name === name).map(tidied)
    },
    async extraSpecs(id) {
      const { body } = await session.request({
        service: types,
        method: 'GET',
        path: at(id, 'os-extra_specs'),
      })
      return (body as { extra_specs: Record<string, string> }).extra_specs
    },
    async setExtraSpecs(id, specs) {
      const path = at(id, 'os-extra_specs')
      await session.request({
        service: types,
        method: 'POST',
        path,
        body: { extra_specs: specs },
        repeatable: true,
      })
    },
    async removeExtraSpec(id, key) {
      const path = at(id, `os-extra_specs/${encodeURIComponent(key)}`)
      await unlessGone(session.request({ service: types, method: 'DELETE', path }))
    },
    async projects(id) {
      const { body } = await session.request({
        service: types,
        method: 'GET',
        path: at(id, 'os-flavor-access'),
      })
      return (body as { flavor_access: { tenant_id: string }[] }).flavor_access.map((one) => one.tenant_id)
    },
    async allow(id, project) {
      try {
        await act(id, { addTenantAccess: { tenant: project } })
      } catch (error) {
        if (!isCloudError(error, 'conflict')) throw error
      }
    },
    disallow: async (id, project) =>
      void (await unlessGone(act(id, { removeTenantAccess: { tenant: project } }))),
  }
}

/** No swap is an empty text to Nova. */
function tidied(flavor: LiveFlavor): LiveFlavor {
  return { ...flavor, swap: Number(flavor.swap) }
}
