import { collection, only } from '../collection.ts'
import type { Collection, Session } from '../service.ts'
import type { LiveServerGroup } from './live.ts'
import { since, types } from './versions.ts'

/** What a server group is made of. */
export interface NewServerGroup {
  readonly name: string
  readonly policy: string
  readonly rules?: Readonly<Record<string, unknown>>
}

/** What Nova does with server groups. */
export interface ServerGroups extends Collection<LiveServerGroup> {
  create(group: NewServerGroup): Promise<LiveServerGroup>
}

export function serverGroups(session: Session): ServerGroups {
  const form = { service: types, path: '/os-server-groups', one: 'server_group', many: 'server_groups' }
  const usual = collection<LiveServerGroup>(session, form)

  return {
    ...usual,
    async create({ name, policy, rules }) {
      const ask = { service: types, method: 'POST', path: form.path } as const
      if (rules !== undefined) {
        const body = { server_group: { name, policy, rules } }
        return only(form, await session.request({ ...ask, body, microversion: since.groupRules }))
      }
      const body = { server_group: { name, policies: [policy] } }
      const soft = policy.startsWith('soft-')
      return only(
        form,
        await session.request({ ...ask, body, ...(soft && { microversion: since.softAffinity }) }),
      )
    },
    async list({ name, ...query } = {}) {
      const found = await usual.list(query)
      return name === undefined ? found : found.filter((group) => group.name === name)
    },
  }
}
