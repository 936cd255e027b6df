/** Clocks of two machines may differ by this much; clouds tell times to the second. */
const toleranceMs = 5000

/** Whether something was made since then, by when its cloud says it was made. */
export function madeSince(created: string | undefined, since: Date): boolean {
  if (created === undefined) return false
  const withZone = /Z|[+-]\d\d:?\d\d$/.test(created) ? created : `${created}Z`
  return Date.parse(withZone) >= since.getTime() - toleranceMs
}
