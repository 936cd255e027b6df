import { header } from '../kit/call.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Versions } from '../kit/service.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>

/** The minor number of the microversion that a request asks for; the least if it asks for none. */
export function versionOf(versions: Versions | undefined, headers: Headers): number {
  if (versions === undefined) return 0
  const wanted = askedFor(versions, headers)
  if (wanted === undefined) return versions.least
  if (wanted === 'latest') return versions.most
  const [major, minor] = wanted.split('.').map(Number)
  if (major === undefined || minor === undefined || Number.isNaN(major) || Number.isNaN(minor)) {
    throw new Refusal(
      400,
      'badRequest',
      `API Version String ${wanted} is of invalid format. Must be of format MajorNum.MinorNum.`,
    )
  }
  if (major !== versions.major || minor < versions.least || minor > versions.most) {
    const { least, most } = versions
    throw new Refusal(
      406,
      'computeFault',
      `Version ${wanted} is not supported by the API. Minimum is ${versions.major}.${least} and maximum is ${versions.major}.${most}.`,
    )
  }
  return minor
}

function askedFor(versions: Versions, headers: Headers): string | undefined {
  for (const part of header({ headers }, 'openstack-api-version')?.split(',') ?? []) {
    const [type, version] = part.trim().split(/\s+/)
    if (type === versions.type && version !== undefined) return version
  }
  return versions.formerHeader && header({ headers }, versions.formerHeader)
}

/** The headers by which a service says which microversion it answered. */
export function versionHeaders(versions: Versions | undefined, minor: number): Record<string, string> {
  if (versions === undefined) return {}
  const { type, major, formerHeader } = versions
  const said = `${major}.${minor}`
  return {
    'openstack-api-version': `${type} ${said}`,
    ...(formerHeader ? { [formerHeader.toLowerCase()]: said } : {}),
    vary: ['OpenStack-API-Version', formerHeader].filter(Boolean).join(', '),
  }
}
