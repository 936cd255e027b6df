import { isUuid } from '../../base/ids.ts'
import { lookUp } from '../lookup.ts'
import { type Session, service } from '../service.ts'
import { type Images, images, types } from './images.ts'

export type { ImageStatus, Images, LiveImage } from './images.ts'

/** What Glance is asked for here. */
export interface Glance {
  readonly images: Images
}

/** The image service. */
export const glance = service('glance', types, {
  connect: (session: Session): Glance => ({ images: images(session) }),
  find: { image },
})

/** An image's ID. Only what looks like an ID is asked for by ID, for Glance takes names with spaces badly there. */
async function image(session: Session, nameOrId: string): Promise<string> {
  const { get, list } = images(session)
  const found = await lookUp(nameOrId, {
    entity: 'images',
    service: 'image',
    ...(isUuid(nameOrId) && { byId: get }),
    byName: (name) => list({ name }),
    words: {
      none: (name) => `No images matching {'name': '${name}'}.`,
      several: (name) => `No images unique match found for {'name': '${name}'}.`,
    },
  })
  return found.id
}
