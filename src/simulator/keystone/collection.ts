import { answer, type Call, created, link, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import type { Kind, Row } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { checked, forbiddenAction, onlyAdmin, unknown } from './refusals.ts'

type Fields = Readonly<Record<string, unknown>>

/** One of Keystone's collections: what differs from one to the next. */
export interface Collection<T extends Row> {
  readonly kind: Kind<T>
  readonly one: string
  readonly many: string
  /** What it is called in "Could not find …". */
  readonly noun: string
  readonly filters: readonly string[]
  readonly create: Shape
  readonly update: Shape
  make(call: Call, fields: Fields): T
  /** What is to be changed, if it may be. */
  amend?(call: Call, row: T, fields: Fields): Fields
  /** What goes with a row, or the refusal to let it go. */
  remove?(call: Call, row: T): void
  view?(row: T, world: World): object
  /** Whether someone who is no admin may look at a row. */
  mayShow?(call: Call, row: T): boolean
  /** Whether someone who is no admin may list; all the rows that `mayShow` are then in the list. */
  readonly anyoneLists?: boolean
}

/** The object that a path names, or a refusal in Keystone's words. */
export function found<T extends Row>(
  call: Call,
  { kind, noun }: Pick<Collection<T>, 'kind' | 'noun'>,
  id: string,
): T {
  const row = call.world.of(kind).get(id)
  if (row === undefined) throw unknown(noun, id)
  return row
}

/** An object as Keystone shows it, with the link to itself. */
export function shown<T extends Row>(
  call: Call,
  collection: Pick<Collection<T>, 'many' | 'view'>,
  row: T,
): object {
  const view = collection.view?.(row, call.world) ?? row
  return { ...view, links: { self: link(call, `/identity/v3/${collection.many}/${row.id}`) } }
}

/** A list as Keystone shows it. */
export function listed(call: Call, many: string, items: readonly object[]): object {
  return { [many]: items, links: { next: null, self: link(call, call.url), previous: null } }
}

/** The five routes of a collection. */
export function collectionRoutes<T extends Row>(collection: Collection<T>): Route[] {
  const { kind, one, many } = collection
  const base = `/v3/${many}`

  function list(call: Call) {
    if (!collection.anyoneLists) onlyAdmin(call, `identity:list_${many}`)
    const rows = call.world.of(kind).filter((row) => passes(row, call.query, collection.filters))
    const mine = call.caller.admin ? rows : rows.filter((row) => collection.mayShow?.(call, row) ?? true)
    return answer(
      listed(
        call,
        many,
        mine.map((row) => shown(call, collection, row)),
      ),
    )
  }

  function show(call: Call) {
    const row = call.world.of(kind).get(param(call))
    const allowed = call.caller.admin || (row !== undefined && collection.mayShow?.(call, row) === true)
    if (!allowed) throw forbiddenAction(`identity:get_${one}`)
    return answer({ [one]: shown(call, collection, found(call, collection, param(call))) })
  }

  function create(call: Call) {
    onlyAdmin(call, `identity:create_${one}`)
    const row = call.world.of(kind).add(collection.make(call, checked(call.body, one, collection.create)))
    return created({ [one]: shown(call, collection, row) })
  }

  function update(call: Call) {
    onlyAdmin(call, `identity:update_${one}`)
    const row = found(call, collection, param(call))
    const fields = checked(call.body, one, collection.update)
    const changes = collection.amend?.(call, row, fields) ?? fields
    const after = call.world.of(kind).change(row.id, changes as Partial<T>) ?? row
    return answer({ [one]: shown(call, collection, after) })
  }

  function remove(call: Call) {
    onlyAdmin(call, `identity:delete_${one}`)
    const row = found(call, collection, param(call))
    collection.remove?.(call, row)
    call.world.of(kind).remove(row.id)
    return nothing()
  }

  return [
    route(`GET ${base}`, list),
    route(`POST ${base}`, create),
    route(`GET ${base}/:id`, show),
    route(`PATCH ${base}/:id`, update),
    route(`DELETE ${base}/:id`, remove),
  ]
}

function passes(row: object, query: URLSearchParams, filters: readonly string[]): boolean {
  for (const [name, wanted] of query) {
    const [field = name, comparator] = name.split('__')
    if (!filters.includes(field)) continue
    const value = String(row[field as keyof typeof row] ?? '')
    if (!fits(value, wanted, comparator)) return false
  }
  return true
}

function fits(value: string, wanted: string, comparator: string | undefined): boolean {
  const [text, part] = [value.toLowerCase(), wanted.toLowerCase()]
  if (comparator === undefined) return text === part || (value === 'true' && wanted === '1')
  if (comparator.endsWith('contains')) return text.includes(part)
  if (comparator.endsWith('startswith')) return text.startsWith(part)
  if (comparator.endsWith('endswith')) return text.endsWith(part)
  return true
}
