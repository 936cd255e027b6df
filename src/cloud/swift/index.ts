import { CloudError, unlessGone } from '../error.ts'
import { type Ask, type Reply, type Session, service } from '../service.ts'

/** An object as its container lists it. */
export interface StoredObject {
  readonly name: string
  /** What the container says; an object that is put together of others may have more. */
  readonly bytes: number
}

/** What Swift is asked for here. */
export interface Swift {
  /** The objects of a container by their names' order, at most so many of them. */
  list(
    container: string,
    ask: { readonly most: number; readonly signal?: AbortSignal },
  ): Promise<readonly StoredObject[]>
  /** What is in an object, and of that the first bytes. */
  bytes(
    container: string,
    object: string,
    ask: { readonly most: number; readonly signal?: AbortSignal },
  ): Promise<Uint8Array>
  /** When an object was last written, and how many bytes it has; `undefined`: there is none. */
  look(
    container: string,
    object: string,
  ): Promise<{ readonly writtenAt: number; readonly size: number } | undefined>
  /** What is in an object: what its JSON says, if it says that it is JSON, and else a text. */
  read(container: string, object: string): Promise<unknown>
}

const types = ['object-store']

/** The object store. */
export const swift = service('swift', types, {
  connect: (session: Session): Swift => {
    const ask = (
      method: 'HEAD' | 'GET',
      names: readonly string[],
      more: Pick<Ask, 'query' | 'signal' | 'bytesUpTo'> = {},
    ): Promise<Reply> =>
      session.request({
        service: types,
        method,
        path: `/${names.map(encodeURIComponent).join('/')}`,
        ...more,
      })
    return {
      async list(container, { most, ...more }) {
        const { body } = await ask('GET', [container], { query: { format: 'json', limit: most }, ...more })
        if (body === undefined) return []
        if (!Array.isArray(body)) throw noListing(container)
        return (body as readonly StoredObject[]).filter(({ name }) => typeof name === 'string')
      },
      async bytes(container, object, { most, ...more }) {
        const { body } = await ask('GET', [container, object], { bytesUpTo: most, ...more })
        return body instanceof Uint8Array ? body : new Uint8Array()
      },
      async look(container, object) {
        const reply = await unlessGone(ask('HEAD', [container, object]))
        if (reply === undefined) return undefined
        const { 'last-modified': written, 'content-length': size } = reply.headers
        return { writtenAt: Date.parse(String(written)), size: Number(size ?? 0) }
      },
      read: async (container, object) => (await ask('GET', [container, object])).body,
    }
  },
  find: {},
})

const noListing = (container: string): CloudError =>
  new CloudError(`The object-store service answered with no list of the objects in ${container}.`, {
    kind: 'unavailable',
    service: 'object-store',
  })
