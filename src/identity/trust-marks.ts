import { createHash, randomInt } from 'node:crypto'

/**
 * Tells the trusts of this site from those of others that have the same trustee. Keystone keeps nothing of a trust that says who
 * made it but the second at which it ends. So trusts that are to last end in hundreds of years or more, at a second that says
 * for which site they are. Of one user in one project no two may end in the same second: the rest of it is chance.
 */
export interface TrustMarks {
  /** When a trust is to end; another one each time. */
  newEnd(): string
  /** Whether a trust that ends then is of this site. */
  isOwn(end: string | null): boolean
}

/** The first of all ends; the last is still in a year of four digits. */
const firstEnd = Date.UTC(2500, 0, 1)
const sites = 2 ** 20
const ofOneSite = 2 ** 17

/** `site` is the same for all processes of a site, and for nobody else. */
export function trustMarks(site: string): TrustMarks {
  const mark = createHash('sha256').update(site).digest().readUInt32BE(0) % sites
  return {
    newEnd() {
      const second = mark * ofOneSite + randomInt(ofOneSite)
      return new Date(firstEnd + second * 1000).toISOString().replace('Z', '000Z')
    },
    isOwn(end) {
      const second = (Date.parse(end ?? '') - firstEnd) / 1000
      return Number.isInteger(second) && Math.floor(second / ofOneSite) === mark
    },
  }
}
