import { answer, type Call, link, type Method, nothing, param, type Route, route } from '../kit/call.ts'
import { notFound } from '../kit/refusal.ts'
import { found, listed, shown } from './collection.ts'
import { type Assignment, assignments, domains, groups, projects, roles, users } from './kinds.ts'
import { groupCollection, userCollection } from './people.ts'
import { domainCollection, projectCollection, roleCollection } from './places.ts'
import { forbiddenAction, onlyAdmin } from './refusals.ts'
import { rolesOf } from './roles.ts'

type Place = 'projects' | 'domains' | 'system'
type Actor = 'users' | 'groups'

/** The routes by which roles are given and taken: on projects, on domains and on the whole cloud. */
export const assignmentRoutes: readonly Route[] = [
  ...(['projects', 'domains'] as const).flatMap((place) =>
    (['users', 'groups'] as const).flatMap((actor) => [
      ...grantRoutes(place, actor, `/v3/${place}/:id/${actor}/:actor/roles`, false),
      ...grantRoutes(place, actor, `/v3/OS-INHERIT/${place}/:id/${actor}/:actor/roles`, true),
    ]),
  ),
  ...grantRoutes('system', 'users', '/v3/system/users/:actor/roles', false),
  ...grantRoutes('system', 'groups', '/v3/system/groups/:actor/roles', false),
  route('GET /v3/role_assignments', list),
]

function grantRoutes(place: Place, actor: Actor, path: string, inherited: boolean): Route[] {
  const tail = inherited ? '/inherited_to_projects' : ''
  const on = (method: Method, handle: (call: Call, grant: Assignment) => ReturnType<typeof nothing>) =>
    route(`${method} ${path}/:role${tail}`, (call) =>
      handle(call, grantIn(call, { place, actor, inherited })),
    )
  return [
    route(`GET ${path}${tail}`, (call) => listGrants(call, grantIn(call, { place, actor, inherited }))),
    on('PUT', (call, grant) => {
      onlyAdmin(call, 'identity:create_grant')
      call.world.of(assignments).add(grant)
      return nothing()
    }),
    on('HEAD', held),
    on('GET', held),
    on('DELETE', (call, grant) => {
      onlyAdmin(call, 'identity:revoke_grant')
      held(call, grant)
      call.world.of(assignments).remove(grant.id)
      return nothing()
    }),
  ]
}

function held(call: Call, grant: Assignment) {
  if (call.world.of(assignments).get(grant.id) !== undefined) return nothing()
  const actor = grant.user_id ?? grant.group_id
  const target = grant.project_id ?? grant.domain_id ?? 'system'
  throw notFound(
    `Could not find role assignment with role: ${grant.role_id}, user or group: ${actor}, project, domain, or system: ${target}.`,
  )
}

interface GrantForm {
  readonly place: Place
  readonly actor: Actor
  readonly inherited: boolean
}

/** The assignment that an address speaks of; every part of it must exist. */
function grantIn(call: Call, { place, actor, inherited }: GrantForm): Assignment {
  const who = param(call, 'actor')
  const role = call.params.role ?? ''
  if (role !== '') found(call, roleCollection, role)
  if (actor === 'users') found(call, userCollection, who)
  else found(call, groupCollection, who)
  const where = place === 'system' ? 'system' : param(call)
  if (place === 'projects') found(call, projectCollection, where)
  if (place === 'domains') found(call, domainCollection, where)
  return {
    id: [where, who, role, inherited].join(':'),
    role_id: role,
    inherited,
    ...(actor === 'users' ? { user_id: who } : { group_id: who }),
    ...(place === 'projects'
      ? { project_id: where }
      : place === 'domains'
        ? { domain_id: where }
        : { system: true }),
  }
}

function listGrants(call: Call, like: Assignment) {
  onlyAdmin(call, 'identity:list_grants')
  const given = call.world
    .of(assignments)
    .filter((each) => each.id.startsWith(like.id.split('::')[0] ?? '') && each.inherited === like.inherited)
  const held = given.flatMap((each) => call.world.of(roles).get(each.role_id) ?? [])
  return answer(
    listed(
      call,
      'roles',
      held.map((role) => shown(call, roleCollection, role)),
    ),
  )
}

const filters = {
  'role.id': 'role_id',
  'user.id': 'user_id',
  'group.id': 'group_id',
  'scope.project.id': 'project_id',
  'scope.domain.id': 'domain_id',
} as const

function list(call: Call) {
  const own = call.query.get('user.id') === call.caller.userId
  if (!call.caller.admin && !own) throw forbiddenAction('identity:list_role_assignments')
  const all = call.query.has('effective') ? effective(call) : call.world.of(assignments).all()
  const wanted = all.filter((each) =>
    Object.entries(filters).every(([name, field]) => {
      const value = call.query.get(name)
      return value === null || each[field] === value
    }),
  )
  const inSystem = call.query.has('scope.system') ? wanted.filter((each) => each.system) : wanted
  return answer(
    listed(
      call,
      'role_assignments',
      inSystem.map((each) => view(call, each)),
    ),
  )
}

/** Every user's roles, with groups, inheritance and implication worked out. */
function effective(call: Call): Assignment[] {
  const { world } = call
  const wantedUser = call.query.get('user.id')
  const people =
    wantedUser === null
      ? world.of(users).all()
      : [world.of(users).get(wantedUser)].filter((each) => each !== undefined)
  return people.flatMap((user) =>
    placesOf(call).flatMap((place) =>
      rolesOf(world, user.id, place).map((role) => ({
        id: '',
        role_id: role.id,
        user_id: user.id,
        inherited: false,
        ...('projectId' in place ? { project_id: place.projectId } : { domain_id: place.domainId }),
      })),
    ),
  )
}

function placesOf({
  world,
  query,
}: Call): ({ readonly projectId: string } | { readonly domainId: string })[] {
  const project = query.get('scope.project.id')
  if (project !== null) return [{ projectId: project }]
  return [
    ...world
      .of(projects)
      .all()
      .map(({ id }) => ({ projectId: id })),
    ...world
      .of(domains)
      .all()
      .map(({ id }) => ({ domainId: id })),
  ]
}

function view(call: Call, each: Assignment): object {
  const names = call.query.has('include_names')
  const { world } = call
  const named = (
    id: string,
    row: { readonly name: string; readonly domain_id?: string | null } | undefined,
  ) => (names && row !== undefined ? { id, name: row.name, ...domainPart(call, row.domain_id) } : { id })
  const scope = {
    ...(each.project_id ? { project: named(each.project_id, world.of(projects).get(each.project_id)) } : {}),
    ...(each.domain_id ? { domain: named(each.domain_id, world.of(domains).get(each.domain_id)) } : {}),
    ...(each.system ? { system: { all: true } } : {}),
    ...(each.inherited ? { 'OS-INHERIT:inherited_to': 'projects' } : {}),
  }
  return {
    role: named(each.role_id, world.of(roles).get(each.role_id)),
    ...(each.user_id ? { user: named(each.user_id, world.of(users).get(each.user_id)) } : {}),
    ...(each.group_id ? { group: named(each.group_id, world.of(groups).get(each.group_id)) } : {}),
    scope,
    links: { assignment: link(call, `/identity/v3/${addressOf(each)}`) },
  }
}

function domainPart(call: Call, id: string | null | undefined): object {
  if (!id) return {}
  return { domain: { id, name: call.world.of(domains).get(id)?.name ?? '' } }
}

function addressOf({ project_id, domain_id, user_id, group_id, role_id }: Assignment): string {
  const place = project_id ? `projects/${project_id}` : domain_id ? `domains/${domain_id}` : 'system'
  const actor = user_id ? `users/${user_id}` : `groups/${group_id}`
  return `${place}/${actor}/roles/${role_id}`
}
