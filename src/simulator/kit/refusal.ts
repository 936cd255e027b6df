/** A request that the cloud refuses. Each service dresses it in its own form. */
export class Refusal extends Error {
  readonly status: number
  /** What the service calls this kind of refusal, such as `NetworkInUse`. */
  readonly type: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, type: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.type = type
    this.headers = headers
  }
}

export const badRequest = (message: string, type = 'HTTPBadRequest') => new Refusal(400, type, message)
export const forbidden = (message: string, type = 'PolicyNotAuthorized') => new Refusal(403, type, message)
export const notFound = (message: string, type = 'HTTPNotFound') => new Refusal(404, type, message)
export const conflict = (message: string, type = 'HTTPConflict') => new Refusal(409, type, message)

/** The answer to a request with no token, or with one that is not good. */
export const unauthorized = () =>
  new Refusal(401, 'Unauthorized', 'The request you have made requires authentication.')
