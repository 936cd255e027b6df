import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** From where a site lets its services fetch what a request names by address. */
export interface Reachable {
  /** `http` and `https`, or fewer; none: both. */
  readonly schemes: readonly string[]
  /** Only these hosts, `*.example.org` for all below; none: any. */
  readonly hosts: readonly string[]
  /** Hosts, or networks such as `10.1.0.0/16`, that are fetched from though they are not public; `*`: any. */
  readonly privateHosts: readonly string[]
}

/** A place that the site does not let its services fetch from. */
export class NotReachable extends Error {}

/** Everywhere in public. */
export const anywherePublic: Reachable = { schemes: [], hosts: [], privateHosts: [] }

/** Why an address is not fetched from, by what it says; `undefined`: it may be. */
export function whyNot(url: URL, { schemes, hosts, ...more }: Reachable): string | undefined {
  const scheme = url.protocol.slice(0, -1)
  if (!['http', 'https'].includes(scheme) || (schemes.length > 0 && !schemes.includes(scheme)))
    return `Invalid URL scheme ${scheme}`
  const host = hostOf(url)
  if (hosts.length > 0 && !isAmong(host, hosts))
    return `${host} is not among the hosts that may be fetched from`
  return isIP(host) !== 0 && !isAllowed(host, host, more) ? notPublic(host) : undefined
}

/** Looks a host up, and answers only such of its addresses as may be fetched from: right before it is connected to, so that no later answer counts. */
export const lookupWithin =
  ({ privateHosts }: Reachable): LookupFunction =>
  (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [])
      const allowed = found.filter(({ address }) => isAllowed(host, address, { privateHosts }))
      const [first] = allowed
      if (first === undefined) return callback(new NotReachable(notPublic(host)), [])
      if (options.all) return callback(null, allowed)
      callback(null, first.address, first.family)
    })
  }

const notPublic = (host: string): string =>
  `${host} is not a public address, and the operator of this service has not allowed it (template_url_private_hosts)`

function isAllowed(
  host: string,
  address: string,
  { privateHosts }: Pick<Reachable, 'privateHosts'>,
): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  return (
    !notPublicNetworks.check(address, family) ||
    isAmong(host, privateHosts) ||
    networksIn(privateHosts).check(address, family)
  )
}

function isAmong(host: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase()
    return wanted === '*' || wanted === host || (wanted.startsWith('*.') && host.endsWith(wanted.slice(1)))
  })
}

/** As names are compared: without the brackets of IPv6 and without the dot at the end. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$|\.$/g, '').toLowerCase()

function networksIn(texts: readonly string[]): BlockList {
  const list = new BlockList()
  for (const text of texts) addNetwork(list, text)
  return list
}

function addNetwork(list: BlockList, text: string): void {
  const [address = '', bits] = text.split('/', 2)
  const version = isIP(address)
  if (version === 0) return
  const family = version === 6 ? 'ipv6' : 'ipv4'
  list.addSubnet(address, bits === undefined ? (version === 6 ? 128 : 32) : Number(bits), family)
}

/** Networks that are not for everybody: of this machine, of this site, of its clouds' metadata, and those that lead back into them. */
const notPublicNetworks = networksIn([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
])
