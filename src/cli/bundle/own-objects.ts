import { Problem } from '../../base/problem.ts'
import type { HearthClient } from '../../client/index.ts'
import { Unconnectable } from '../../client/words.ts'
import type { Context } from '../kit/context.ts'
import { type Reader, Unreadable } from './read.ts'

/**
 * A reader that asks again, in the user's name, for what the user's own object store keeps from strangers. A token is
 * sent nowhere else, whatever a template names.
 */
export function readerInNameOf(context: Pick<Context, 'connect'>, read: Reader): Reader {
  let connected: Promise<HearthClient | undefined> | undefined
  return async (url) => {
    try {
      return await read(url)
    } catch (error) {
      if (!isKept(error)) throw error
      connected ??= context.connect().catch(nobody)
      const object = await (await connected)?.readObject(url).catch(refused)
      if (object === undefined) throw error
      return object
    }
  }
}

const isKept = (error: unknown): boolean =>
  error instanceof Unreadable && (error.status === 401 || error.status === 403)

function nobody(error: unknown): undefined {
  if (!(error instanceof Unconnectable)) throw error
}

function refused(error: unknown): undefined {
  if (!(error instanceof Problem)) throw error
}
