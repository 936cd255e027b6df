import { isMap } from '../../base/json.ts'
import { pythonText } from '../kit/python.ts'
import { badRequest } from '../kit/refusal.ts'
import { addressOf, blockOf, textOfAddress } from './addresses.ts'
import { invalidInput } from './refusals.ts'

/** One attribute of a resource, as Neutron's own attribute maps describe it. */
export interface Attribute {
  /** Whether it may be given at creation; it may unless this is false. */
  readonly post?: boolean
  /** Whether it may be changed. */
  readonly put?: boolean
  readonly required?: boolean
  /** What it is when it is not given. */
  readonly fallback?: unknown
  convert?(value: unknown): unknown
  /** What is wrong with the value, if anything. */
  check?(value: unknown): string | undefined
}

export type Attributes = Readonly<Record<string, Attribute>>

/** An attribute that is only shown. */
export const shownOnly: Attribute = { post: false }

export const text = (max = 255): Pick<Attribute, 'check'> => ({
  check(value) {
    if (typeof value !== 'string') return `'${pythonText(value).replace(/^'|'$/g, '')}' is not a valid string`
    return value.length > max ? `'${value}' exceeds maximum length of ${max}` : undefined
  },
})

/** A name or other free text that is empty unless it is given, and can be changed. */
export const freeText: Attribute = { put: true, fallback: '', ...text() }

const yes = ['true', '1', 1, true]
const no = ['false', '0', 0, false]

export const bool: Pick<Attribute, 'convert'> = {
  convert(value) {
    const word = typeof value === 'string' ? value.toLowerCase() : value
    if (yes.includes(word as string)) return true
    if (no.includes(word as string)) return false
    throw invalidInput(`${pythonText(value)} cannot be converted to boolean`)
  },
}

export const integer: Pick<Attribute, 'convert'> = {
  convert(value) {
    if (value === null || value === undefined) return value
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
    if (!Number.isInteger(number)) throw invalidInput(`'${String(value)}' is not an integer`)
    return number
  },
}

const uuidForm = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

export const uuid: Pick<Attribute, 'check'> = {
  check: (value) =>
    typeof value === 'string' && uuidForm.test(value) ? undefined : `'${String(value)}' is not a valid UUID`,
}

export const uuidOrNone: Pick<Attribute, 'check'> = {
  check: (value) => (value === null ? undefined : uuid.check?.(value)),
}

export const oneOf = (values: readonly unknown[]): Pick<Attribute, 'check'> => ({
  check: (value) => (values.includes(value) ? undefined : `${String(value)} is not in valid_values`),
})

export const addressOrNone: Pick<Attribute, 'check' | 'convert'> = {
  convert(value) {
    const address = addressOf(value)
    return address === undefined ? value : textOfAddress(address)
  },
  check: (value) =>
    value === null || addressOf(value) ? undefined : `'${String(value)}' is not a valid IP address`,
}

export const none: Pick<Attribute, 'convert'> = { convert: (value) => value ?? [] }

export const mac: Pick<Attribute, 'check'> = {
  check: (value) =>
    typeof value === 'string' && /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)
      ? undefined
      : `'${String(value)}' is not a valid MAC address`,
}

const keysOf = (value: object, expected: readonly string[]): string | undefined => {
  const given = Object.keys(value)
  if (given.length === expected.length && given.every((key) => expected.includes(key))) return undefined
  return `Validation of dictionary's keys failed. Expected keys: {${expected.map((key) => `'${key}'`).join(', ')}} Provided keys: dict_keys(${pythonText(given)})`
}

export const pools: Pick<Attribute, 'check'> = {
  check(value) {
    if (!Array.isArray(value)) return `Invalid data format for IP pool: '${pythonText(value)}'`
    for (const pool of value as unknown[]) {
      if (!isMap(pool)) return `Invalid data format for IP pool: '${pythonText(pool)}'`
      const wrong = keysOf(pool, ['start', 'end'])
      if (wrong) return wrong
      for (const end of [pool.start, pool.end])
        if (addressOf(end) === undefined) return `'${String(end)}' is not a valid IP address`
    }
    return undefined
  },
}

const badFixedIp = (value: unknown) => `Invalid data format for fixed IP: '${pythonText(value)}'`

export const fixedIps: Pick<Attribute, 'check'> = {
  check(value) {
    if (!Array.isArray(value)) return badFixedIp(value)
    const all: unknown[] = value
    const addresses = all.flatMap((each) => (isMap(each) && 'ip_address' in each ? [each.ip_address] : []))
    const twice = addresses.find((each, at) => addresses.indexOf(each) !== at)
    if (twice !== undefined) return `Duplicate IP address '${String(twice)}'`
    return all.map(wrongFixedIp).find((each) => each !== undefined)
  },
}

function wrongFixedIp(value: unknown): string | undefined {
  if (!isMap(value)) return badFixedIp(value)
  if ('ip_address' in value && addressOf(value.ip_address) === undefined) {
    return `'${String(value.ip_address)}' is not a valid IP address`
  }
  return 'subnet_id' in value ? uuid.check?.(value.subnet_id) : undefined
}

export const nameservers: Pick<Attribute, 'check' | 'convert'> = {
  ...none,
  check(value) {
    if (!Array.isArray(value)) return `Invalid data format for nameserver: '${pythonText(value)}'`
    const wrong = value.find((each) => addressOf(each) === undefined) as unknown
    if (wrong !== undefined)
      return `'${String(wrong)}' is not a valid nameserver. '${String(wrong)}' is not a valid IP address`
    const twice = value.find((each, at) => value.indexOf(each) !== at) as unknown
    return twice === undefined ? undefined : `Duplicate nameserver '${String(twice)}'`
  },
}

export const hostRoutes: Pick<Attribute, 'check' | 'convert'> = {
  ...none,
  check(value) {
    if (!Array.isArray(value)) return `Invalid data format for hostroute: '${pythonText(value)}'`
    for (const route of value as unknown[]) {
      if (!isMap(route)) return `Invalid data format for hostroute: '${pythonText(route)}'`
      const wrong = keysOf(route, ['destination', 'nexthop'])
      if (wrong) return wrong
      if (blockOf(route.destination) === undefined)
        return `'${String(route.destination)}' is not a valid CIDR`
      if (addressOf(route.nexthop) === undefined)
        return `'${String(route.nexthop)}' is not a valid IP address`
    }
    return undefined
  },
}

export const uuids: Pick<Attribute, 'check' | 'convert'> = {
  ...none,
  check(value) {
    if (!Array.isArray(value)) return `'${pythonText(value)}' is not a list`
    const wrong = value.map((each) => uuid.check?.(each)).find((each) => each !== undefined)
    return wrong
  },
}

export const mapOrNone: Pick<Attribute, 'check'> = {
  check: (value) => (value === null || isMap(value) ? undefined : `'${String(value)}' is not a dictionary`),
}

export const list: Pick<Attribute, 'check' | 'convert'> = {
  ...none,
  check: (value) => (Array.isArray(value) ? undefined : `'${String(value)}' is not a list`),
}

type Fields = Readonly<Record<string, unknown>>

/** A value as the attribute wants it, or the refusal of one that it does not take. */
export function checkedValue(name: string, value: unknown, attribute: Attribute): unknown {
  const converted = attribute.convert ? attribute.convert(value) : value
  const reason = attribute.check?.(converted)
  if (reason !== undefined) throw badRequest(`Invalid input for ${name}. Reason: ${reason}.`)
  return converted
}

/** Refuses attributes that there are not. */
export function mustBeKnown(given: Fields, attributes: Attributes): void {
  const extra = Object.keys(given).filter((name) => !Object.hasOwn(attributes, name))
  if (extra.length > 0) throw badRequest(`Unrecognized attribute(s) '${extra.join(', ')}'`)
}

/** What is said of a new object: every attribute checked, and filled in where it has a default. */
export function newValues(given: Fields, attributes: Attributes): Record<string, unknown> {
  mustBeKnown(given, attributes)
  const values: Record<string, unknown> = {}
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = given[name]
    if (value !== undefined) values[name] = checkedNewValue(name, value, attribute)
    else if (attribute.required)
      throw badRequest(`Failed to parse request. Required attribute '${name}' not specified`)
    else if ('fallback' in attribute) values[name] = attribute.fallback
  }
  return values
}

function checkedNewValue(name: string, value: unknown, attribute: Attribute): unknown {
  if (attribute.post === false) throw badRequest(`Attribute '${name}' not allowed in POST`)
  return checkedValue(name, value, attribute)
}

/** What is to be changed of an object, each attribute checked. */
export function changedValues(given: Fields, attributes: Attributes): Record<string, unknown> {
  mustBeKnown(given, attributes)
  const readOnly = Object.keys(given).find((name) => attributes[name]?.put !== true)
  if (readOnly !== undefined) throw badRequest(`Cannot update read-only attribute ${readOnly}`)
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, checkedValue(name, value, attributes[name] ?? {})]),
  )
}
