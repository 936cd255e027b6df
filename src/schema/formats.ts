import { ipVersion } from './ip.ts'

/** The words for what is wrong with a value, or `undefined` when nothing is. */
type Format = (value: unknown) => string | undefined

const ipAddress: Format = (value) => (ipVersion(String(value)) ? undefined : 'Invalid IP address')

const network: Format = (value) => {
  const [address = '', prefix, more] = String(value).split('/')
  if (more !== undefined || !ipVersion(address)) return 'Invalid net cidr'
  if (prefix === undefined) return 'Invalid net cidr, no prefix length'
  return /^\d+$/.test(prefix) && Number(prefix) <= (ipVersion(address) === 6 ? 128 : 32)
    ? undefined
    : 'Invalid net cidr'
}

const label = /^[a-zA-Z0-9_]([a-zA-Z0-9-_]{0,61}[a-zA-Z0-9_])?$/

const relativeDnsName: Format = (value) => {
  const text = String(value)
  if (text.length > 255) return `'${text}' exceeds the 255 character FQDN limit`
  const labels = text.replace(/\.$/, '').split('.')
  if (labels.some((part) => !label.test(part)))
    return `'${text}' not in valid format. Reason: a label must be 1 to 63 letters, digits, hyphens or underscores`
  return undefined
}

const dnsName: Format = (value) => (value === '' ? undefined : relativeDnsName(value))

const dnsDomain: Format = (value) => {
  const text = String(value)
  if (text === '') return undefined
  if (!text.endsWith('.')) return `'${text}' must end with '.'.`
  return (
    relativeDnsName(text) ??
    (text.split('.').length < 3 ? `More than one level of domain is required in '${text}'` : undefined)
  )
}

/** Named checks that ask no cloud. Their names are those of Heat's custom constraints, for templates use them too. */
export const formats: Readonly<Record<string, Format>> = {
  ip_addr: ipAddress,
  net_cidr: network,
  ip_or_cidr: (value) => (ipAddress(value) && network(value) ? 'Invalid IP address or CIDR' : undefined),
  mac_addr: (value) =>
    /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(String(value)) || /^[0-9a-f]{12}$/i.test(String(value))
      ? undefined
      : 'Invalid MAC address',
  rel_dns_name: relativeDnsName,
  dns_name: dnsName,
  dns_domain: dnsDomain,
  iso_8601: (value) =>
    Number.isNaN(Date.parse(String(value))) ? 'not an ISO 8601 date and time' : undefined,
  json_string: (value) => (isJson(String(value)) ? undefined : 'not JSON'),
  timezone: (value) => (isTimeZone(String(value)) ? undefined : `Invalid timezone: '${String(value)}'`),
  cron_expression: (value) => cronFault(String(value)),
  expiration: (value) => expirationFault(String(value)),
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const cronField = /^(\*|[0-9a-z]+(-[0-9a-z]+)?)(\/\d+)?(,(\*|[0-9a-z]+(-[0-9a-z]+)?)(\/\d+)?)*$/i

function cronFault(text: string): string | undefined {
  const fields = text.trim().split(/\s+/)
  return fields.length === 5 && fields.every((field) => cronField.test(field))
    ? undefined
    : `Invalid CRON expression: Exactly 5 columns have to be specified, and each must be a valid range.`
}

function expirationFault(text: string): string | undefined {
  const moment = Date.parse(text)
  if (Number.isNaN(moment)) return `Expiration ${text} is invalid: not a date and time`
  return undefined
}
