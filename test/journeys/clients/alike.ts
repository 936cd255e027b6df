import type { Answer } from './kept-openstack.ts'

/** What of an answer two services must have in common: all of it but for IDs, times, addresses and chance. */
export function alike({ code, out, err }: Answer, inAnyOrder = false): string {
  const said = asJson(out, inAnyOrder) ?? (inAnyOrder ? sorted(masked(out)) : masked(out))
  return `exit ${code}\n${said}${masked(err)}`
}

const masks: readonly (readonly [what: RegExp, by: string])[] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>'],
  [/\b[0-9a-f]{32}\b/g, '<id>'],
  [/\breq-<id>/g, '<request>'],
  [/https?:\/\/[\w.-]+:\d+/g, '<service>'],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?/g, '<time>'],
  // The end of a physical name.
  [/-[a-z0-9]{12}\b/g, '-<chance>'],
  [/\br_[0-9a-f]{20}\b/g, 'r_<chance>'],
  // The lines of a table are as long as what is in it.
  [/-{3,}/g, '---'],
  [/ {2,}(?=\|)/g, ' '],
]

/** Without what is another every time. */
export const masked = (text: string): string =>
  masks.reduce((left, [what, by]) => left.replace(what, by), text)

function asJson(text: string, inAnyOrder: boolean): string | undefined {
  const value = parsed(text)
  return typeof value === 'object'
    ? `${JSON.stringify(tidy(value, inAnyOrder), null, 1).replaceAll(/,$/gm, '')}\n`
    : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** As programs would see no difference: keys in order, texts that are JSON read, and rows too in an order of their own. */
function tidy(value: unknown, inAnyOrder: boolean): unknown {
  if (typeof value === 'string') {
    const inside = parsed(value)
    return typeof inside === 'object' && inside !== null ? tidy(inside, inAnyOrder) : masked(value)
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((one) => tidy(one, inAnyOrder))
    return inAnyOrder ? items.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)) : items
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, tidy(one, inAnyOrder)]))
}

/** What has a name comes in the order of names. */
const rank = (value: unknown): string =>
  Array.isArray(value)
    ? rank(value[0])
    : `${(value as { resource_name?: string } | null)?.resource_name ?? ''} ${JSON.stringify(value)}`

const sorted = (text: string): string => text.split('\n').sort().join('\n')
