import { hexOf, padded } from './blocks.ts'

const constants = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6]

/** The SHA-1 digest of a message, in hexadecimal. */
export function sha1(message: Uint8Array): string {
  const view = padded(message, { block: 64, lengthBytes: 8, littleEndian: false })
  const state: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  const schedule = new Int32Array(80)
  for (let at = 0; at < view.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(at + i * 4)
    for (let i = 16; i < 80; i++) {
      schedule[i] = turned(
        (schedule[i - 3] ?? 0) ^ (schedule[i - 8] ?? 0) ^ (schedule[i - 14] ?? 0) ^ (schedule[i - 16] ?? 0),
        1,
      )
    }
    mix(state, schedule)
  }
  return hexOf(state)
}

type State = [number, number, number, number, number]

const turned = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

function mix(state: State, schedule: Int32Array): void {
  let [a, b, c, d, e] = state
  for (let i = 0; i < 80; i++) {
    const round = Math.floor(i / 20)
    const sum = (turned(a, 5) + chosen(round, b, c, d) + e + (constants[round] ?? 0) + (schedule[i] ?? 0)) | 0
    e = d
    d = c
    c = turned(b, 30)
    b = a
    a = sum
  }
  for (const [i, word] of [a, b, c, d, e].entries()) state[i] = ((state[i] ?? 0) + word) | 0
}

function chosen(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  return round === 2 ? (b & c) | (b & d) | (c & d) : b ^ c ^ d
}
