import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

/** Encrypts texts so that they can be stored, and back; tokens are those of Python's `cryptography.fernet`. */
export interface Sealer {
  seal(text: string): string
  /** Throws if the token was made with another key, or was changed. */
  unseal(token: string): string
}

/** The key is the first 32 characters of `auth_encryption_key`: 16 that sign, 16 that encrypt. */
export function fernet(encryptionKey: string): Sealer {
  const key = Buffer.from(encryptionKey.slice(0, 32), 'utf8')
  if (key.length !== 32) {
    throw new Error('auth_encryption_key must have 32 characters (more are ignored), all of them ASCII')
  }
  // Made into keys once: bytes would be looked at and copied anew for every text.
  const signingKey = createSecretKey(key.subarray(0, 16))
  const cipherKey = createSecretKey(key.subarray(16))
  const sign = (body: Buffer) => createHmac('sha256', signingKey).update(body).digest()

  return {
    seal(text) {
      const start = randomBytes(16)
      const cipher = createCipheriv('aes-128-cbc', cipherKey, start)
      const body = Buffer.concat([header(), start, cipher.update(text, 'utf8'), cipher.final()])
      return padded(Buffer.concat([body, sign(body)]).toString('base64url'))
    },

    unseal(token) {
      const bytes = Buffer.from(token, 'base64url')
      const body = bytes.subarray(0, -32)
      if (bytes.length < 73 || bytes[0] !== 0x80 || !timingSafeEqual(bytes.subarray(-32), sign(body))) {
        throw new Error('stored data can not be decrypted: was auth_encryption_key changed?')
      }
      const decipher = createDecipheriv('aes-128-cbc', cipherKey, body.subarray(9, 25))
      return Buffer.concat([decipher.update(body.subarray(25)), decipher.final()]).toString('utf8')
    },
  }
}

/** The version and the time, in seconds, that every token begins with. */
function header(): Buffer {
  const bytes = Buffer.alloc(9)
  bytes[0] = 0x80
  bytes.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000)), 1)
  return bytes
}

const padded = (text: string): string => text + '='.repeat((4 - (text.length % 4)) % 4)
