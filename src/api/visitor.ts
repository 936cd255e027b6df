import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'
import type { Settings } from './surroundings.ts'

/**
 * The address that a request came from. Where proxies are believed it is the one that the nearest of them saw: what stands before
 * that in the header may be the client's own invention.
 */
export function clientAddress(
  { headers, raw: { socket } }: FastifyRequest,
  { believeProxy }: Pick<Settings, 'believeProxy'>,
): string {
  const direct = plain(socket?.remoteAddress ?? '')
  if (!believeProxy) return direct
  const forwarded = last(headers.forwarded)
  const told = /(?:^|;)\s*for="?([^";,]+)"?/i.exec(forwarded ?? '')?.[1] ?? last(headers['x-forwarded-for'])
  return told === undefined ? direct : plain(withoutPort(told))
}

/** The network that an address is in, as far as one visitor has it all: of IPv6 they get 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::', 2)
  const parts = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - parts.length - rest.length
  return [...parts, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...rest].slice(0, 4).join(':')
}

function last(value: string | readonly string[] | undefined): string | undefined {
  const text = typeof value === 'string' ? value : value?.at(-1)
  return text?.split(',').at(-1)?.trim() || undefined
}

const withoutPort = (text: string): string =>
  text.startsWith('[') ? text.slice(1).replace(/\].*$/, '') : text.replace(/^([^:]+):\d+$/, '$1')

/** An address of IPv4 that came over a socket of IPv6 is written as what it is; what is no address is cut short. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').slice(0, 64)
