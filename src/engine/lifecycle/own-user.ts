import { type NewUser, newPassword } from '../../identity/index.ts'
import { type AnyType, type OwnUser, physicalNameOf } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { projectForUsers } from '../stack-project.ts'
import type { Hold } from './site.ts'

/** Under which keys a resource's user is noted. */
const keys = { id: 'user_id', password: 'password' } as const

/** Whether a user is the one of a resource's own. */
export const isUserOf = ({ notes, secrets }: ResourceRow, userId: string): boolean =>
  (notes[keys.id] ?? secrets[keys.id]) === userId

/**
 * The user of a resource's own. Its name is the resource's physical name, which no other has, and its password is on disk before
 * it is made: so a crash in between makes no second one, and none that nobody knows of.
 */
export function ownUserOf(type: AnyType, hold: Hold): OwnUser {
  const { parts, stack, session, guard } = hold.site
  const { users } = parts
  const limit = type.is === 'resource' ? type.nameLimit : undefined
  const name = physicalNameOf(stack.name, hold.row.name, hold.row.id, limit)

  /** What was taken over with a resource is among its secrets, for nobody said what of it is one. */
  const idNow = (): string | undefined => hold.row.notes[keys.id] ?? hold.row.secrets[keys.id]

  async function password(): Promise<string> {
    const known = hold.row.secrets[keys.password]
    if (known !== undefined) return known
    const fresh = newPassword()
    await hold.set({ secrets: { ...hold.row.secrets, [keys.password]: fresh } })
    return fresh
  }

  async function ensure(user: NewUser): Promise<string> {
    await guard?.makeSure()
    return await users.ensureUser({ ...user, ...(guard && { beforeSending: guard.beforeSending }) }, session)
  }

  async function made() {
    const secret = await password()
    const projectId = await projectForUsers(parts, stack)
    const known = idNow()
    const id = known ?? (await ensure({ name, password: secret, projectId }))
    if (known === undefined) await hold.set({ notes: { ...hold.row.notes, [keys.id]: id } })
    return { id, name, password: secret, projectId }
  }

  return {
    ensure: made,
    token: async () => await users.token(await made()),
    async setEnabled(isEnabled) {
      const id = idNow()
      if (id !== undefined) await users.setEnabled(id, isEnabled, session)
    },
    async remove() {
      const id = idNow()
      if (id !== undefined) await users.removeUser({ id }, session)
      else if (hold.row.secrets[keys.password] !== undefined) await users.removeUser({ name }, session)
    },
    async world() {
      const { orchestrationUrl, ...facts } = await users.world()
      const { projectId } = await made()
      const path = [projectId, 'stacks', stack.name, stack.id, 'resources', hold.row.name]
      return {
        ...facts,
        signalUrl: `${orchestrationUrl}/${path.map(encodeURIComponent).join('/')}/signal`,
      }
    },
  }
}
