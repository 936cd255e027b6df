import { isMap } from '../base/json.ts'
import { unlessGone } from './error.ts'
import type { Session } from './service.ts'

/** The microversions that a service understands, from the oldest to the newest. */
export interface MicroversionRange {
  readonly oldest: string
  readonly newest: string
}

const known = new WeakMap<object, Map<string, Promise<MicroversionRange | undefined>>>()

/** Which microversions a service has; `undefined` if it has none. Asked once for each cloud. */
export function microversions(
  session: Session,
  types: readonly string[],
): Promise<MicroversionRange | undefined> {
  const key = session.cloud ?? session
  const ofCloud = known.get(key) ?? new Map<string, Promise<MicroversionRange | undefined>>()
  known.set(key, ofCloud)
  const name = types.join(' ')
  const asked = ofCloud.get(name) ?? ask(session, types)
  ofCloud.set(name, asked)
  // Nothing found may be a service that is not there yet, so only what was found is kept.
  asked.then(
    (found) => found ?? ofCloud.delete(name),
    () => ofCloud.delete(name),
  )
  return asked
}

/**
 * The newest microversion that is neither newer than `atMost` nor than the service has; `undefined` if the service has
 * not even `atLeast`.
 */
export async function agreeOn(
  session: Session,
  types: readonly string[],
  { atLeast, atMost }: { readonly atLeast?: string; readonly atMost: string },
): Promise<string | undefined> {
  const range = await microversions(session, types)
  if (range === undefined) return undefined
  const agreed = compareVersions(range.newest, atMost) < 0 ? range.newest : atMost
  if (compareVersions(agreed, range.oldest) < 0) return undefined
  return atLeast !== undefined && compareVersions(agreed, atLeast) < 0 ? undefined : agreed
}

/** Below zero if `a` is the older version; `2.9` is older than `2.10`. */
export function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number)
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number)
  return aMajor - bMajor || aMinor - bMinor
}

async function ask(session: Session, types: readonly string[]): Promise<MicroversionRange | undefined> {
  const told = session.request({ service: types, method: 'GET', path: '/', below: 'version' })
  const body = (await unlessGone(told))?.body
  const version = isMap(body) ? (body.version ?? listed(body.versions)) : undefined
  if (!isMap(version)) return undefined
  const newest = version.version ?? version.max_version
  const oldest = version.min_version
  return typeof newest === 'string' && typeof oldest === 'string' && newest !== '' && oldest !== ''
    ? { oldest, newest }
    : undefined
}

function listed(versions: unknown): unknown {
  if (!Array.isArray(versions)) return undefined
  return versions.find((one) => isMap(one) && one.status === 'CURRENT') ?? versions[0]
}
