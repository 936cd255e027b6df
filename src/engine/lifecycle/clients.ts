import type { AnyService, Collection, Found, Session } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Values } from './properties.ts'
import type { Hold } from './site.ts'

const connected = new WeakMap<Session, Map<AnyService, unknown>>()

/** The client of a service on a session; one is made for each pair and kept. */
export function clientOf(session: Session, service: AnyService): unknown {
  const clients = connected.get(session) ?? new Map<AnyService, unknown>()
  connected.set(session, clients)
  const known = clients.get(service)
  if (known !== undefined) return known
  const client: unknown = service.connect(session)
  clients.set(service, client)
  return client
}

/** The clients that a type's handlers use, by the names that it gives them. */
export function clientsOf(session: Session, type: AnyResource): Record<string, unknown> {
  const uses = Object.entries(type.uses as Readonly<Record<string, AnyService>>)
  return Object.fromEntries(uses.map(([name, service]) => [name, clientOf(session, service)]))
}

/** The collection that a resource's object lives in, if it lives in one. */
export const homeOf = (
  { site: { session }, row }: Hold,
  type: AnyResource,
  values: Values = row.properties ?? {},
): Collection<Found> | undefined => collectionOf(session, type, values)

/** The collection that an object of these properties would live in. */
export function collectionOf(
  session: Session,
  type: AnyResource,
  values: Values,
): Collection<Found> | undefined {
  const { lives } = type
  if (lives === undefined) return undefined
  const service = Object.values(type.uses as Readonly<Record<string, AnyService>>).find(
    (one) => one.name === lives.service,
  )
  if (service === undefined) throw new Error(`${type.type} lives in ${lives.service}, which it does not use`)
  return lives.open(clientOf(session, service), values)
}
