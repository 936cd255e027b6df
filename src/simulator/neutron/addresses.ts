/** An IP address as a number. */
export interface Address {
  readonly version: 4 | 6
  readonly value: bigint
}

/** A block of addresses. */
export interface Block {
  readonly version: 4 | 6
  readonly first: bigint
  readonly last: bigint
  readonly prefix: number
  /** The address as it was written, which may be inside the block. */
  readonly given: bigint
}

export function addressOf(text: unknown): Address | undefined {
  if (typeof text !== 'string') return undefined
  const value = text.includes(':') ? valueOfV6(text) : valueOfV4(text)
  if (value === undefined) return undefined
  return { version: text.includes(':') ? 6 : 4, value }
}

function valueOfV4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n)
}

function valueOfV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  if (head === undefined) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [
    ...head,
    ...Array.from({ length: tail === undefined ? 0 : missing }, () => '0'),
    ...(tail ?? []),
  ]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

export function textOfAddress({ version, value }: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((value >> BigInt(112 - 16 * at)) & 65535n).toString(16),
  )
  const zeros = longestZeros(groups)
  if (zeros.length < 2) return groups.join(':')
  return `${groups.slice(0, zeros.from).join(':')}::${groups.slice(zeros.from + zeros.length).join(':')}`
}

function longestZeros(groups: readonly string[]): { readonly from: number; readonly length: number } {
  let best = { from: 0, length: 0 }
  for (let from = 0; from < groups.length; from++) {
    let length = 0
    while (groups[from + length] === '0') length++
    if (length > best.length) best = { from, length }
  }
  return best
}

/** Reads `10.0.0.0/24`; an address alone is a block of one. */
export function blockOf(text: unknown): Block | undefined {
  if (typeof text !== 'string') return undefined
  const [head = '', tail] = text.split('/')
  const address = addressOf(head)
  if (address === undefined) return undefined
  const bits = address.version === 4 ? 32 : 128
  if (tail !== undefined && !/^\d+$/.test(tail)) return undefined
  const prefix = tail === undefined ? bits : Number(tail)
  if (prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = (address.value / size) * size
  return { version: address.version, first, last: first + size - 1n, prefix, given: address.value }
}

export function textOfBlock(block: Block): string {
  return `${textOfAddress({ version: block.version, value: block.first })}/${block.prefix}`
}

export const overlaps = (a: Block, b: Block): boolean =>
  a.version === b.version && a.first <= b.last && b.first <= a.last

export const holds = (block: Block, address: Address): boolean =>
  block.version === address.version && address.value >= block.first && address.value <= block.last

/** The address that a card gives itself on a /64. */
export function addressFromCard(block: Block, mac: string): Address {
  const bytes = mac.split(':').map((part) => Number.parseInt(part, 16))
  const [first = 0, ...rest] = bytes
  const identifier = [first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)]
  const value = identifier.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  return { version: 6, value: block.first + value }
}
