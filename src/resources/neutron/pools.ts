import { ipVersion } from '../../schema/index.ts'

interface Range {
  readonly start: string
  readonly end: string
}

/** The ranges that Neutron gives a new subnet: every address but the gateway's, and those that no machine may have. */
export function defaultPools(cidr: string, gateway: string | null): readonly Range[] {
  const [address = '', length = ''] = cidr.split('/')
  const version = ipVersion(address)
  const hostBits = BigInt((version === 4 ? 32 : 128) - Number(length))
  const base = (numberOf(address) >> hostBits) << hostBits
  const last = base + (1n << hostBits) - 1n
  // The first address stands for the subnet, in IPv4 the last for all its machines; where there are so few, none does.
  const few = version === 4 ? hostBits < 2n : hostBits < 1n
  const whole = { first: few ? base : base + 1n, last: few || version === 6 ? last : last - 1n }
  const parts = gateway === null ? [whole] : without(numberOf(gateway), whole)
  const write = version === 4 ? writeV4 : writeV6
  return parts.map((part) => ({ start: write(part.first), end: write(part.last) }))
}

interface Span {
  readonly first: bigint
  readonly last: bigint
}

function without(one: bigint, span: Span): readonly Span[] {
  if (one < span.first || one > span.last) return [span]
  const parts = [
    { first: span.first, last: one - 1n },
    { first: one + 1n, last: span.last },
  ]
  return parts.filter(({ first, last }) => first <= last)
}

const numberOf = (address: string): bigint =>
  address.includes(':')
    ? groupsOf(address).reduce(join16, 0n)
    : address.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n)

const join16 = (sum: bigint, group: string): bigint => (sum << 16n) | BigInt(`0x${group}`)

/** The eight groups of an IPv6 address; the URL parser writes an embedded IPv4 address as two of them. */
function groupsOf(address: string): readonly string[] {
  const [before = '', after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const head = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
}

const writeV4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.')

function writeV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}
