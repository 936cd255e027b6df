import { collection } from '../collection.ts'
import { agreeOn } from '../microversions.ts'
import type { Ask, Collection, Reply, Session } from '../service.ts'
import type { LiveVolume, NewVolume } from './live.ts'

/** Cinder's types in the catalog. */
export const types = ['block-storage', 'volumev3'] as const

/** The microversion in which a volume may grow while a server uses it. */
const growsInUse = '3.42'

/** What Cinder does with volumes. */
export interface Volumes extends Collection<LiveVolume> {
  create(volume: NewVolume): Promise<LiveVolume>
  /** Makes this all the metadata it has. */
  setMetadata(id: string, metadata: Readonly<Record<string, string>>): Promise<void>
  /** Starts making it larger. One that a server uses takes a Cinder that can (`growsInUse`). */
  extend(id: string, size: number): Promise<void>
  /** Whether volumes may grow while servers use them. */
  growsInUse(): Promise<boolean>
  /** Starts giving it another type, where that does not move it to another backend. */
  retype(id: string, type: string): Promise<void>
  setReadOnly(id: string, readOnly: boolean): Promise<void>
}

export function volumes(session: Session): Volumes {
  const form = {
    service: types,
    path: '/volumes',
    listPath: '/volumes/detail',
    one: 'volume',
    many: 'volumes',
    some: 'newest' as const,
  }
  const usual = collection<LiveVolume>(session, form)

  function act(id: string, action: object, how: Partial<Ask> = {}): Promise<Reply> {
    const path = `/volumes/${encodeURIComponent(id)}/action`
    return session.request({ service: types, method: 'POST', path, body: action, ...how })
  }

  const canGrowInUse = async () =>
    (await agreeOn(session, types, { atLeast: growsInUse, atMost: growsInUse })) !== undefined

  return {
    ...usual,
    async create({ hints, ...volume }) {
      const { body } = await session.request({
        service: types,
        method: 'POST',
        path: form.path,
        body: {
          volume,
          ...(hints && Object.keys(hints).length > 0 && { 'OS-SCH-HNT:scheduler_hints': hints }),
        },
      })
      return (body as { volume: LiveVolume }).volume
    },
    async setMetadata(id, metadata) {
      const path = `/volumes/${encodeURIComponent(id)}/metadata`
      await session.request({ service: types, method: 'PUT', path, body: { metadata } })
    },
    async extend(id, size) {
      const microversion = (await canGrowInUse()) ? growsInUse : undefined
      await act(id, { 'os-extend': { new_size: size } }, { ...(microversion && { microversion }) })
    },
    growsInUse: canGrowInUse,
    retype: async (id, type) =>
      void (await act(id, { 'os-retype': { new_type: type, migration_policy: 'never' } })),
    setReadOnly: async (id, readOnly) =>
      void (await act(id, { 'os-update_readonly_flag': { readonly: readOnly } }, { repeatable: true })),
  }
}
