import { flooredQuotient } from './numbers.ts'
import { valueError, YaqlError } from './problem.ts'
import type { Moment, Span } from './values.ts'

/** How many microseconds there are in longer units. */
export const micros = {
  millisecond: 1_000n,
  second: 1_000_000n,
  minute: 60_000_000n,
  hour: 3_600_000_000n,
  day: 86_400_000_000n,
}

/** A point in time as calendar and clock show it. */
export interface Calendar {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly microsecond: number
}

/** The point in time that a calendar and a clock at an offset show. Throws where there is no such day or time. */
export function momentAt(calendar: Calendar, offset: bigint): Moment {
  checkRange('year', calendar.year, 1, 9999)
  checkRange('month', calendar.month, 1, 12)
  const days = new Date(Date.UTC(2000 + (calendar.year % 400), calendar.month, 0)).getUTCDate()
  if (calendar.day < 1 || calendar.day > days) throw valueError('day is out of range for month')
  checkRange('hour', calendar.hour, 0, 23)
  checkRange('minute', calendar.minute, 0, 59)
  checkRange('second', calendar.second, 0, 59)
  if (calendar.microsecond < 0 || calendar.microsecond > 999_999)
    throw valueError('microsecond must be in 0..999999')
  const local =
    BigInt(dayNumber(calendar)) * micros.day +
    BigInt(calendar.hour) * micros.hour +
    BigInt(calendar.minute) * micros.minute +
    BigInt(calendar.second) * micros.second +
    BigInt(calendar.microsecond)
  return { is: 'moment', at: local - offset, offset }
}

function checkRange(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return
  throw valueError(name === 'year' ? `year ${value} is out of range` : `${name} must be in ${least}..${most}`)
}

/** Days since 1970, of the calendar of today for all years. */
function dayNumber({ year, month, day }: Calendar): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return Math.round(date.getTime() / 86_400_000)
}

/** A moment such that it is within the years that have a calendar. */
export function within(moment: Moment): Moment {
  const { year } = calendarOf(moment)
  if (year >= 1 && year <= 9999) return moment
  throw new YaqlError('OverflowError', 'date value out of range')
}

export function calendarOf({ at, offset }: Moment): Calendar {
  const local = at + offset
  const day = flooredQuotient(local, micros.day)
  const time = local - day * micros.day
  const date = new Date(Number(day) * 86_400_000)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: Number(time / micros.hour),
    minute: Number((time / micros.minute) % 60n),
    second: Number((time / micros.second) % 60n),
    microsecond: Number(time % micros.second),
  }
}

const padded = (value: number | bigint, width: number): string => String(value).padStart(width, '0')

/** Year, month and day: `2020-02-29`. */
export const dateText = ({ year, month, day }: Calendar): string =>
  `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`

/** Hours, minutes, seconds and, if there are any, microseconds. */
export function timeText({ hour, minute, second, microsecond }: Calendar): string {
  const time = `${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}`
  return microsecond === 0 ? time : `${time}.${padded(microsecond, 6)}`
}

/** A point in time with its offset: `2020-02-29 12:00:00+00:00`. */
export function momentText(moment: Moment, between: string): string {
  const calendar = calendarOf(moment)
  return `${dateText(calendar)}${between}${timeText(calendar)}${offsetText(moment.offset, ':')}`
}

/** A point in time as the original shows it inside of lists. */
export function momentShown(moment: Moment): string {
  const { year, month, day, hour, minute, second, microsecond } = calendarOf(moment)
  const parts = [year, month, day, hour, minute]
  if (second !== 0 || microsecond !== 0) parts.push(second)
  if (microsecond !== 0) parts.push(microsecond)
  const zone = moment.offset === 0n ? 'tzutc()' : `tzoffset(None, ${moment.offset / micros.second})`
  return `datetime.datetime(${parts.join(', ')}, tzinfo=${zone})`
}

/** An offset from UTC: `+02:00`. */
export function offsetText(offset: bigint, between: string): string {
  const size = offset < 0n ? -offset : offset
  const [hours, minutes] = [size / micros.hour, (size / micros.minute) % 60n]
  const seconds = (size / micros.second) % 60n
  const text = `${offset < 0n ? '-' : '+'}${padded(hours, 2)}${between}${padded(minutes, 2)}`
  return seconds === 0n ? text : `${text}${between}${padded(seconds, 2)}`
}

function spanParts({ microseconds }: Span): readonly [days: bigint, seconds: bigint, microseconds: bigint] {
  const days = flooredQuotient(microseconds, micros.day)
  const rest = microseconds - days * micros.day
  return [days, rest / micros.second, rest % micros.second]
}

/** A span: `1 day, 2:03:04.000005`. */
export function spanText(span: Span): string {
  const [days, seconds, rest] = spanParts(span)
  const time = `${seconds / 3600n}:${padded((seconds / 60n) % 60n, 2)}:${padded(seconds % 60n, 2)}`
  const whole = rest === 0n ? time : `${time}.${padded(rest, 6)}`
  return days === 0n ? whole : `${days} day${days === 1n || days === -1n ? '' : 's'}, ${whole}`
}

/** A span as the original shows it inside of lists. */
export function spanShown(span: Span): string {
  const parts = spanParts(span)
  const named = ['days', 'seconds', 'microseconds'].flatMap((name, i) =>
    parts[i] === 0n ? [] : [`${name}=${parts[i]}`],
  )
  return `datetime.timedelta(${named.length === 0 ? '0' : named.join(', ')})`
}
