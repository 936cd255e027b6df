import { createHash } from 'node:crypto'
import {
  type Answer,
  answer,
  type Call,
  created,
  header,
  nothing,
  param,
  type Route,
  route,
} from '../kit/call.ts'
import { conflict, notFound } from '../kit/refusal.ts'
import { type Container, containers, type StoredObject, storedObjects } from './kinds.ts'

const missing = () => notFound('The resource could not be found.')

const projectIn = (call: Call): string => param(call, 'account').slice('AUTH_'.length)

function containerOf(call: Call): Container {
  const found = call.world.of(containers).get(`${projectIn(call)}/${param(call, 'container')}`)
  if (found === undefined) throw missing()
  return found
}

function objectOf(call: Call): StoredObject {
  const found = call.world.of(storedObjects).get(`${containerOf(call).id}/${param(call, 'object')}`)
  if (found === undefined) throw missing()
  return found
}

const objectsIn = (call: Call, { id }: Container): StoredObject[] =>
  byName(call.world.of(storedObjects).where('container_id', id))

const byName = <T extends { readonly name: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => (a.name < b.name ? -1 : 1))

const sizeOf = (objects: readonly StoredObject[]): number =>
  objects.reduce((sum, { bytes }) => sum + bytes, 0)

/** A page of a list, as JSON or as names, whichever is asked for. */
function listing<T extends { readonly name: string }>(
  { query }: Call,
  rows: readonly T[],
  shown: (row: T) => object,
): Answer {
  const [marker, prefix] = [query.get('marker') ?? '', query.get('prefix') ?? '']
  const page = rows
    .filter(({ name }) => name > marker && name.startsWith(prefix))
    .slice(0, Number(query.get('limit') ?? 10_000))
  if (query.get('format') === 'json') return answer(page.map(shown))
  return page.length === 0 ? nothing() : answer(`${page.map(({ name }) => name).join('\n')}\n`)
}

const facts = (objects: readonly StoredObject[]) => ({
  'x-container-object-count': String(objects.length),
  'x-container-bytes-used': String(sizeOf(objects)),
})

const objectFacts = ({ hash, content_type, written_at }: StoredObject) => ({
  ...{ etag: hash, 'content-type': content_type },
  'last-modified': new Date(written_at).toUTCString(),
})

function putObject(call: Call): Answer {
  const { world, body } = call
  const container = containerOf(call)
  const name = param(call, 'object')
  const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  const id = `${container.id}/${name}`
  const object = {
    ...{ id, container_id: container.id, name, content: content.toString('base64'), bytes: content.length },
    content_type: header(call, 'content-type') ?? 'application/octet-stream',
    hash: createHash('md5').update(content).digest('hex'),
    written_at: world.now(),
  }
  world.of(storedObjects).remove(id)
  world.of(storedObjects).add(object)
  return { ...created(undefined), headers: { etag: object.hash } }
}

export const swiftRoutes: readonly Route[] = [
  route('GET /v1/:account', (call) =>
    listing(call, byName(call.world.of(containers).where('project_id', projectIn(call))), (container) => {
      const objects = objectsIn(call, container)
      return { name: container.name, count: objects.length, bytes: sizeOf(objects) }
    }),
  ),
  route('HEAD /v1/:account', () => nothing()),
  route('PUT /v1/:account/:container', (call) => {
    const [project_id, name] = [projectIn(call), param(call, 'container')]
    const id = `${project_id}/${name}`
    if (call.world.of(containers).get(id) !== undefined) return nothing(202)
    call.world.of(containers).add({ id, project_id, name })
    return nothing(201)
  }),
  route('GET /v1/:account/:container', (call) => {
    const objects = objectsIn(call, containerOf(call))
    const page = listing(call, objects, ({ name, bytes, hash, content_type, written_at }) => ({
      ...{ name, bytes, hash, content_type },
      last_modified: new Date(written_at).toISOString().replace('Z', '000'),
    }))
    return { ...page, headers: facts(objects) }
  }),
  route('HEAD /v1/:account/:container', (call) => ({
    status: 204,
    headers: facts(objectsIn(call, containerOf(call))),
  })),
  route('DELETE /v1/:account/:container', (call) => {
    const container = containerOf(call)
    if (objectsIn(call, container).length > 0)
      throw conflict('There was a conflict when trying to complete your request.')
    call.world.of(containers).remove(container.id)
    return nothing()
  }),
  route('PUT /v1/:account/:container/*object', putObject),
  route('GET /v1/:account/:container/*object', (call) => {
    const object = objectOf(call)
    return { status: 200, body: Buffer.from(object.content, 'base64'), headers: objectFacts(object) }
  }),
  route('HEAD /v1/:account/:container/*object', (call) => {
    const object = objectOf(call)
    return { status: 200, headers: { ...objectFacts(object), 'content-length': String(object.bytes) } }
  }),
  route('DELETE /v1/:account/:container/*object', (call) => {
    call.world.of(storedObjects).remove(objectOf(call).id)
    return nothing()
  }),
]
