import { readFileSync } from 'node:fs'
import { problem } from '../base/problem.ts'

/** Where messages go: nowhere but within this process, or over a broker. */
export type TransportAddress =
  | { readonly kind: 'memory' }
  | { readonly kind: 'rabbit'; readonly brokers: readonly Broker[]; readonly tls: Tls }

/** One of the brokers that a process may connect to, in the terms of amqplib. */
export interface Broker {
  readonly protocol: 'amqp' | 'amqps'
  readonly hostname: string
  readonly port: number
  readonly username: string
  readonly password: string
  readonly vhost: string
}

export interface Tls {
  readonly ca?: string
}

const Invalid = problem(
  'TransportUrlInvalid',
  { status: 500 },
  ({ reason }: { reason: string }) => `transport_url ${reason}`,
)

const form = 'rabbit://user:password@host:5672/vhost'

/**
 * Reads a `transport_url` as OpenStack services write it: `rabbit://user:password@host:5672,user:password@other:5672/vhost`,
 * `amqp://…`, `amqps://…`, or `memory://`. Throws a problem that names no password.
 */
export function readTransportUrl(text: string): TransportAddress {
  const [, scheme = '', rest = ''] = /^([a-z0-9+]+):\/\/(.*)$/is.exec(text.trim()) ?? []
  if (scheme === 'memory') return { kind: 'memory' }
  if (!['rabbit', 'kombu', 'amqp', 'amqps'].includes(scheme)) {
    throw Invalid({ reason: `must be of the form ${form}${scheme === '' ? '' : `, not ${scheme}://`}` })
  }
  const [, hosts = '', path = '', query = ''] = /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest) ?? []
  const options = new URLSearchParams(query)
  const encrypted = scheme === 'amqps' || isTrue(options.get('ssl'))
  const common = { protocol: encrypted ? 'amqps' : 'amqp', vhost: path === '' ? '/' : decoded(path) } as const
  const brokers = hosts.split(',').map((host) => ({ ...common, ...readHost(host, encrypted) }))
  return { kind: 'rabbit', brokers, tls: encrypted ? tlsFrom(options) : {} }
}

function readHost(
  text: string,
  encrypted: boolean,
): Pick<Broker, 'hostname' | 'port' | 'username' | 'password'> {
  const parts = /^(?:([^:@]*)(?::(.*))?@)?(?:\[([^\]]+)\]|([^:@[\]]+))(?::(\d+))?$/s.exec(text)
  if (parts === null)
    throw Invalid({
      reason: `must be of the form ${form}, with commas between several of user:password@host:port`,
    })
  const [, username, password, ipv6, host = '', port] = parts
  return {
    hostname: ipv6 ?? host,
    port: port === undefined ? (encrypted ? 5671 : 5672) : Number(port),
    username: decoded(username ?? 'guest'),
    password: decoded(password ?? (username === undefined ? 'guest' : '')),
  }
}

function tlsFrom(options: URLSearchParams): Tls {
  const file = options.get('ssl_ca_file')
  try {
    return file === null ? {} : { ca: readFileSync(file, 'utf8') }
  } catch (cause) {
    throw Invalid({ reason: `names certificates in ${file}, which can't be read` }, cause)
  }
}

const isTrue = (text: string | null): boolean => /^(true|yes|on|1)$/i.test(text ?? '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
