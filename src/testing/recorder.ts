/** One request a handler made of a cloud: which call, and what it was given. */
export type Request = readonly [call: string, ...args: unknown[]]

/** What the stand-in answers, by call: a value, an error to throw, or a function of what it was given. */
export type Answers = Readonly<Record<string, unknown>>

export interface Recorder<Client> {
  /** Stands in for the client; every call on it, however deep, is answered and remembered. */
  readonly client: Client
  readonly requests: Request[]
}

/** A stand-in client that answers what it is told to (else `undefined`) and remembers what it was asked. */
export function recorder<Client = unknown>(answers: Answers = {}): Recorder<Client> {
  const requests: Request[] = []

  const at = (path: string): unknown =>
    new Proxy(() => {}, {
      // Without a `then` the stand-in may be returned from an async function like any client.
      get: (_target, key) =>
        typeof key === 'symbol' || key === 'then' ? undefined : at(path === '' ? key : `${path}.${key}`),
      apply: async (_target, _self, args: unknown[]) => {
        requests.push([path, ...args])
        return answer(answers[path], args)
      },
    })

  return { client: at('') as Client, requests }
}

function answer(told: unknown, args: readonly unknown[]): unknown {
  if (told instanceof Error) throw told
  return typeof told === 'function' ? told(...args) : told
}
