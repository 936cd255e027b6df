import type { Clock } from '../base/clock.ts'
import { hexId } from '../base/ids.ts'
import type { StackUsers } from '../identity/index.ts'
import { refusal } from './yard.ts'

/** The users of stacks in a Keystone that is only thought of. */
export interface TestUsers extends StackUsers {
  readonly projects: Map<string, string>
  readonly users: Map<string, { readonly id: string; readonly password: string; isEnabled: boolean }>
  /** What was made and deleted, in order. */
  readonly deeds: string[]
  /** While it is set, projects can't be deleted. */
  holdsProjects: boolean
}

export function testUsers(clock: Clock, newId: () => string = hexId): TestUsers {
  const projects = new Map<string, string>()
  const users: TestUsers['users'] = new Map()
  const deeds: string[] = []
  const byId = (id: string) => [...users].find(([, user]) => user.id === id)
  const work = () => clock.sleep(5)

  const self: TestUsers = {
    ...{ projects, users, deeds, hasDomain: true, holdsProjects: false },
    async ensureProject(name) {
      await work()
      const id = projects.get(name) ?? newId()
      if (!projects.has(name)) deeds.push(`make project ${name}`)
      projects.set(name, id)
      return id
    },
    async removeProject(id) {
      await work()
      if (self.holdsProjects) throw refusal('The project stays.', { kind: 'forbidden', status: 403 })
      for (const [name, known] of projects) if (known === id) projects.delete(name)
      deeds.push('delete project')
    },
    async ensureUser({ name, password, beforeSending }) {
      beforeSending?.()
      await work()
      const known = users.get(name)
      if (known !== undefined) return known.id
      const user = { id: newId(), password, isEnabled: true }
      users.set(name, user)
      deeds.push('make user')
      return user.id
    },
    async setEnabled(id, isEnabled) {
      await work()
      const [, user] = byId(id) ?? []
      if (user !== undefined) user.isEnabled = isEnabled
    },
    async removeUser(who) {
      await work()
      const name = 'name' in who ? who.name : byId(who.id)?.[0]
      if (name !== undefined && users.delete(name)) deeds.push('delete user')
    },
    async token({ id, password }) {
      await work()
      if (byId(id)?.[1].password !== password)
        throw refusal('Who is this?', { kind: 'unauthorized', status: 401 })
      return `token of ${id}`
    },
    world: async () => ({
      ...{ authUrl: 'http://keystone/v3', region: 'RegionOne', domainId: 'heat', insecure: false },
      orchestrationUrl: 'http://hearth/v1',
    }),
  }
  return self
}
