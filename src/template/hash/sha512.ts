import { padded, rootsOfPrimes } from './blocks.ts'

let tables:
  | {
      readonly constants: readonly bigint[]
      readonly start512: readonly bigint[]
      readonly start384: readonly bigint[]
    }
  | undefined

/** Worked out when first asked for: most programs never need them. */
function numbers() {
  tables ??= {
    constants: rootsOfPrimes(80, 3n, 64n),
    start512: rootsOfPrimes(8, 2n, 64n),
    start384: rootsOfPrimes(16, 2n, 64n).slice(8),
  }
  return tables
}

/** The SHA-512 digest of a message, in hexadecimal. */
export const sha512 = (message: Uint8Array): string => digest(message, numbers().start512, 8)

/** The SHA-384 digest of a message, in hexadecimal. */
export const sha384 = (message: Uint8Array): string => digest(message, numbers().start384, 6)

function digest(message: Uint8Array, start: readonly bigint[], words: number): string {
  const view = padded(message, { block: 128, lengthBytes: 16, littleEndian: false })
  const state = BigUint64Array.from(start)
  const schedule = new BigUint64Array(80)
  for (let at = 0; at < view.byteLength; at += 128) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getBigUint64(at + i * 8)
    for (let i = 16; i < 80; i++) schedule[i] = extended(schedule, i)
    mix(state, schedule)
  }
  return Array.from(state.slice(0, words), (word) => word.toString(16).padStart(16, '0')).join('')
}

const turned = (word: bigint, by: bigint): bigint =>
  (word >> by) | ((word << (64n - by)) & 0xffff_ffff_ffff_ffffn)

function extended(schedule: BigUint64Array, i: number): bigint {
  const early = schedule[i - 15] ?? 0n
  const late = schedule[i - 2] ?? 0n
  const first = turned(early, 1n) ^ turned(early, 8n) ^ (early >> 7n)
  const second = turned(late, 19n) ^ turned(late, 61n) ^ (late >> 6n)
  return BigInt.asUintN(64, (schedule[i - 16] ?? 0n) + first + (schedule[i - 7] ?? 0n) + second)
}

function mix(state: BigUint64Array, schedule: BigUint64Array): void {
  const { constants } = numbers()
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state
  for (let i = 0; i < 80; i++) {
    const second = turned(e, 14n) ^ turned(e, 18n) ^ turned(e, 41n)
    const one =
      h + second + ((e & f) ^ (BigInt.asUintN(64, ~e) & g)) + (constants[i] ?? 0n) + (schedule[i] ?? 0n)
    const first = turned(a, 28n) ^ turned(a, 34n) ^ turned(a, 39n)
    const two = first + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = BigInt.asUintN(64, d + one)
    d = c
    c = b
    b = a
    a = BigInt.asUintN(64, one + two)
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries())
    state[i] = BigInt.asUintN(64, (state[i] ?? 0n) + word)
}
