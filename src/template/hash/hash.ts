import { blake2b, blake2s } from './blake2.ts'
import { md5 } from './md5.ts'
import { sha1 } from './sha1.ts'
import { sha3of224, sha3of256, sha3of384, sha3of512 } from './sha3.ts'
import { sha224, sha256 } from './sha256.ts'
import { sha384, sha512 } from './sha512.ts'

const algorithms: Readonly<Record<string, (message: Uint8Array) => string>> = {
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha3_224: sha3of224,
  sha3_256: sha3of256,
  sha3_384: sha3of384,
  sha3_512: sha3of512,
  blake2b,
  blake2s,
}

/** The digests that there are. */
export const hashNames: readonly string[] = Object.keys(algorithms)

/**
 * The digest of some bytes in hexadecimal; `undefined` if the algorithm is not known. It is done here, not by the
 * platform, because a browser has no digests that answer at once.
 */
export function hash(algorithm: string, message: Uint8Array): string | undefined {
  const name = algorithm.toLowerCase()
  return Object.hasOwn(algorithms, name) ? algorithms[name]?.(message) : undefined
}
