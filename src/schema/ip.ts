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

/** An IPv6 address in its usual form: small letters, no leading zeros, the longest run of zeros left out. */
export function shortened(address: string): string {
  const [before = '', after] = address.toLowerCase().split('::')
  const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':').flatMap(asGroups))
  const [head, tail] = [groups(before), groups(after ?? '')]
  const filling = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  const all = [...head, ...filling, ...tail].map((group) => Number.parseInt(group, 16).toString(16))
  const isMapped = all.slice(0, 5).every((group) => group === '0') && all[5] === 'ffff'
  const text = isMapped ? `0:0:0:0:0:ffff:${quad(all[6])}.${quad(all[7])}` : all.join(':')
  const [longest = ''] = (text.match(/\b0(:0)+\b/g) ?? []).sort((a, b) => b.length - a.length)
  return longest === '' ? text : text.replace(new RegExp(`(^|:)${longest}(:|$)`), '::')
}

function asGroups(group: string): readonly string[] {
  if (!group.includes('.')) return [group]
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)]
}

function quad(group = '0'): string {
  const value = Number.parseInt(group, 16)
  return `${value >> 8}.${value & 255}`
}
