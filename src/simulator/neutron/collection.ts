import { isoSeconds } from '../../base/clock.ts'
import { isMap, sameJson } from '../../base/json.ts'
import { answer, type Call, created, header, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, Refusal } from '../kit/refusal.ts'
import type { Kind, Row } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { type Attributes, changedValues, newValues } from './checks.ts'
import type { Standard } from './kinds.ts'
import { listAnswer } from './listing.ts'
import { mustFitQuota } from './quotas.ts'
import { againstPolicy, badFor } from './refusals.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface Owned extends Row {
  readonly project_id: string
}

/** One of Neutron's collections: what differs from one to the next. */
export interface Collection<T extends Owned> {
  readonly kind: Kind<T>
  readonly one: string
  readonly many: string
  /** The word in the address, if it is not `many`. */
  readonly path?: string
  readonly noSuch: (id: string) => Refusal
  readonly attributes: Attributes
  /** What a list may be filtered by, besides what every list may. */
  readonly filters: readonly string[]
  /** Attributes of admins only. */
  readonly admin?: {
    readonly create?: readonly string[]
    readonly update?: readonly string[]
    readonly show?: readonly string[]
  }
  /** Whether only admins may change its objects, or even see them. */
  readonly adminOnly?: 'changes' | 'all'
  /** The name of its quota, if it has one. */
  readonly quota?: string
  /** Checks what is wanted, takes what it needs, and adds the row. */
  make(call: Call, fields: Fields): T
  amend?(call: Call, row: T, changes: Fields): Partial<T>
  /** What goes with the row, or the refusal to let it go. */
  remove?(call: Call, row: T): void
  view(world: World, row: T): Fields
  /** What more a new object shows, and only then. */
  viewNew?(row: T): Fields
  /** Whether someone of another project sees it, too. */
  mayShow?(call: Call, row: T): boolean
  /** What is there as soon as anybody looks. */
  before?(call: Call): void
}

const ownership: Attributes = {
  id: { post: false },
  tenant_id: {},
  project_id: {},
}

/** What a new object of Neutron begins with. */
export function standardOf(world: World, projectId: string): Standard {
  const now = isoSeconds(world.now())
  return {
    id: world.random.uuid(),
    project_id: projectId,
    description: '',
    revision_number: 0,
    tags: [],
    created_at: now,
    updated_at: now,
  }
}

/** What changes in a row whenever anything in it does. */
export function touched(world: World, row: Standard): Pick<Standard, 'revision_number' | 'updated_at'> {
  return { revision_number: row.revision_number + 1, updated_at: isoSeconds(world.now()) }
}

/** The object that a path names, if the caller may see it. */
export function seen<T extends Owned>(call: Call, collection: Collection<T>, id = param(call)): T {
  const row = call.world.of(collection.kind).get(id)
  if (row === undefined || !maySee(call, collection, row)) throw collection.noSuch(id)
  return row
}

function maySee<T extends Owned>(call: Call, collection: Collection<T>, row: T): boolean {
  return (
    call.caller.admin || row.project_id === call.caller.projectId || collection.mayShow?.(call, row) === true
  )
}

/** The object that a path names, if the caller may change it. */
export function owned<T extends Owned>(call: Call, collection: Collection<T>, action: string): T {
  const row = seen(call, collection)
  if (call.caller.admin || row.project_id === call.caller.projectId) return row
  throw againstPolicy(`${action}_${collection.one}`)
}

/** The row as this caller is shown it. */
export function viewFor<T extends Owned>(call: Call, collection: Collection<T>, row: T): Fields {
  const bare = collection.view(call.world, row)
  const view = 'project_id' in bare ? { ...bare, tenant_id: row.project_id } : bare
  if (call.caller.admin) return view
  const secret = collection.admin?.show
  if (secret === undefined) return view
  const shown: Record<string, unknown> = { ...view }
  // not `delete`: objects that lost a field are slow to write as JSON
  for (const name of secret) shown[name] = undefined
  return shown
}

/** The five routes of a collection; a list in the body of a creation makes many at once. */
export function collectionRoutes<T extends Owned>(collection: Collection<T>): Route[] {
  const base = `/v2.0/${collection.path ?? collection.many}`
  const { one, many, kind } = collection

  function mustBeAllowed(call: Call, action: string): void {
    if (
      !call.caller.admin &&
      (collection.adminOnly === 'all' || (collection.adminOnly !== undefined && action !== 'get'))
    ) {
      throw againstPolicy(`${action}_${one}`)
    }
  }

  function list(call: Call) {
    collection.before?.(call)
    const rows = candidates(call, kind).filter((row) => maySee(call, collection, row))
    return listAnswer(call, collection, rows, (row) => viewFor(call, collection, row))
  }

  function show(call: Call) {
    const view = viewFor(call, collection, seen(call, collection))
    return answer({ [one]: projected(call, view) })
  }

  function create(call: Call) {
    mustBeAllowed(call, 'create')
    collection.before?.(call)
    const newView = (row: T) => ({ ...viewFor(call, collection, row), ...collection.viewNew?.(row) })
    if (isMap(call.body) && many in call.body) {
      const items = call.body[many]
      if (!Array.isArray(items) || items.length === 0) throw badRequest('Resources required')
      const wanted = items.map((item) => wantedIn(call, collection, item))
      mustFitQuota(call, collection, wanted.map(projectIn))
      return created({
        [many]: allOrNone(call, collection, wanted).map((row) => viewFor(call, collection, row)),
      })
    }
    const wanted = wantedIn(call, collection, bodyPart(call.body, one))
    mustFitQuota(call, collection, [projectIn(wanted)])
    return created({ [one]: newView(collection.make(call, wanted)) })
  }

  function update(call: Call) {
    mustBeAllowed(call, 'update')
    const given = bodyPart(call.body, one)
    const row = owned(call, collection, 'update')
    mustMatchRevision(call, row)
    const changes = changesIn(call, collection, given)
    const amended = collection.amend?.(call, row, changes) ?? (changes as Partial<T>)
    const now = call.world.of(kind).get(row.id) ?? row
    const after = call.world.of(kind).change(row.id, { ...touchedIfStandard(call, now), ...amended }) ?? now
    return answer({ [one]: viewFor(call, collection, after) })
  }

  function remove(call: Call) {
    mustBeAllowed(call, 'delete')
    const row = owned(call, collection, 'delete')
    mustMatchRevision(call, row)
    collection.remove?.(call, row)
    call.world.of(kind).remove(row.id)
    return nothing()
  }

  return [
    route(`GET ${base}`, list),
    route(`POST ${base}`, create),
    route(`GET ${base}/:id`, show),
    route(`PUT ${base}/:id`, update),
    route(`DELETE ${base}/:id`, remove),
  ]
}

/** The rows among which a list is looked for: few, if it is asked for by what the table is indexed by. */
function candidates<T extends Owned>({ world, query }: Call, kind: Kind<T>): T[] {
  const table = world.of(kind)
  for (const field of kind.indexes) {
    const values = query.getAll(field)
    const [only] = values
    if (values.length === 1 && only)
      return table.where(field as keyof T & string, only as T[keyof T & string])
  }
  return table.all()
}

const projectIn = (fields: Fields): string => String(fields.project_id)

function touchedIfStandard(call: Call, row: object): object {
  return 'revision_number' in row ? touched(call.world, row as Standard) : {}
}

function projected(call: Call, view: Fields): Fields {
  const names = call.query.getAll('fields')
  return names.length === 0
    ? view
    : Object.fromEntries(Object.entries(view).filter(([name]) => names.includes(name)))
}

function bodyPart(body: unknown, one: string): Fields {
  if (body === undefined) throw badRequest('Resource body required')
  const part = isMap(body) ? body[one] : undefined
  if (part === undefined) throw badRequest(`Unable to find '${one}' in request body`)
  if (!isMap(part)) throw badRequest(`Object '${one}' contains invalid data`)
  return part
}

/** If one of many can't be made, those made before it are taken back. */
function allOrNone<T extends Owned>(call: Call, collection: Collection<T>, wanted: readonly Fields[]): T[] {
  const made: T[] = []
  try {
    for (const fields of wanted) made.push(collection.make(call, fields))
    return made
  } catch (error) {
    for (const row of made) {
      collection.remove?.(call, row)
      call.world.of(collection.kind).remove(row.id)
    }
    throw error
  }
}

/** What is wanted of a new object: every attribute checked, converted and filled in. */
function wantedIn<T extends Owned>(call: Call, collection: Collection<T>, item: unknown): Fields {
  const { one, attributes, admin } = collection
  const given = isMap(item) && isMap(item[one]) && Object.keys(item).length === 1 ? item[one] : item
  if (!isMap(given)) throw badRequest(`Object '${one}' contains invalid data`)
  const { tenant_id: _tenant, ...values } = newValues(given, { ...ownership, ...attributes })
  const wanted: Fields = { ...values, project_id: ownerIn(call, given) }
  if (!call.caller.admin) {
    const differs = (name: string) => !sameJson(wanted[name], attributes[name]?.fallback)
    const forbidden = admin?.create?.find((name) => name in given && differs(name))
    if (forbidden !== undefined) throw againstPolicy(`create_${one}`, forbidden)
  }
  return wanted
}

function ownerIn({ caller }: Call, given: Fields): string {
  const wanted = given.project_id ?? given.tenant_id
  if (
    given.project_id !== undefined &&
    given.tenant_id !== undefined &&
    given.project_id !== given.tenant_id
  ) {
    throw badRequest("'project_id' and 'tenant_id' do not match")
  }
  if (wanted === undefined || wanted === null) return caller.projectId
  if (wanted !== caller.projectId && !caller.admin) {
    throw badRequest(
      "Specifying 'project_id' or 'tenant_id' other than the authenticated project in request requires admin privileges",
    )
  }
  return String(wanted)
}

/** The changes that are wanted, checked and converted. */
function changesIn<T extends Owned>(call: Call, collection: Collection<T>, given: Fields): Fields {
  const changes = changedValues(given, { ...ownership, ...collection.attributes })
  if (!call.caller.admin) {
    const forbidden = collection.admin?.update?.find((name) => name in given)
    if (forbidden !== undefined) throw againstPolicy(`update_${collection.one}`, forbidden)
  }
  return changes
}

function mustMatchRevision(call: Call, row: object): void {
  const wanted = header(call, 'if-match')
  if (wanted === undefined) return
  const number = /^revision_number=(\d+)$/.exec(wanted)?.[1]
  if (number === undefined)
    throw badFor('if-match', 'Revision number etag must be in the format of revision_number=<int>')
  const current = (row as Partial<Standard>).revision_number
  if (Number(number) === current) return
  throw new Refusal(
    412,
    'RevisionNumberConstraintFailed',
    `Constrained to ${number}, but current revision is ${current}`,
  )
}
