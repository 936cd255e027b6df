import { isoMicros } from '../../base/clock.ts'
import { isMap } from '../../base/json.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import { hosts } from './build.ts'
import { mustFit, onlyAdmin } from './refusals.ts'
import { name, wrapped } from './shapes.ts'

interface Aggregate extends Row {
  readonly number: number
  readonly uuid: string
  readonly name: string
  readonly availability_zone: string | null
  readonly hosts: readonly string[]
  readonly metadata: Readonly<Record<string, string>>
  readonly created_at: string
  readonly updated_at: string | null
}

export const aggregates = kind<Aggregate>('aggregates')

export const aggregateRoutes: readonly Route[] = [
  route('GET /v2.1/os-aggregates', (call) => {
    onlyAdmin(call, 'os-aggregates:index')
    return answer({
      aggregates: call.world
        .of(aggregates)
        .all()
        .map((each) => view(call, each)),
    })
  }),
  route('POST /v2.1/os-aggregates', create),
  route('GET /v2.1/os-aggregates/:id', (call) => {
    onlyAdmin(call, 'os-aggregates:show')
    return answer({ aggregate: view(call, aggregateOf(call)) })
  }),
  route('PUT /v2.1/os-aggregates/:id', update),
  route('DELETE /v2.1/os-aggregates/:id', (call) => {
    onlyAdmin(call, 'os-aggregates:delete')
    const aggregate = aggregateOf(call)
    if (aggregate.hosts.length > 0)
      throw badRequest(
        `Cannot remove host aggregate ${aggregate.number}. Reason: Host aggregate is not empty.`,
      )
    call.world.of(aggregates).remove(aggregate.id)
    return nothing(200)
  }),
  route('POST /v2.1/os-aggregates/:id/action', act),
]

function aggregateOf(call: Call): Aggregate {
  const aggregate = call.world.of(aggregates).get(param(call))
  if (aggregate === undefined) throw notFound(`Aggregate ${param(call)} could not be found.`)
  return aggregate
}

function view(
  { version }: Call,
  { id: _id, number, uuid, availability_zone: zone, metadata, ...rest }: Aggregate,
): object {
  const zoned = zone === null ? metadata : { ...metadata, availability_zone: zone }
  return {
    ...rest,
    id: number,
    availability_zone: zone,
    metadata: zoned,
    deleted: false,
    deleted_at: null,
    ...(version >= 41 ? { uuid } : {}),
  }
}

const zoneShape = { type: ['string', 'null'] } as const

function create(call: Call) {
  onlyAdmin(call, 'os-aggregates:create')
  mustFit(
    call.body,
    wrapped('aggregate', { required: ['name'], properties: { name, availability_zone: zoneShape } }),
  )
  const { aggregate: given } = call.body as { aggregate: { name: string; availability_zone?: string | null } }
  const table = call.world.of(aggregates)
  if (table.find((each) => each.name === given.name))
    throw conflict(`Aggregate ${given.name} already exists.`)
  const number = Math.max(0, ...table.all().map((each) => each.number)) + 1
  const aggregate = table.add({
    id: String(number),
    number,
    uuid: call.world.random.uuid(),
    name: given.name,
    availability_zone: given.availability_zone ?? null,
    hosts: [],
    metadata: {},
    created_at: isoMicros(call.world.now()),
    updated_at: null,
  })
  const {
    hosts: _hosts,
    metadata: _metadata,
    ...shown
  } = view(call, aggregate) as Readonly<Record<string, unknown>>
  return answer({ aggregate: shown })
}

function update(call: Call) {
  onlyAdmin(call, 'os-aggregates:update')
  mustFit(
    call.body,
    wrapped('aggregate', { minProperties: 1, properties: { name, availability_zone: zoneShape } }),
  )
  const { aggregate: given } = call.body as { aggregate: Partial<Aggregate> }
  return changed(call, aggregateOf(call), given)
}

function changed(call: Call, aggregate: Aggregate, changes: Partial<Aggregate>) {
  const after = call.world
    .of(aggregates)
    .change(aggregate.id, { ...changes, updated_at: isoMicros(call.world.now()) })
  return answer({ aggregate: view(call, after ?? aggregate) })
}

function act(call: Call) {
  const [action, given] = Object.entries(isMap(call.body) ? call.body : {})[0] ?? ['', {}]
  onlyAdmin(call, `os-aggregates:${action}`)
  const aggregate = aggregateOf(call)
  const fields = isMap(given) ? given : {}
  if (action === 'set_metadata') {
    const wanted = Object.entries({ ...aggregate.metadata, ...(fields.metadata as object) }).filter(
      ([, value]) => value !== null,
    )
    return changed(call, aggregate, { metadata: Object.fromEntries(wanted) as Record<string, string> })
  }
  if (action !== 'add_host' && action !== 'remove_host')
    throw badRequest(`There is no such action: ${action}`)
  const host = String(fields.host)
  if (!(hosts as readonly string[]).includes(host)) throw notFound(`Compute host ${host} could not be found.`)
  const has = aggregate.hosts.includes(host)
  if (action === 'add_host' && has)
    throw conflict(
      `Cannot add host to aggregate ${aggregate.number}. Reason: Host ${host} already in aggregate.`,
    )
  if (action === 'remove_host' && !has) throw notFound(`Aggregate ${aggregate.number} has no host ${host}.`)
  const others = aggregate.hosts.filter((each) => each !== host)
  return changed(call, aggregate, { hosts: action === 'add_host' ? [...others, host] : others })
}
