import type { Call } from '../kit/call.ts'
import { answer, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, unauthorized } from '../kit/refusal.ts'
import { digest } from './authenticate.ts'
import { type Collection, collectionRoutes, found, listed, shown } from './collection.ts'
import {
  applicationCredentials,
  assignments,
  domains,
  type Group,
  groups,
  projects,
  tokens,
  trusts,
  type User,
  users,
} from './kinds.ts'
import { checked, duplicate, forbiddenAction, onlyAdmin, unknown } from './refusals.ts'

type Fields = Readonly<Record<string, unknown>>

const name: Shape = { type: 'string', minLength: 1, maxLength: 255, pattern: '[\\S]+' }
const id: Shape = { type: ['string', 'null'] }

const userFields = {
  name,
  default_project_id: id,
  domain_id: id,
  enabled: { type: 'boolean' },
  description: { type: ['string', 'null'] },
  email: { type: ['string', 'null'] },
  password: { type: ['string', 'null'] },
  options: { type: 'object' },
} as const

export const userCollection: Collection<User> = {
  kind: users,
  one: 'user',
  many: 'users',
  noun: 'user',
  filters: ['name', 'domain_id', 'enabled', 'default_project_id', 'id'],
  create: { properties: userFields, required: ['name'] },
  update: { properties: userFields, minProperties: 1 },
  make(call, fields) {
    const { password, ...rest } = fields
    const user: User = {
      options: {},
      ...rest,
      id: call.world.random.hex(32),
      name: String(fields.name),
      domain_id: domainFor(call, fields),
      enabled: fields.enabled !== false,
      ...(typeof password === 'string' ? { password } : {}),
    }
    mustBeFree(call, user)
    return withDigest(user)
  },
  amend(call, row, fields) {
    if (fields.domain_id !== undefined && fields.domain_id !== row.domain_id)
      throw badRequest('Cannot change Domain ID')
    mustBeFree(call, { ...row, ...fields } as User)
    const { password, ...rest } = fields
    if (typeof password !== 'string') return rest
    return { ...rest, password_digest: digest(row.id, password), password_changed_at: call.world.now() }
  },
  remove(call, row) {
    const { world } = call
    for (const each of world.of(assignments).where('user_id', row.id)) world.of(assignments).remove(each.id)
    for (const each of world.of(applicationCredentials).where('user_id', row.id))
      world.of(applicationCredentials).remove(each.id)
    const theirs = world
      .of(trusts)
      .filter((each) => each.trustor_user_id === row.id || each.trustee_user_id === row.id)
    for (const each of theirs) world.of(trusts).remove(each.id)
    for (const each of world.of(tokens).filter((token) => token.user_id === row.id))
      world.of(tokens).remove(each.id)
  },
  view: userView,
  mayShow: (call, row) => call.caller.userId === row.id,
}

function userView({ password_digest: _digest, password_changed_at: _changed, ...user }: User): object {
  return { ...user, password_expires_at: null }
}

/** A user as it is kept: the password itself is not. */
export function withDigest({ password, ...user }: User): User {
  return typeof password === 'string'
    ? ({ ...user, password_digest: digest(user.id, password) } as User)
    : (user as User)
}

function domainFor(call: Call, fields: Fields): string {
  const wanted = typeof fields.domain_id === 'string' ? fields.domain_id : (call.caller.domainId ?? 'default')
  if (call.world.of(domains).get(wanted) === undefined) throw unknown('domain', wanted)
  return wanted
}

function mustBeFree(call: Call, user: User): void {
  const other = call.world
    .of(users)
    .find((each) => each.name === user.name && each.domain_id === user.domain_id && each.id !== user.id)
  if (other !== undefined)
    throw duplicate('user', `Duplicate entry found with name ${user.name} at domain ID ${user.domain_id}`)
}

const groupFields = { name, domain_id: id, description: { type: ['string', 'null'] } } as const

export const groupCollection: Collection<Group> = {
  kind: groups,
  one: 'group',
  many: 'groups',
  noun: 'group',
  filters: ['name', 'domain_id'],
  create: { properties: groupFields, required: ['name'] },
  update: { properties: groupFields, minProperties: 1 },
  make(call, fields) {
    const group: Group = {
      description: '',
      ...fields,
      id: call.world.random.hex(32),
      name: String(fields.name),
      domain_id: domainFor(call, fields),
      members: [],
    }
    if (
      call.world.of(groups).find((each) => each.name === group.name && each.domain_id === group.domain_id)
    ) {
      throw duplicate(
        'group',
        `Duplicate entry found with name ${group.name} at domain ID ${group.domain_id}`,
      )
    }
    return group
  },
  remove(call, row) {
    for (const each of call.world.of(assignments).where('group_id', row.id))
      call.world.of(assignments).remove(each.id)
  },
  view: ({ members: _members, ...group }) => group,
}

export const peopleRoutes: readonly Route[] = [
  ...collectionRoutes(userCollection),
  ...collectionRoutes(groupCollection),
  route('POST /v3/users/:id/password', changePassword, { open: true }),
  route('GET /v3/users/:id/projects', projectsOfUser),
  route('GET /v3/users/:id/groups', (call) => {
    const theirs = call.world.of(groups).filter((group) => group.members.includes(param(call)))
    return answer(
      listed(
        call,
        'groups',
        theirs.map((group) => shown(call, groupCollection, group)),
      ),
    )
  }),
  route('GET /v3/groups/:id/users', (call) => {
    const members = found(call, groupCollection, param(call)).members
    const theirs = members.flatMap((member) => call.world.of(users).get(member) ?? [])
    return answer(
      listed(
        call,
        'users',
        theirs.map((user) => shown(call, userCollection, user)),
      ),
    )
  }),
  route('PUT /v3/groups/:id/users/:user', (call) => changeMembers(call, 'add')),
  route('DELETE /v3/groups/:id/users/:user', (call) => changeMembers(call, 'remove')),
  route('GET /v3/groups/:id/users/:user', isMember),
  route('HEAD /v3/groups/:id/users/:user', isMember),
]

function isMember(call: Call) {
  const { members } = found(call, groupCollection, param(call))
  if (!members.includes(param(call, 'user'))) throw unknown('user', param(call, 'user'))
  return nothing()
}

function changeMembers(call: Call, how: 'add' | 'remove') {
  onlyAdmin(call, `identity:${how}_user_in_group`)
  const group = found(call, groupCollection, param(call))
  const user = found(call, userCollection, param(call, 'user'))
  const others = group.members.filter((member) => member !== user.id)
  call.world.of(groups).change(group.id, { members: how === 'add' ? [...others, user.id] : others })
  return nothing()
}

function changePassword(call: Call) {
  const fields = checked(call.body, 'user', { required: ['password', 'original_password'] })
  const user = found(call, userCollection, param(call))
  if (user.password_digest !== digest(user.id, String(fields.original_password))) throw unauthorized()
  call.world.of(users).change(user.id, {
    password_digest: digest(user.id, String(fields.password)),
    password_changed_at: call.world.now(),
  })
  return nothing()
}

/** The projects that a user has a role on, directly or by a group. */
function projectsOfUser(call: Call) {
  const userId = param(call)
  if (!call.caller.admin && call.caller.userId !== userId)
    throw forbiddenAction('identity:list_user_projects')
  return answer(listed(call, 'projects', theirProjects(call, userId)))
}

/** What `/users/:id/projects` and `/auth/projects` list. */
export function theirProjects(call: Call, userId: string): object[] {
  const { world } = call
  const theirGroups = world.of(groups).filter((group) => group.members.includes(userId))
  const held = [
    ...world.of(assignments).where('user_id', userId),
    ...theirGroups.flatMap((group) => world.of(assignments).where('group_id', group.id)),
  ]
  const ids = new Set(held.flatMap((each) => each.project_id ?? []))
  return [...ids]
    .flatMap((each) => world.of(projects).get(each) ?? [])
    .map((project) => shown(call, { many: 'projects' }, project))
}
