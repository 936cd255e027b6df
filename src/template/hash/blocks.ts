/** How a digest pads its message: the size of a block, of the length at its end, and which end of a number comes first. */
export interface Padding {
  readonly block: 64 | 128
  readonly lengthBytes: 8 | 16
  readonly littleEndian: boolean
}

/** The message with a one bit, zeros and its length in bits behind it, filling whole blocks. */
export function padded(message: Uint8Array, { block, lengthBytes, littleEndian }: Padding): DataView {
  const size = Math.ceil((message.length + 1 + lengthBytes) / block) * block
  const bytes = new Uint8Array(size)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  const bits = BigInt(message.length) * 8n
  view.setBigUint64(size - 8, bits, littleEndian)
  return view
}

/** The fractional bits of square or cube roots of the first primes: the "nothing up my sleeve" numbers of SHA-2. */
export function rootsOfPrimes(count: number, root: 2n | 3n, bits: bigint): readonly bigint[] {
  const primes: bigint[] = []
  for (let n = 2n; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n)
  return primes.map((prime) => integerRoot(prime << (bits * root), root) & ((1n << bits) - 1n))
}

function integerRoot(value: bigint, root: 2n | 3n): bigint {
  let low = 0n
  let high = 1n << (BigInt(value.toString(2).length) / root + 1n)
  while (low < high) {
    const middle = (low + high + 1n) >> 1n
    if (middle ** root <= value) low = middle
    else high = middle - 1n
  }
  return low
}

/** Words of 32 bits in hexadecimal. */
export function hexOf(words: readonly number[], littleEndian = false): string {
  const view = new DataView(new ArrayBuffer(4))
  return words
    .map((word) => {
      view.setUint32(0, word, littleEndian)
      return view.getUint32(0).toString(16).padStart(8, '0')
    })
    .join('')
}
