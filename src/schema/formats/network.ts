import { ipVersion, shortened } from '../ip.ts'

/** What is wrong with an address in its usual form; `undefined` if nothing is. */
export function addressFault(text: string): string | undefined {
  if (ipVersion(text) !== 0) return undefined
  const numbers = /^\d+(\.\d+){3}$/.test(text) ? text.split('.').map(Number) : []
  return numbers.length === 4 && numbers.every((one) => one <= 255)
    ? `'${text}' is not an accepted IP address, '${numbers.join('.')}' is recommended`
    : `'${text}' is not a valid IP address`
}

/** What is wrong with a network written as address and prefix length. */
export function networkFault(text: string): string | undefined {
  const network = networkIn(text.trim())
  if (network === undefined || /\s/.test(text)) return `'${text}' is not a valid IP subnet`
  const isUsual = text.includes('/') && (network.version === 6 || network.text === text)
  return isUsual ? undefined : `'${text}' isn't a recognized IP subnet cidr, '${network.text}' is recommended`
}

/** The same, in the words of a check that looks whether it is a network at all before it looks how it is written. */
export function cidrFault(text: string): string | undefined {
  const bare = text.trim()
  if (/^\d+(\.\d+){1,3}$/.test(bare) && Number(bare.split('.')[0]) > 255)
    return `Invalid net cidr Invalid octet: ${bare.split('.')[0]}! `
  if (bare.split('/').length > 2 && networkIn(bare.split('/')[0] ?? '') !== undefined)
    return 'Invalid net cidr IPAddress() does not support netmasks or subnet prefixes! See documentation for details. '
  return networkIn(bare.replaceAll(' ', '')) === undefined
    ? `Invalid net cidr invalid IPNetwork ${text} `
    : networkFault(text)
}

interface Network {
  readonly version: 4 | 6
  /** In its usual form. */
  readonly text: string
}

function networkIn(text: string): Network | undefined {
  const [address = '', prefix, more] = text.split('/')
  const whole = ipVersion(address) === 6 ? address : padded(address)
  if (whole === undefined || more !== undefined) return undefined
  const version = ipVersion(whole) === 6 ? 6 : 4
  const width = version === 6 ? 128 : 32
  const length = prefix === undefined ? width : prefixLength(prefix, version)
  if (length === undefined || length > width) return undefined
  return { version, text: `${version === 6 ? shortened(whole) : whole}/${length}` }
}

/** An IPv4 address that may be short of its last numbers. */
function padded(address: string): string | undefined {
  const parts = address.split('.')
  if (parts.length > 4 || !parts.every((part) => /^\d{1,10}$/.test(part) && Number(part) <= 255))
    return undefined
  return [...parts.map(Number), 0, 0, 0].slice(0, 4).join('.')
}

function prefixLength(prefix: string, version: 4 | 6): number | undefined {
  if (/^\d{1,9}$/.test(prefix)) return Number(prefix)
  if (version === 6 || ipVersion(prefix) !== 4) return undefined
  const bits = prefix
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('')
  if (/^1*0*$/.test(bits)) return bits.replaceAll('0', '').length
  return /^0*1*$/.test(bits) ? bits.replaceAll('1', '').length : undefined
}
