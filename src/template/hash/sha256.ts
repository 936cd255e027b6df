import { hexOf, padded, rootsOfPrimes } from './blocks.ts'

let tables:
  | { readonly constants: Int32Array; readonly start256: Int32Array; readonly start224: Int32Array }
  | undefined

/** Worked out when first asked for: most programs never need them. */
function numbers() {
  const low = (values: readonly bigint[]) =>
    Int32Array.from(values, (value) => Number(BigInt.asIntN(32, value)))
  tables ??= {
    constants: low(rootsOfPrimes(64, 3n, 32n)),
    start256: low(rootsOfPrimes(8, 2n, 32n)),
    start224: low(rootsOfPrimes(16, 2n, 64n).slice(8)),
  }
  return tables
}

/** The SHA-256 digest of a message, in hexadecimal. */
export const sha256 = (message: Uint8Array): string => digest(message, numbers().start256, 8)

/** The SHA-224 digest of a message, in hexadecimal. */
export const sha224 = (message: Uint8Array): string => digest(message, numbers().start224, 7)

function digest(message: Uint8Array, start: Int32Array, words: number): string {
  const view = padded(message, { block: 64, lengthBytes: 8, littleEndian: false })
  const state = Int32Array.from(start)
  const schedule = new Int32Array(64)
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(at + i * 4)
    for (let i = 16; i < 64; i++) schedule[i] = extended(schedule, i)
    mix(state, schedule)
  }
  return hexOf([...state].slice(0, words))
}

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function extended(schedule: Int32Array, i: number): number {
  const early = schedule[i - 15] ?? 0
  const late = schedule[i - 2] ?? 0
  const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
  const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
  return ((schedule[i - 16] ?? 0) + first + (schedule[i - 7] ?? 0) + second) | 0
}

function mix(state: Int32Array, schedule: Int32Array): void {
  const { constants } = numbers()
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const second = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const one = (h + second + ((e & f) ^ (~e & g)) + (constants[i] ?? 0) + (schedule[i] ?? 0)) | 0
    const first = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const two = (first + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = (state[i] ?? 0) + word
}
