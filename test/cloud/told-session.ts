import { CloudError, type CloudErrorKind } from '../../src/cloud/error.ts'
import type { Ask, Session } from '../../src/cloud/service.ts'

/** What a told session answers: a body, or a function of what it was asked that gives one. */
type Told = unknown | ((ask: Ask) => unknown)

export interface ToldSession extends Session {
  readonly asks: Ask[]
  /** What was asked, as `METHOD /path`, with the query, and the microversion after `@`. */
  calls(): readonly string[]
  /** The bodies of what was asked, but for those that had none. */
  bodies(): readonly unknown[]
}

/** A session that sends nothing and answers each `METHOD /path` as it is told; what it was not told of is not found. */
export function toldSession(answers: Readonly<Record<string, Told>> = {}): ToldSession {
  const asks: Ask[] = []
  return {
    projectId: 'p1',
    userId: 'u1',
    asks,
    calls: () => asks.map(lineOf),
    bodies: () => asks.flatMap(({ body }) => (body === undefined ? [] : [body])),
    async request(ask) {
      asks.push(ask)
      const key = `${ask.method} ${ask.path}`
      if (!Object.hasOwn(answers, key)) throw refusal('not-found', `no ${key}`)
      const told = answers[key]
      const body = typeof told === 'function' ? told(ask) : told
      return { status: 200, headers: { location: 'http://images/v2/images/from-header' }, body }
    },
    offers: async () => true,
  }
}

export const refusal = (kind: CloudErrorKind, message: string = kind): CloudError =>
  new CloudError(message, { kind, service: 'test' })

/** An answer that is a refusal. */
export const refuses = (kind: CloudErrorKind, message?: string) => () => {
  throw refusal(kind, message)
}

function lineOf({ method, path, query = {}, microversion }: Ask): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  )
  return `${method} ${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}${microversion ? ` @${microversion}` : ''}`
}
