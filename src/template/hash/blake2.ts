import { rootsOfPrimes } from './blocks.ts'

/** In which order each round takes the sixteen words of a block. */
const orders = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
].map((order) => Array.from(order, (digit) => Number.parseInt(digit, 16)))

/** Which words of the state are mixed with each other: columns, then diagonals. */
const quarters = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const

interface Kind {
  readonly bits: 32 | 64
  readonly rounds: number
  /** By how much words are turned while they are mixed. */
  readonly turns: readonly [bigint, bigint, bigint, bigint]
}

/** The BLAKE2b digest of a message, of 64 bytes, in hexadecimal. */
export const blake2b = (message: Uint8Array): string =>
  digest(message, { bits: 64, rounds: 12, turns: [32n, 24n, 16n, 63n] })

/** The BLAKE2s digest of a message, of 32 bytes, in hexadecimal. */
export const blake2s = (message: Uint8Array): string =>
  digest(message, { bits: 32, rounds: 10, turns: [16n, 12n, 8n, 7n] })

function digest(message: Uint8Array, kind: Kind): string {
  const { bits } = kind
  const start = rootsOfPrimes(8, 2n, BigInt(bits))
  const bytes = bits / 8
  const block = 16 * bytes
  const blocks = Math.max(1, Math.ceil(message.length / block))
  const view = new DataView(new ArrayBuffer(blocks * block))
  new Uint8Array(view.buffer).set(message)
  const state = [...start]
  state[0] = (start[0] ?? 0n) ^ 0x0101_0000n ^ BigInt(8 * bytes)
  for (let i = 0; i < blocks; i++) {
    const isLast = i === blocks - 1
    const words = Array.from({ length: 16 }, (_, word) => wordAt(view, i * block + word * bytes, bits))
    const seen = BigInt(isLast ? message.length : (i + 1) * block)
    compress(state, words, { kind, start, seen, isLast })
  }
  return state.map((word) => reversed(word, bytes)).join('')
}

function wordAt(view: DataView, at: number, bits: 32 | 64): bigint {
  return bits === 64 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true))
}

interface Block {
  readonly kind: Kind
  readonly start: readonly bigint[]
  /** How many bytes of the message there were up to its end. */
  readonly seen: bigint
  readonly isLast: boolean
}

function compress(state: bigint[], words: readonly bigint[], { kind, start, seen, isLast }: Block): void {
  const { bits, rounds } = kind
  const v = [...state, ...start]
  v[12] = (v[12] ?? 0n) ^ BigInt.asUintN(bits, seen)
  v[13] = (v[13] ?? 0n) ^ (seen >> BigInt(bits))
  if (isLast) v[14] = BigInt.asUintN(bits, ~(v[14] ?? 0n))
  for (let round = 0; round < rounds; round++) {
    const order = orders[round % orders.length] ?? []
    const sorted = order.map((at) => words[at] ?? 0n)
    for (const [i, quarter] of quarters.entries()) mix(v, quarter, sorted.slice(i * 2, i * 2 + 2), kind)
  }
  for (let i = 0; i < 8; i++) state[i] = (state[i] ?? 0n) ^ (v[i] ?? 0n) ^ (v[i + 8] ?? 0n)
}

function mix(
  v: bigint[],
  [i, j, k, l]: readonly [number, number, number, number],
  [x = 0n, y = 0n]: readonly bigint[],
  { bits, turns: [first, second, third, fourth] }: Kind,
): void {
  const turned = (word: bigint, by: bigint): bigint =>
    BigInt.asUintN(bits, (word >> by) | (word << (BigInt(bits) - by)))
  let [a, b, c, d] = [v[i] ?? 0n, v[j] ?? 0n, v[k] ?? 0n, v[l] ?? 0n]
  a = BigInt.asUintN(bits, a + b + x)
  d = turned(d ^ a, first)
  c = BigInt.asUintN(bits, c + d)
  b = turned(b ^ c, second)
  a = BigInt.asUintN(bits, a + b + y)
  d = turned(d ^ a, third)
  c = BigInt.asUintN(bits, c + d)
  b = turned(b ^ c, fourth)
  v[i] = a
  v[j] = b
  v[k] = c
  v[l] = d
}

/** A word in hexadecimal, its last byte first. */
function reversed(word: bigint, bytes: number): string {
  const digits = word.toString(16).padStart(bytes * 2, '0')
  return (digits.match(/../g) ?? []).reverse().join('')
}
