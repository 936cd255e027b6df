const lanes = 25
const rounds = 24

/** The SHA3-224 digest of a message, in hexadecimal. */
export const sha3of224 = (message: Uint8Array): string => digest(message, 28)

/** The SHA3-256 digest of a message, in hexadecimal. */
export const sha3of256 = (message: Uint8Array): string => digest(message, 32)

/** The SHA3-384 digest of a message, in hexadecimal. */
export const sha3of384 = (message: Uint8Array): string => digest(message, 48)

/** The SHA3-512 digest of a message, in hexadecimal. */
export const sha3of512 = (message: Uint8Array): string => digest(message, 64)

/** Lanes of 64 bits as two words each, the lower first: words are many times faster than large integers. */
function digest(message: Uint8Array, length: number): string {
  const block = lanes * 8 - 2 * length
  const bytes = new Uint8Array((Math.floor(message.length / block) + 1) * block)
  bytes.set(message)
  bytes[message.length] = 0x06
  bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) | 0x80
  const view = new DataView(bytes.buffer)
  const state = new Int32Array(lanes * 2)
  for (let at = 0; at < bytes.length; at += block) {
    for (let i = 0; i < block / 4; i++) state[i] = (state[i] ?? 0) ^ view.getInt32(at + i * 4, true)
    permute(state)
  }
  const out = new DataView(new ArrayBuffer(lanes * 8))
  for (const [i, word] of state.entries()) out.setInt32(i * 4, word, true)
  return Array.from(new Uint8Array(out.buffer, 0, length), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )
}

function permute(state: Int32Array): void {
  for (let round = 0; round < rounds; round++) {
    spread(state)
    scatter(state)
    bend(state)
    const [low, high] = constants[round] ?? [0, 0]
    state[0] = (state[0] ?? 0) ^ low
    state[1] = (state[1] ?? 0) ^ high
  }
}

/** Mixes into each lane the parity of two columns (theta). */
function spread(state: Int32Array): void {
  const parity = new Int32Array(10)
  for (let i = 0; i < lanes * 2; i++) parity[i % 10] = (parity[i % 10] ?? 0) ^ (state[i] ?? 0)
  for (let x = 0; x < 5; x++) {
    const [before, after] = [((x + 4) % 5) * 2, ((x + 1) % 5) * 2]
    const [low, high] = [parity[after] ?? 0, parity[after + 1] ?? 0]
    const mixLow = (parity[before] ?? 0) ^ ((low << 1) | (high >>> 31))
    const mixHigh = (parity[before + 1] ?? 0) ^ ((high << 1) | (low >>> 31))
    for (let i = x * 2; i < lanes * 2; i += 10) {
      state[i] = (state[i] ?? 0) ^ mixLow
      state[i + 1] = (state[i + 1] ?? 0) ^ mixHigh
    }
  }
}

/** Turns each lane and puts it in the place of another (rho and pi). */
function scatter(state: Int32Array): void {
  let [low, high] = [state[2] ?? 0, state[3] ?? 0]
  for (const { to, by } of journey) {
    const [nextLow, nextHigh] = [state[to] ?? 0, state[to + 1] ?? 0]
    const turn = by & 31
    const [a, b] = by < 32 ? [low, high] : [high, low]
    state[to] = turn === 0 ? a : (a << turn) | (b >>> (32 - turn))
    state[to + 1] = turn === 0 ? b : (b << turn) | (a >>> (32 - turn))
    low = nextLow
    high = nextHigh
  }
}

/** Combines each lane with the two behind it in its row (chi). */
function bend(state: Int32Array): void {
  for (let row = 0; row < lanes * 2; row += 10) {
    const before = state.slice(row, row + 10)
    for (let i = 0; i < 10; i++) {
      state[row + i] = (before[i] ?? 0) ^ (~(before[(i + 2) % 10] ?? 0) & (before[(i + 4) % 10] ?? 0))
    }
  }
}

interface Move {
  readonly to: number
  readonly by: number
}

/** Where the lanes go, one after another, and by how much they are turned. */
const journey = moves()

function moves(): readonly Move[] {
  let [x, y] = [1, 0]
  return Array.from({ length: lanes - 1 }, (_, i) => {
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
    return { to: (x + 5 * y) * 2, by: (((i + 1) * (i + 2)) / 2) % 64 }
  })
}

/** What each round adds, out of a shift register of eight bits. */
const constants = roundConstants()

function roundConstants(): readonly (readonly [low: number, high: number])[] {
  let register = 1
  return Array.from({ length: rounds }, () => {
    const words: [number, number] = [0, 0]
    for (let j = 0; j < 7; j++) {
      const bit = (1 << j) - 1
      if (register & 1) words[bit >> 5] = (words[bit >> 5] ?? 0) | (1 << (bit & 31))
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0)
    }
    return words
  })
}
