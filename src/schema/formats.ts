import { wordOf } from '../base/text.ts'
import { cronFault } from './formats/cron.ts'
import { dnsDomainFault, dnsNameFault, relativeNameFault } from './formats/dns.ts'
import { momentFault } from './formats/moment.ts'
import { addressFault, cidrFault, networkFault } from './formats/network.ts'
import { ipVersion } from './ip.ts'

/** The words for what is wrong with a value, if there are any to add; `undefined` when nothing is. */
type Format = (value: unknown) => string | undefined

const ofText =
  (fault: (text: string) => string | undefined): Format =>
  (value) =>
    fault(wordOf(value))

/** Named checks that ask no cloud. Their names are those of Heat's custom constraints, for templates use them too. */
export const formats: Readonly<Record<string, Format>> = {
  ip_addr: (value) => (typeof value === 'string' && ipVersion(value) ? undefined : 'Invalid IP address'),
  net_cidr: ofText(cidrFault),
  ip_or_cidr: ofText((text) => (text.includes('/') ? networkFault(text) : addressFault(text))),
  mac_addr: ofText((text) => (macForms.some((form) => form.test(text)) ? undefined : 'Invalid MAC address.')),
  rel_dns_name: ofText(relativeNameFault),
  dns_name: ofText(dnsNameFault),
  dns_domain: ofText(dnsDomainFault),
  iso_8601: ofText((text) => (momentFault(text) === undefined ? undefined : '')),
  expiration: ofText((text) => {
    const fault = text === '' ? undefined : momentFault(text.trim())
    return fault && `Expiration ${text} is invalid: ${fault}`
  }),
  json_string: ofText((text) => (isJson(text) ? undefined : 'not JSON')),
  timezone: ofText((text) => (text === '' || isTimeZone(text) ? undefined : `Invalid timezone: '${text}'`)),
  cron_expression: ofText(cronFault),
  // In Heat it only takes its time.
  test_constr: () => undefined,
}

const macForms = [
  /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i,
  /^[0-9a-f]{1,2}(-[0-9a-f]{1,2}){5}$/i,
  /^[0-9a-f]{1,4}([:.-])[0-9a-f]{1,4}\1[0-9a-f]{1,4}$/i,
  /^[0-9a-f]{5,6}[:-][0-9a-f]{5,6}$/i,
  /^[0-9a-f]{11,12}$/i,
]

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Of the names with three letters those that are in the time zone database; `Intl` knows others, which are ambiguous. */
const shortZones = 'CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' ')

function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false
  if (name.length === 3) return shortZones.includes(name.toUpperCase())
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
