import { unlessGone } from '../error.ts'
import { type Reply, type Session, service } from '../service.ts'

/** What Swift is asked for here. */
export interface Swift {
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
    const ask = (method: 'HEAD' | 'GET', ...names: readonly string[]): Promise<Reply> =>
      session.request({ service: types, method, path: `/${names.map(encodeURIComponent).join('/')}` })
    return {
      async look(container, object) {
        const reply = await unlessGone(ask('HEAD', container, object))
        if (reply === undefined) return undefined
        const { 'last-modified': written, 'content-length': size } = reply.headers
        return { writtenAt: Date.parse(String(written)), size: Number(size ?? 0) }
      },
      read: async (container, object) => (await ask('GET', container, object)).body,
    }
  },
  find: {},
})
