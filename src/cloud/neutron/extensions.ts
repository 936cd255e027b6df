import { pages } from '../paging.ts'
import type { Session } from '../service.ts'

interface Known {
  readonly aliases: Promise<ReadonlySet<string>>
  readonly until: number
}

const rememberMs = 3_600_000
const known = new WeakMap<object, Known>()

/** The aliases of the extensions that the cloud's Neutron has. They are asked for once an hour. */
export function extensionsOf(session: Session): Promise<ReadonlySet<string>> {
  const cloud = session.cloud ?? session
  const remembered = known.get(cloud)
  if (remembered && remembered.until > Date.now()) return remembered.aliases
  const aliases = ask(session)
  known.set(cloud, { aliases, until: Date.now() + rememberMs })
  aliases.catch(() => known.delete(cloud))
  return aliases
}

async function ask(session: Session): Promise<ReadonlySet<string>> {
  const path = '/extensions'
  const found = await pages<{ readonly alias: string }>(
    session,
    { service: ['network'], method: 'GET', path },
    'extensions',
  )
  return new Set(found.map(({ alias }) => alias))
}
