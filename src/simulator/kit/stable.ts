import { createHash } from 'node:crypto'

/** An ID that is the same in every simulated cloud, without dashes. */
export const stableId = (what: string): string => createHash('md5').update(`simulator ${what}`).digest('hex')

/** The same with dashes. */
export function stableUuid(what: string): string {
  return stableId(what).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
