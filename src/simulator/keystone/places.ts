import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, forbidden } from '../kit/refusal.ts'
import { type Collection, collectionRoutes, found, listed } from './collection.ts'
import {
  assignments,
  type Domain,
  domains,
  groups,
  type Project,
  projects,
  type Role,
  roles,
  users,
} from './kinds.ts'
import { theirProjects } from './people.ts'
import { duplicate, onlyAdmin, unknown } from './refusals.ts'

const name: Shape = { type: 'string', minLength: 1, maxLength: 64, pattern: '[\\S]+' }
const tags: Shape = { type: 'array', items: { type: 'string', minLength: 1, maxLength: 255 }, maxItems: 80 }

const projectFields = {
  name,
  domain_id: { type: ['string', 'null'] },
  parent_id: { type: ['string', 'null'] },
  description: { type: ['string', 'null'] },
  enabled: { type: 'boolean' },
  is_domain: { type: 'boolean' },
  options: { type: 'object' },
  tags,
} as const

export const projectCollection: Collection<Project> = {
  kind: projects,
  one: 'project',
  many: 'projects',
  noun: 'project',
  filters: ['name', 'domain_id', 'enabled', 'parent_id', 'is_domain', 'id'],
  create: { properties: projectFields, required: ['name'] },
  update: { properties: projectFields, minProperties: 1 },
  make(call, fields) {
    const parent = call.world.of(projects).get(String(fields.parent_id ?? ''))
    const domain = String(fields.domain_id ?? parent?.domain_id ?? call.caller.domainId ?? 'default')
    if (call.world.of(domains).get(domain) === undefined) throw unknown('domain', domain)
    if (typeof fields.parent_id === 'string' && fields.parent_id !== domain && parent === undefined) {
      throw unknown('project', fields.parent_id)
    }
    const project: Project = {
      options: {},
      ...fields,
      id: call.world.random.hex(32),
      name: String(fields.name),
      domain_id: domain,
      parent_id: parent?.id ?? domain,
      enabled: fields.enabled !== false,
      is_domain: false,
      description: String(fields.description ?? ''),
      tags: (fields.tags as string[] | undefined) ?? [],
    }
    mustBeFree(call, project)
    return project
  },
  amend(call, row, fields) {
    if (fields.domain_id !== undefined && fields.domain_id !== row.domain_id)
      throw badRequest('Cannot change Domain ID')
    if (fields.parent_id !== undefined && fields.parent_id !== row.parent_id) {
      throw forbidden('Update of `parent_id` is not allowed.')
    }
    mustBeFree(call, { ...row, ...fields } as Project)
    return fields
  },
  remove(call, row) {
    if (call.world.of(projects).find((each) => each.parent_id === row.id)) {
      throw forbidden(`Cannot delete project ${row.id} since it is not a leaf in the hierarchy.`)
    }
    const held = call.world.of(assignments).filter((each) => each.project_id === row.id)
    for (const each of held) call.world.of(assignments).remove(each.id)
  },
  mayShow: (call, row) => call.caller.projectId === row.id,
}

function mustBeFree(call: Call, project: Project): void {
  const other = call.world
    .of(projects)
    .find(
      (each) => each.name === project.name && each.domain_id === project.domain_id && each.id !== project.id,
    )
  if (other === undefined) return
  throw duplicate(
    'project',
    `it is not permitted to have two projects with the same name in the same domain : ${project.name}`,
  )
}

const domainFields = {
  name,
  description: { type: ['string', 'null'] },
  enabled: { type: 'boolean' },
} as const

export const domainCollection: Collection<Domain> = {
  kind: domains,
  one: 'domain',
  many: 'domains',
  noun: 'domain',
  filters: ['name', 'enabled', 'id'],
  create: { properties: domainFields, required: ['name'] },
  update: { properties: domainFields, minProperties: 1 },
  make(call, fields) {
    if (call.world.of(domains).find((each) => each.name === fields.name)) {
      throw duplicate('domain', `it is not permitted to have two domains with the same name: ${fields.name}`)
    }
    const own = { enabled: fields.enabled !== false, description: String(fields.description ?? '') }
    return {
      tags: [],
      options: {},
      ...fields,
      id: call.world.random.hex(32),
      name: String(fields.name),
      ...own,
    }
  },
  remove(call, row) {
    if (row.enabled) {
      throw forbidden('Cannot delete a domain that is enabled, please disable it first.')
    }
    const { world } = call
    for (const table of [world.of(projects), world.of(users), world.of(groups)]) {
      for (const each of table.all()) if (each.domain_id === row.id) table.remove(each.id)
    }
    const held = world.of(assignments).filter((each) => each.domain_id === row.id)
    for (const each of held) world.of(assignments).remove(each.id)
  },
  mayShow: (call, row) => call.caller.domainId === row.id,
}

const roleFields = { name, description: { type: ['string', 'null'] }, options: { type: 'object' } } as const

export const roleCollection: Collection<Role> = {
  kind: roles,
  one: 'role',
  many: 'roles',
  noun: 'role',
  filters: ['name', 'domain_id'],
  create: { properties: roleFields, required: ['name'] },
  update: { properties: roleFields, minProperties: 1 },
  make(call, fields) {
    const domain = typeof fields.domain_id === 'string' ? fields.domain_id : null
    if (call.world.of(roles).find((each) => each.name === fields.name && each.domain_id === domain)) {
      throw duplicate('role', `Duplicate entry found with name ${fields.name}`)
    }
    const own = { id: call.world.random.hex(32), name: String(fields.name), domain_id: domain }
    return { description: null, options: {}, ...fields, ...own }
  },
  remove(call, row) {
    if ((row.options as { immutable?: boolean } | undefined)?.immutable) {
      throw forbidden(
        `Unable to delete immutable role resource: \`${row.id}. Set resource option "immutable" to false first.`,
      )
    }
    const held = call.world.of(assignments).filter((each) => each.role_id === row.id)
    for (const each of held) call.world.of(assignments).remove(each.id)
  },
}

export const placeRoutes: readonly Route[] = [
  ...collectionRoutes(projectCollection),
  ...collectionRoutes(domainCollection),
  ...collectionRoutes(roleCollection),
  route('GET /v3/auth/projects', (call) =>
    answer(listed(call, 'projects', theirProjects(call, call.caller.userId))),
  ),
  route('GET /v3/auth/domains', (call) => answer(listed(call, 'domains', []))),
  route('GET /v3/auth/system', () => answer({ system: [] })),
  route('GET /v3/projects/:id/tags', (call) =>
    answer({ tags: found(call, projectCollection, param(call)).tags }),
  ),
  route('PUT /v3/projects/:id/tags', (call) => {
    const wanted = (call.body as { tags?: string[] } | undefined)?.tags ?? []
    return answer({ tags: changeTags(call, () => wanted), links: {} })
  }),
  route('DELETE /v3/projects/:id/tags', (call) => {
    changeTags(call, () => [])
    return nothing()
  }),
  route('PUT /v3/projects/:id/tags/:tag', (call) => {
    changeTags(call, (tags) => [...new Set([...tags, param(call, 'tag')])])
    return { status: 201 }
  }),
  route('GET /v3/projects/:id/tags/:tag', (call) => {
    const has = found(call, projectCollection, param(call)).tags.includes(param(call, 'tag'))
    if (!has) throw unknown('project tag', param(call, 'tag'))
    return nothing()
  }),
  route('DELETE /v3/projects/:id/tags/:tag', (call) => {
    changeTags(call, (tags) => tags.filter((tag) => tag !== param(call, 'tag')))
    return nothing()
  }),
]

function changeTags(call: Call, change: (tags: readonly string[]) => readonly string[]): readonly string[] {
  onlyAdmin(call, 'identity:update_project_tags')
  const project = found(call, projectCollection, param(call))
  return call.world.of(projects).change(project.id, { tags: change(project.tags) })?.tags ?? []
}
