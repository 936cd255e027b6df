/** Which family an address belongs to: 4, 6, or 0 when it is none. */
export function ipVersion(address: string): 0 | 4 | 6 {
  if (isV4(address)) return 4
  return isV6(address) ? 6 : 0
}

function isV4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** Eight groups, or fewer with one `::` standing for the rest; the last two may be written as an IPv4 address. */
function isV6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const [before, after] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const groups = [...(before ?? []), ...(after ?? [])]
  const last = groups.at(-1)
  const embedded = last?.includes('.') === true
  if (embedded && !(isV4(last) && text.endsWith(last))) return false
  const hex = embedded ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const size = hex.length + (embedded ? 2 : 0)
  return halves.length === 2 ? size <= 7 : size === 8
}
