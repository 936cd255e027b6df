import { pages } from '../paging.ts'
import type { Collection, Session } from '../service.ts'
import type { LiveKeyPair } from './live.ts'
import { since, types } from './versions.ts'

/** What Nova does with key pairs. Each belongs to a user, the caller if no other is said; its ID is its name. */
export interface KeyPairs extends Collection<LiveKeyPair> {
  /** Without a public key Nova makes both and answers with the private one, this once. */
  create(body: {
    readonly name: string
    readonly public_key?: string
    readonly type?: string
    readonly user_id?: string
  }): Promise<LiveKeyPair>
  get(name: string, user?: string): Promise<LiveKeyPair>
  delete(name: string, user?: string): Promise<void>
}

interface Wrapped {
  readonly keypair: Omit<LiveKeyPair, 'id'>
}

export function keyPairs(session: Session): KeyPairs {
  const path = '/os-keypairs'
  const at = (name: string) => `${path}/${encodeURIComponent(name)}`
  const of = (user: string | undefined) =>
    user === undefined ? {} : { query: { user_id: user }, microversion: since.keyPairUser }

  return {
    async create(body) {
      const { type, user_id: user } = body
      const microversion = user ? since.keyPairUser : type ? since.keyPairType : undefined
      const ask = { service: types, method: 'POST', path, body: { keypair: body } } as const
      return named(await session.request({ ...ask, ...(microversion && { microversion }) }))
    },
    get: async (name, user) =>
      named(await session.request({ service: types, method: 'GET', path: at(name), ...of(user) })),
    async update(name) {
      throw new Error(`The key pair ${name} can't be changed: Nova has no call for it.`)
    },
    async delete(name, user) {
      await session.request({ service: types, method: 'DELETE', path: at(name), ...of(user) })
    },
    async list({ name, ...query } = {}) {
      const found = await pages<Wrapped>(session, { service: types, method: 'GET', path, query }, 'keypairs')
      const all = found.map(({ keypair }) => ({ ...keypair, id: keypair.name }))
      return name === undefined ? all : all.filter((one) => one.name === name)
    },
  }
}

/** Nova's own ID of a key pair is a number that nothing takes. */
function named({ body }: { readonly body: unknown }): LiveKeyPair {
  const { keypair } = body as Wrapped
  return { ...keypair, id: keypair.name }
}
