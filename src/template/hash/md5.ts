import { hexOf, padded } from './blocks.ts'

const shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const sines = Array.from({ length: 64 }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) | 0)

/** The MD5 digest of a message, in hexadecimal. */
export function md5(message: Uint8Array): string {
  const view = padded(message, { block: 64, lengthBytes: 8, littleEndian: true })
  let state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let at = 0; at < view.byteLength; at += 64) state = mixed(state, view, at)
  return hexOf(state, true)
}

type State = readonly [number, number, number, number]

function mixed(before: State, view: DataView, at: number): State {
  let [a, b, c, d] = before
  for (let i = 0; i < 64; i++) {
    const round = i >> 4
    const sum =
      (a + chosen(round, b, c, d) + (sines[i] ?? 0) + view.getUint32(at + wordOf(round, i) * 4, true)) | 0
    const shift = shifts[round * 4 + (i & 3)] ?? 0
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  return [(a + before[0]) | 0, (b + before[1]) | 0, (c + before[2]) | 0, (d + before[3]) | 0]
}

function chosen(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (d & b) | (~d & c)
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d)
}

function wordOf(round: number, i: number): number {
  if (round === 0) return i
  if (round === 1) return (5 * i + 1) & 15
  return (round === 2 ? 3 * i + 5 : 7 * i) & 15
}
