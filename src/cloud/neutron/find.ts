import { isUuid } from '../../base/ids.ts'
import { CloudError } from '../error.ts'
import { pages } from '../paging.ts'
import type { Found, Session } from '../service.ts'

/** One kind of object that templates may name. */
interface Kind {
  /** Below the endpoint: `/security-groups`. */
  readonly path: string
  /** The key that a list of them stands under. */
  readonly many: string
  /** As a message calls one. */
  readonly called: string
  /** Of several with one name, the project's own counts. */
  readonly ownFirst?: true
}

interface Candidate extends Found {
  readonly project_id?: string
}

/** Makes the look-up for one kind: an ID that exists wins, else it is a name. */
export const finder = (kind: Kind) => async (session: Session, nameOrId: string) => {
  if (isUuid(nameOrId)) {
    const [exact] = await candidates(session, kind, { id: nameOrId })
    if (exact) return exact.id
  }
  // Neutron would take an empty name for any object without a name.
  const named = nameOrId === '' ? [] : await candidates(session, kind, { name: nameOrId })
  const [found, another] = narrowed(session, kind, named)
  if (found === undefined) throw notFound(kind, nameOrId)
  if (another !== undefined) throw ambiguous(kind, nameOrId)
  return found.id
}

/** Asks for no more than it takes to tell them apart; of a network with many ports that spares Neutron much work. */
const candidates = (session: Session, { path, many }: Kind, filter: Readonly<Record<string, string>>) =>
  pages<Candidate>(
    session,
    { service: ['network'], method: 'GET', path, query: { ...filter, fields: ['id', 'project_id'] } },
    many,
  )

function narrowed(session: Session, { ownFirst }: Kind, found: readonly Candidate[]): readonly Candidate[] {
  if (!ownFirst || found.length < 2) return found
  const own = found.filter(({ project_id }) => project_id === session.projectId)
  return own.length > 0 ? own : found
}

const notFound = ({ called }: Kind, nameOrId: string): CloudError =>
  new CloudError(`Unable to find ${called} with name or id '${nameOrId}'`, {
    kind: 'not-found',
    service: 'network',
  })

const ambiguous = ({ called }: Kind, name: string): CloudError =>
  new CloudError(`Multiple ${called} matches found for name '${name}', use an ID to be more specific.`, {
    kind: 'ambiguous',
    service: 'network',
  })
