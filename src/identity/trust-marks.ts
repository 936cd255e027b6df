import { createHash } from 'node:crypto'

/**
 * Tells the trusts of this site from those of others that have the same trustee. Keystone keeps nothing of a trust that says who
 * made it and when, but the moment at which it ends. So trusts that are to last end in thousands of years, at a moment that says
 * both: when the trust was made, so many days later, and a fraction of a second. Days and fraction are the site's own.
 */
export interface TrustMarks {
  /** When a trust is to end that is made at a moment. */
  endFor(made: number): string
  /** When a trust of this site was made that ends then; `undefined`: it is not of this site. */
  madeAt(end: string | null): number | undefined
}

const dayMs = 86_400_000
/** The site's days are from the first of these up to as many more. */
const firstDay = 365_000
const days = 1_000_000
const fractions = 1_000_000

/** `site` is the same for all processes of a site, and for nobody else. */
export function trustMarks(site: string): TrustMarks {
  const digest = createHash('sha256').update(site).digest()
  const later = (firstDay + (digest.readUInt32BE(0) % days)) * dayMs
  const fraction = String(digest.readUInt32BE(4) % fractions).padStart(6, '0')
  return {
    endFor: (made) => `${new Date(made + later).toISOString().slice(0, 19)}.${fraction}Z`,
    madeAt(end) {
      const [, second, seen] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{6})Z$/.exec(end ?? '') ?? []
      const made = second === undefined || seen !== fraction ? Number.NaN : Date.parse(`${second}Z`) - later
      return made >= earliest ? made : undefined
    },
  }
}

/** Before there were any. */
const earliest = Date.UTC(2026, 0, 1)
