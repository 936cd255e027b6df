import { isMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'
import { type AnyEndpoint, fillPath, type PathOf, type ReplyOf, splitAddress } from '../contract/endpoint.ts'
import type { Shape } from '../schema/index.ts'
import type { Question } from './hearth-client.ts'
import { type Http, type HttpReply, httpOf } from './http.ts'
import { endpointIn, type Ticket, ticketFrom, versionThree } from './keystone.ts'
import type { ClientSettings } from './settings.ts'

type Values = Readonly<Record<string, unknown>>

/** An open line to one service in the name of one project. */
export class Connection {
  readonly #http: Http
  readonly #settings: ClientSettings
  #ticket: Ticket
  readonly #root: string

  private constructor(http: Http, settings: ClientSettings, ticket: Ticket) {
    this.#http = http
    this.#settings = settings
    this.#ticket = ticket
    this.#root = rootOf(settings.endpoint ?? endpointIn(ticket, settings))
  }

  /** Proves who is asking and finds the service. */
  static async open(settings: ClientSettings): Promise<Connection> {
    const http = httpOf(settings)
    return new Connection(http, settings, await ticketFrom(http, settings))
  }

  /** The same line, whose requests end when the signal is given. */
  withSignal(signal: AbortSignal): Connection {
    const before = this.#settings.signal
    const settings = { ...this.#settings, signal: before ? AbortSignal.any([before, signal]) : signal }
    return new Connection(httpOf(settings), settings, this.#ticket)
  }

  get projectId(): string {
    return this.#ticket.projectId
  }

  /** The service's address up to and including the project. */
  get endpoint(): string {
    return `${this.#root}/v1/${this.projectId}`
  }

  /** Asks one question of the API. A redirect is followed with the same method and body. */
  async ask<E extends AnyEndpoint>(endpoint: E, question: Question<E> = {}): Promise<ReplyOf<E>> {
    const reply = await this.send(endpoint, question)
    if (reply.status !== 302) return reply.body as ReplyOf<E>
    const { method } = splitAddress(endpoint.address)
    const body = bodyOf(endpoint.body, question.body)
    return (await this.#request(method, this.#rebased(reply), body)).body as ReplyOf<E>
  }

  /** The same, but a redirect is itself the answer. */
  send<E extends AnyEndpoint>(endpoint: E, { path, query, body }: Question<E> = {}): Promise<HttpReply> {
    const { method } = splitAddress(endpoint.address)
    const values = { project_id: this.projectId, ...path } as PathOf<string>
    const url = `${this.#root}${fillPath(endpoint.address, values)}${queryText(endpoint.query, query ?? {})}`
    return this.#request(method, url, bodyOf(endpoint.body, body))
  }

  /** Another service of the catalog: where it is, and a way to send it what has no body. */
  service(type: string): {
    readonly endpoint: string
    send(method: string, path: string, headers?: Readonly<Record<string, string>>): Promise<HttpReply>
  } {
    const endpoint = endpointIn(this.#ticket, this.#settings, type).replace(/\/+$/, '')
    return {
      endpoint,
      send: (method, path, headers) =>
        this.#http.send({
          ...{ method, url: `${endpoint}${path}`, token: this.#ticket.token },
          ...(headers && { headers }),
        }),
    }
  }

  /** What Keystone has at a path. */
  async askKeystone(path: string): Promise<unknown> {
    const url = `${versionThree(this.#settings.authUrl)}${path}`
    return (await this.#http.send({ method: 'GET', url, token: this.#ticket.token })).body
  }

  /** The bytes behind a URL of the object store. */
  async readObject(url: string): Promise<Uint8Array> {
    const { endpoint } = this.service('object-store')
    if (!`${url}/`.startsWith(`${endpoint}/`) || !URL.canParse(url) || new URL(url).href !== url)
      throw new Problem('NotInObjectStore', `${url} is not in the object store at ${endpoint}.`, {
        status: 400,
      })
    const { bytes = new Uint8Array() } = await this.#http.send({
      method: 'GET',
      url,
      token: this.#ticket.token,
    })
    return bytes
  }

  /** A token may run out while we wait for something: then a new one is got, once. */
  async #request(method: string, url: string, body: unknown): Promise<HttpReply> {
    const ask = { method, url, ...(body !== undefined && { body }) }
    try {
      return await this.#http.send({ ...ask, token: this.#ticket.token })
    } catch (error) {
      const stale =
        error instanceof Problem && error.status === 401 && this.#settings.credentials.is !== 'token'
      if (!stale) throw error
    }
    this.#ticket = await ticketFrom(this.#http, this.#settings)
    return this.#http.send({ ...ask, token: this.#ticket.token })
  }

  /**
   * Where a redirect leads, at the address that we know: the service may see itself under another one, and a token
   * must not be sent there.
   */
  #rebased({ headers }: HttpReply): string {
    const location = headers.get('location') ?? ''
    const below = /\/v1(\/[^/]+\/stacks\/.+)$/.exec(location)?.[1]
    if (below === undefined)
      throw new Problem('StrangeRedirect', `Location not returned with 302: ${location}`, { status: 502 })
    return `${this.#root}/v1${below}`
  }
}

/** The address without version and project. */
const rootOf = (endpoint: string): string => endpoint.replace(/\/+$/, '').replace(/\/v1(\.0)?(\/[^/]+)?$/, '')

/** A list that may be written as text with commas is sent as that: the original takes nothing else. */
function bodyOf(shape: Shape, body: unknown): unknown {
  if (!isMap(body)) return body
  const entries = Object.entries(body).map(([key, value]) => {
    const isText = Array.isArray(value) && shape[key]?.options.convertible
    return [key, isText ? value.join(',') : value]
  })
  return Object.fromEntries(entries)
}

function queryText(shape: Shape, values: Values): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) continue
    if (!Array.isArray(value)) parameters.append(key, String(value))
    else if (shape[key]?.options.convertible) parameters.append(key, value.join(','))
    else for (const part of value) parameters.append(key, String(part))
  }
  return parameters.size > 0 ? `?${parameters}` : ''
}
