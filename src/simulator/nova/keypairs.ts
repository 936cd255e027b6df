import { createHash, createPublicKey, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { isoMicros } from '../../base/clock.ts'
import { answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import { pageOf, sortRows } from '../kit/page.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { type Keypair, keypairs } from './kinds.ts'
import { limitOf, overQuotaFor } from './quotas.ts'
import { mustFit, onlyAdmin } from './refusals.ts'
import { wrapped } from './shapes.ts'

export const keypairRoutes: readonly Route[] = [
  route('GET /v2.1/os-keypairs', list),
  route('POST /v2.1/os-keypairs', create),
  route('GET /v2.1/os-keypairs/:name', (call) => answer({ keypair: detailed(call, oneOfTheirs(call)) })),
  route('DELETE /v2.1/os-keypairs/:name', (call) => {
    call.world.of(keypairs).remove(oneOfTheirs(call).id)
    return nothing(call.version >= 2 ? 204 : 202)
  }),
]

/** Whose keys are meant: one's own, or as an admin those of the user that is named. */
function userOf(call: Call, named: string | null | undefined): string {
  if (!named || named === call.caller.userId) return call.caller.userId
  onlyAdmin(call, 'os-keypairs:show')
  return named
}

function oneOfTheirs(call: Call): Keypair {
  const user = userOf(call, call.query.get('user_id'))
  const keypair = keypairOf(call.world, user, param(call, 'name'))
  if (keypair === undefined) throw notFound(`Keypair ${param(call, 'name')} not found for user ${user}`)
  return keypair
}

export function keypairOf(world: World, userId: string, name: string): Keypair | undefined {
  return world.of(keypairs).get(`${userId}:${name}`)
}

function list(call: Call) {
  const user = userOf(call, call.query.get('user_id'))
  const own = sortRows(call.world.of(keypairs).where('user_id', user), [{ key: 'name', down: false }])
  const byName = own.map((each) => ({ id: each.name, keypair: each }))
  const page = call.version >= 35 ? pageOf(call, byName) : { items: byName, next: undefined }
  const links = page.next === undefined ? {} : { keypairs_links: [{ rel: 'next', href: page.next }] }
  return answer({ keypairs: page.items.map(({ keypair }) => ({ keypair: brief(call, keypair) })), ...links })
}

function brief(call: Call, { name, public_key, fingerprint, type }: Keypair): object {
  return { name, public_key, fingerprint, ...(call.version >= 2 ? { type } : {}) }
}

function detailed(call: Call, keypair: Keypair): object {
  const { user_id, created_at, number } = keypair
  return {
    ...brief(call, keypair),
    user_id,
    created_at,
    deleted: false,
    deleted_at: null,
    id: number,
    updated_at: null,
  }
}

const shape = (version: number) =>
  wrapped('keypair', {
    required: version >= 92 ? ['name', 'public_key'] : ['name'],
    properties: {
      name: {
        type: 'string',
        minLength: 1,
        maxLength: 255,
        pattern: version >= 92 ? '^[a-zA-Z0-9 @._-]+$' : '^[a-zA-Z0-9 _-]+$',
      },
      public_key: { type: 'string' },
      ...(version >= 2 ? { type: { type: 'string', enum: ['ssh', 'x509'] } } : {}),
      ...(version >= 10 ? { user_id: { type: 'string' } } : {}),
    },
  })

async function create(call: Call) {
  mustFit(call.body, shape(call.version))
  const { keypair: given } = call.body as {
    keypair: { name: string; public_key?: string; type?: string; user_id?: string }
  }
  const user = userOf(call, given.user_id)
  if (keypairOf(call.world, user, given.name) !== undefined)
    throw conflict(`Key pair '${given.name}' already exists.`)
  const limit = limitOf(call.world, call.caller.projectId, 'key_pairs')
  if (limit >= 0 && call.world.of(keypairs).where('user_id', user).length >= limit)
    throw overQuotaFor('key_pairs')
  const made = given.public_key === undefined ? await newKey() : undefined
  const keypair = addKeypair(call.world, {
    name: given.name,
    userId: user,
    publicKey: given.public_key ?? made?.publicKey ?? '',
    type: given.type ?? 'ssh',
  })
  const { name, public_key, fingerprint, type } = keypair
  const view = { name, public_key, fingerprint, user_id: user, ...(call.version >= 2 ? { type } : {}) }
  return answer(
    { keypair: made === undefined ? view : { ...view, private_key: made.privateKey } },
    call.version >= 2 ? 201 : 200,
  )
}

interface NewKeypair {
  readonly name: string
  readonly userId: string
  readonly publicKey: string
  readonly type: string
}

/** Keeps a public key under a user's name for it. */
export function addKeypair(world: World, { name, userId, publicKey, type }: NewKeypair): Keypair {
  return world.of(keypairs).add({
    id: `${userId}:${name}`,
    name,
    user_id: userId,
    type,
    public_key: publicKey,
    fingerprint: fingerprintOf(publicKey, type),
    created_at: isoMicros(world.now()),
    number: world.of(keypairs).size + 1,
  })
}

function fingerprintOf(publicKey: string, type: string): string {
  const [, body = ''] = publicKey.trim().split(/\s+/)
  const bytes = Buffer.from(body, 'base64')
  const sound =
    type === 'x509' ||
    (bytes.length > 20 && /^[a-z0-9@.-]+$/.test(bytes.subarray(4, 4 + bytes.readUInt32BE(0)).toString()))
  if (!sound) throw badRequest('Keypair data is invalid: failed to generate fingerprint')
  const digest = createHash('md5')
    .update(bytes.length > 0 ? bytes : publicKey)
    .digest('hex')
  return digest.replace(/(..)(?=.)/g, '$1:')
}

/** A new RSA key, its public half as OpenSSH writes it. */
export async function newKey(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return { publicKey: `${openSshOf(pair.publicKey)} Generated-by-Nova`, privateKey: pair.privateKey }
}

function openSshOf(pem: string): string {
  const { n = '', e = '' } = createPublicKey(pem).export({ format: 'jwk' })
  const parts = [
    Buffer.from('ssh-rsa'),
    mpint(Buffer.from(e, 'base64url')),
    mpint(Buffer.from(n, 'base64url')),
  ]
  const body = Buffer.concat(parts.flatMap((part) => [lengthOf(part), part]))
  return `ssh-rsa ${body.toString('base64')}`
}

const mpint = (bytes: Buffer): Buffer =>
  (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes

function lengthOf(part: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(part.length)
  return length
}
