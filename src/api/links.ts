import type { IncomingHttpHeaders } from 'node:http'
import type { LinkReply } from '../contract/rest/index.ts'
import type { StackIdentity } from '../contract/views.ts'

/** What is known of the address that a client used. */
export interface Approach {
  readonly headers: IncomingHttpHeaders
  readonly encrypted: boolean
  /** Our own address, for the rare client that names no host. */
  readonly local: string
}

/** The address of this server as the client reached it, without a slash at the end. */
export function addressOf({ headers, encrypted, local }: Approach, believeProxy: boolean): string {
  const scheme = encrypted ? 'https' : 'http'
  const host = likeHost(headers.host) ?? local
  if (!believeProxy) return `${scheme}://${host}`
  const forwarded = forwardedBy(first(headers.forwarded))
  const outerScheme = likeScheme(forwarded.proto ?? first(headers['x-forwarded-proto'])) ?? scheme
  const outerHost = likeHost(forwarded.host ?? first(headers['x-forwarded-host'])) ?? host
  const prefix = likePath(first(headers['x-forwarded-prefix']))?.replace(/\/+$/, '') ?? ''
  return `${outerScheme}://${withPort(outerHost, first(headers['x-forwarded-port']))}${prefix}`
}

/** What a header says goes into links that others follow, so it has to look like what it is meant to be. */
const like =
  (form: RegExp) =>
  (text: string | undefined): string | undefined =>
    text !== undefined && text.length <= 255 && form.test(text) ? text : undefined

const likeHost = like(/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i)
const likeScheme = like(/^https?$/)
const likePath = like(/^(?:\/[\w.~-]+)+\/*$/)

/** Of a header that each proxy on the way adds to: what the first one, nearest to the client, said. */
function first(value: string | readonly string[] | undefined): string | undefined {
  const text = typeof value === 'string' ? value : value?.[0]
  return text?.split(',')[0]?.trim() || undefined
}

function forwardedBy(text: string | undefined): { readonly proto?: string; readonly host?: string } {
  const pairs = (text ?? '').split(';').flatMap((part) => {
    const [key, value] = part.split('=', 2)
    return key && value ? [[key.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')] as const] : []
  })
  return Object.fromEntries(pairs)
}

const withPort = (host: string, port: string | undefined): string =>
  port === undefined || !/^\d{1,5}$/.test(port) || /:\d+$/.test(host) ? host : `${host}:${port}`

/** Makes the links of one reply. */
export class Links {
  readonly #root: string
  #stack: StackIdentity | undefined
  #stackHref = ''

  /** `root` is the address of the API up to and including its version. */
  constructor(root: string) {
    this.#root = root
  }

  stackHref(stack: StackIdentity): string {
    if (
      this.#stack?.id === stack.id &&
      this.#stack.name === stack.name &&
      this.#stack.projectId === stack.projectId
    ) {
      return this.#stackHref
    }
    const [project, name, id] = [stack.projectId, stack.name, stack.id].map(encodeURIComponent)
    this.#stack = stack
    this.#stackHref = `${this.#root}/${project}/stacks/${name}/${id}`
    return this.#stackHref
  }

  stack(stack: StackIdentity, rel = 'self'): LinkReply {
    return { href: this.stackHref(stack), rel }
  }

  resource(stack: StackIdentity, name: string, rel = 'self'): LinkReply {
    return { href: `${this.stackHref(stack)}/resources/${encodeURIComponent(name)}`, rel }
  }

  event(stack: StackIdentity, resource: string, event: string): LinkReply {
    return { href: `${this.resource(stack, resource).href}/events/${encodeURIComponent(event)}`, rel: 'self' }
  }
}
