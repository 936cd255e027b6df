import { valueError, YaqlError } from '../problem.ts'
import { quoted } from '../text.ts'
import { type Calendar, micros, momentAt } from '../time.ts'
import type { Moment } from '../values.ts'
import { months, weekdays } from './strftime.ts'

/** A point in time that a text in one of the usual forms names: ISO 8601, `29 Feb 2020`, `Feb 29, 2020 12:00 PM`. */
export function dateIn(text: string): Moment {
  const date = isoDate(text) ?? compactDate(text) ?? wordDate(text)
  if (date === undefined) throw unknownForm(text)
  const { hour = 0, minute = 0, second = 0, microsecond = 0, offset = 0n, ...day } = date
  try {
    return momentAt({ ...day, hour, minute, second, microsecond }, offset)
  } catch (error) {
    if (error instanceof YaqlError) throw new YaqlError('ParserError', `${error.message}: ${text}`)
    throw error
  }
}

const unknownForm = (text: string): YaqlError =>
  new YaqlError(
    'ParserError',
    `Unknown string format: ${text}. Write the date as in 2020-02-29T12:00:00Z, or give its format`,
  )

interface Found extends Partial<Calendar> {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly offset?: bigint
}

const isoForm = /^\s*(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[T\s]+(.*?))?\s*$/
const compactForm = /^\s*(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[-+]\d{2}:?\d{2})?\s*$/

function isoDate(text: string): Found | undefined {
  const [, year, month, day, time] = isoForm.exec(text) ?? []
  return year === undefined || day === undefined
    ? undefined
    : withTime({ year: Number(year), month: Number(month), day: Number(day) }, time)
}

function compactDate(text: string): Found | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone] = compactForm.exec(text) ?? []
  if (year === undefined) return undefined
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    offset: offsetIn(zone),
  }
}

const named = '(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\\s+)?'
const monthName = `(${months.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`
const dayFirst = new RegExp(
  `^\\s*${named}(\\d{1,2})[\\s-]+${monthName}\\.?,?[\\s-]+(\\d{4})(?:[T\\s,]+(.*?))?\\s*$`,
  'i',
)
const monthFirst = new RegExp(
  `^\\s*${named}${monthName}\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})(?:[T\\s,]+(.*?))?\\s*$`,
  'i',
)
/** As `date` writes it: `Sat Feb 29 12:00:00 2020`. */
const logForm = new RegExp(`^\\s*${named}${monthName}\\s+(\\d{1,2})\\s+([\\d:.]+)\\s+(\\d{4})\\s*$`, 'i')
const american = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[T\s]+(.*?))?\s*$/

function wordDate(text: string): Found | undefined {
  const first = dayFirst.exec(text)
  if (first !== null) return withTime(dateOf(first[3], monthNumber(first[2]), first[1]), first[4])
  const second = monthFirst.exec(text)
  if (second !== null) return withTime(dateOf(second[3], monthNumber(second[1]), second[2]), second[4])
  const log = logForm.exec(text)
  if (log !== null) return withTime(dateOf(log[4], monthNumber(log[1]), log[2]), log[3])
  const third = american.exec(text)
  if (third === null) return undefined
  const [a, b] = [Number(third[1]), Number(third[2])]
  // A number that is no month is the day.
  return withTime(a > 12 ? dateOf(third[3], b, third[1]) : dateOf(third[3], a, third[2]), third[4])
}

const dateOf = (year: string | undefined, month: number, day: string | undefined) => ({
  year: Number(year),
  month,
  day: Number(day),
})

const monthNumber = (name = ''): number =>
  months.findIndex((month) => month.slice(0, 3).toLowerCase() === name.slice(0, 3).toLowerCase()) + 1

const timeForm =
  /^(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(am|pm)?\s*(Z|UTC|GMT|[-+]\d{2}(?::?\d{2})?)?$/i

function withTime(date: Found, time: string | undefined): Found | undefined {
  if (time === undefined || time === '') return date
  const [, hour, minute = '0', second = '0', fraction = '', half, zone] = timeForm.exec(time) ?? []
  if (hour === undefined) return undefined
  const shift = half?.toLowerCase() === 'pm' && Number(hour) < 12 ? 12 : 0
  const isMidnight = half?.toLowerCase() === 'am' && Number(hour) === 12
  return {
    ...date,
    hour: isMidnight ? 0 : Number(hour) + shift,
    minute: Number(minute),
    second: Number(second),
    microsecond: Number(fraction.padEnd(6, '0').slice(0, 6)),
    offset: offsetIn(zone),
  }
}

function offsetIn(zone: string | undefined): bigint {
  const [, sign, hours, minutes = '0'] = /^([-+])(\d{2}):?(\d{2})?$/.exec(zone ?? '') ?? []
  if (sign === undefined) return 0n
  const size = BigInt(hours ?? 0) * micros.hour + BigInt(minutes) * micros.minute
  return sign === '-' ? -size : size
}

/** What a text says in a format, part by part. */
type Reading = Partial<
  Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'microsecond' | 'dayOfYear', number>
> & {
  readonly offset?: bigint
  readonly half?: 'am' | 'pm'
}

/** What each code of a format fits, and what is read from it. */
type Part = readonly [expression: string, read: (text: string) => Reading]

const names = (list: readonly string[], length?: number): string =>
  list.map((name) => name.slice(0, length)).join('|')

const ignored = (): Reading => ({})

const parts: Readonly<Record<string, Part>> = {
  Y: ['\\d{4}', (text) => ({ year: Number(text) })],
  y: ['\\d{2}', (text) => ({ year: Number(text) + (Number(text) < 69 ? 2000 : 1900) })],
  m: ['1[0-2]|0[1-9]|[1-9]', (text) => ({ month: Number(text) })],
  d: ['3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]', (text) => ({ day: Number(text) })],
  H: ['2[0-3]|[01]\\d|\\d', (text) => ({ hour: Number(text) })],
  I: ['1[0-2]|0[1-9]|[1-9]', (text) => ({ hour: Number(text) % 12 })],
  M: ['[0-5]\\d|\\d', (text) => ({ minute: Number(text) })],
  S: ['6[01]|[0-5]\\d|\\d', (text) => ({ second: Number(text) })],
  f: ['\\d{1,6}', (text) => ({ microsecond: Number(text.padEnd(6, '0')) })],
  p: ['am|pm', (text) => ({ half: text.toLowerCase() === 'pm' ? 'pm' : 'am' })],
  j: [
    '36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
    (text) => ({ dayOfYear: Number(text) }),
  ],
  b: [names(months, 3), (text) => ({ month: monthNumber(text) })],
  B: [names(months), (text) => ({ month: monthNumber(text) })],
  a: [names(weekdays, 3), ignored],
  A: [names(weekdays), ignored],
  w: ['[0-6]', ignored],
  u: ['[1-7]', ignored],
  z: ['[-+]\\d\\d:?[0-5]\\d|Z', (text) => ({ offset: offsetIn(text) })],
  Z: ['utc|gmt', ignored],
}

/** A point in time that a text names in a format of `%Y`, `%m` and so on. */
export function dateByFormat(text: string, format: string): Moment {
  const { expression, codes } = expressionOf(format)
  const match = expression.exec(text)
  if (match === null) throw valueError(`time data ${quoted(text)} does not match format ${quoted(format)}`)
  if (match[0].length < text.length)
    throw valueError(`unconverted data remains: ${text.slice(match[0].length)}`)
  const found: Reading = Object.assign({}, ...codes.map((code, i) => parts[code]?.[1](match[i + 1] ?? '')))
  const { year = 1900, month = 1, day = 1, minute = 0, second = 0, microsecond = 0, offset = 0n } = found
  const hour = (found.hour ?? 0) + (found.half === 'pm' ? 12 : 0)
  const time = { hour, minute, second, microsecond }
  if (found.dayOfYear === undefined) return momentAt({ year, month, day, ...time }, offset)
  const newYear = momentAt({ year, month: 1, day: 1, ...time }, offset)
  return { ...newYear, at: newYear.at + BigInt(found.dayOfYear - 1) * micros.day }
}

/** The expression that texts of a format fit. No code may come twice, so that there are few ways to fit one. */
function expressionOf(format: string): { readonly expression: RegExp; readonly codes: readonly string[] } {
  const codes: string[] = []
  const source = format.replace(/%(.?)|([^%]+)/gs, (_, code = '', plain?: string) => {
    if (plain !== undefined) return escaped(plain)
    if (code === '%') return '%'
    if (code === '') throw valueError(`stray % in format '${format}'`)
    const part = Object.hasOwn(parts, code) ? parts[code] : undefined
    if (part === undefined) throw valueError(`'${code}' is a bad directive in format '${format}'`)
    if (codes.includes(code)) throw valueError(`"%${code}" stands in the format more than once`)
    codes.push(code)
    return `(${part[0]})`
  })
  return { expression: new RegExp(`^${source}`, 'i'), codes }
}

/** Characters that stand for themselves; blanks stand for any number of blanks. */
const escaped = (text: string): string => text.replace(/[\\.^$*+?{}[\]|()]/g, '\\$&').replace(/\s+/g, '\\s+')
