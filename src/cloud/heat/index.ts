import { isMap } from '../../base/json.ts'
import type { Elsewhere } from '../elsewhere.ts'
import { type Session, service } from '../service.ts'
import { credentialIn } from './credential.ts'
import { type Stacks, stacks, types } from './stacks.ts'

export type { LiveStack, Stacks } from './stacks.ts'

/** Which orchestration service is meant. */
export interface Whereabouts extends Pick<Elsewhere, 'region' | 'certificates' | 'verify'> {
  /** The ID of a Barbican secret that says who one is in another cloud. */
  readonly secret?: string
}

/** What orchestration services are asked for here: this cloud's, and those of other regions and other clouds. */
export interface Heat {
  stacks(where?: Whereabouts): Stacks
}

/** The orchestration service. */
export const heat = service('heat', types, {
  connect: (session: Session): Heat => {
    const names = new Map<string, string>()
    const secrets = new Map<string, Promise<NonNullable<Elsewhere['cloud']>>>()

    /** What a secret says; it is asked for once, unless that fails. */
    function cloudOf(secret: string): Promise<NonNullable<Elsewhere['cloud']>> {
      const known = secrets.get(secret)
      if (known !== undefined) return known
      const asked = payloadOf(session, secret).then(credentialIn)
      secrets.set(secret, asked)
      asked.catch(() => secrets.delete(secret))
      return asked
    }

    return {
      stacks({ secret, ...where } = {}) {
        const isHere = secret === undefined && Object.keys(where).length === 0
        return stacks(async (ask) => {
          const cloud = secret === undefined ? undefined : await cloudOf(secret)
          const elsewhere = isHere ? {} : { elsewhere: { ...where, ...(cloud && { cloud }) } }
          return await session.request({ service: types, ...ask, ...elsewhere })
        }, names)
      },
    }
  },
  find: {},
})

/** Barbican gives a payload only as what it was stored as. */
async function payloadOf(session: Session, secret: string): Promise<unknown> {
  const ask = {
    service: ['key-manager'],
    method: 'GET',
    path: `/secrets/${encodeURIComponent(secret)}`,
  } as const
  const { body } = await session.request(ask)
  const kinds = isMap(body) && isMap(body.content_types) ? body.content_types : {}
  const accept = typeof kinds.default === 'string' ? kinds.default : 'text/plain'
  return (await session.request({ ...ask, path: `${ask.path}/payload`, headers: { accept } })).body
}
