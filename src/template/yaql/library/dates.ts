import { type Definition, define, method } from '../definition.ts'
import {
  any,
  integer,
  type Kind,
  moment,
  nullable,
  number,
  optional,
  span,
  strictInteger,
  text,
} from '../kinds.ts'
import { floatOf, type Numeric, rounded } from '../numbers.ts'
import { YaqlError } from '../problem.ts'
import { calendarOf, micros, momentAt, within } from '../time.ts'
import { compound, type Moment, type Span, span as spanOf, type Value } from '../values.ts'
import { refused } from './math.ts'
import { dateByFormat, dateIn } from './read-date.ts'
import { strftime, weekdayOf } from './strftime.ts'

const utc = spanOf(0n)

/** Points in time, and the time between them. */
export const dates: readonly Definition[] = [
  define('datetime', {
    says: 'A point in time by calendar and clock, at an offset from UTC.',
    takes: {
      year: integer,
      month: integer,
      day: integer,
      hour: optional(integer, 0n),
      minute: optional(integer, 0n),
      second: optional(integer, 0n),
      microsecond: optional(integer, 0n),
      offset: optional(span, utc),
    },
    example: ['datetime(2020, 2, 29).month', '2'],
    gives: ({ year, month, day, hour, minute, second, microsecond, offset }) =>
      momentAt(
        {
          year: Number(year),
          month: Number(month),
          day: Number(day),
          hour: Number(hour),
          minute: Number(minute),
          second: Number(second),
          microsecond: Number(microsecond),
        },
        zone(offset),
      ),
  }),
  define('datetime', {
    says: 'The point in time so many seconds after the start of 1970 in UTC.',
    takes: { timestamp: number, offset: optional(span, utc) },
    example: ['datetime(86400).day', '2'],
    gives: ({ timestamp, offset }) =>
      within({ is: 'moment', at: microsecondsOf(timestamp, micros.second), offset: zone(offset) }),
  }),
  define('datetime', {
    says: 'The point in time that a text names, in a format of `%Y`, `%m` and so on, or in a usual one.',
    takes: { string: text, format: optional(nullable(text), null) },
    example: ["datetime('2020-02-29T12:00:00Z').hour", '12'],
    gives: ({ string, format }) => (format ? dateByFormat(string, format) : dateIn(string)),
  }),
  define('timespan', {
    says: 'A length of time.',
    takes: {
      days: optional(integer, 0n),
      hours: optional(integer, 0n),
      minutes: optional(integer, 0n),
      seconds: optional(strictInteger, 0n),
      milliseconds: optional(strictInteger, 0n),
      microseconds: optional(strictInteger, 0n),
    },
    example: ['timespan(hours => 1, minutes => 30).minutes', '90'],
    gives: ({ days, hours, minutes, seconds, milliseconds, microseconds }) =>
      sized(
        days * micros.day +
          hours * micros.hour +
          minutes * micros.minute +
          seconds * micros.second +
          milliseconds * micros.millisecond +
          microseconds,
      ),
  }),
  define('now', {
    says: 'Refused: an expression must give the same whenever it is evaluated.',
    takes: { offset: optional(nullable(span), utc) },
    gives: () => refused('now()'),
  }),
  define('localtz', {
    says: 'The offset of the service from UTC: none.',
    takes: {},
    example: ['localtz().hours', '0'],
    gives: () => utc,
  }),
  define('utctz', {
    says: 'The offset of UTC: none.',
    takes: {},
    example: ['utctz().hours', '0'],
    gives: () => utc,
  }),
  ...sums(),
  ...products(),
  ...spanProperties(),
  ...momentProperties(),
  method('replace', {
    says: 'The point in time with another year, month and so on.',
    takes: {
      dt: moment,
      year: optional(nullable(integer), null),
      month: optional(nullable(integer), null),
      day: optional(nullable(integer), null),
      hour: optional(nullable(integer), null),
      minute: optional(nullable(integer), null),
      second: optional(nullable(integer), null),
      microsecond: optional(nullable(integer), null),
      offset: optional(nullable(span), null),
    },
    example: ['datetime(2020, 2, 29).replace(day => 1).day', '1'],
    gives({ dt, offset, ...changes }) {
      const given = Object.entries(changes).filter(([, value]) => value !== null)
      const calendar = {
        ...calendarOf(dt),
        ...Object.fromEntries(given.map(([name, value]) => [name, Number(value)])),
      }
      return momentAt(calendar, offset === null ? dt.offset : zone(offset))
    },
  }),
  method('format', {
    says: 'The point in time as a format of `%Y`, `%m` and so on wants it.',
    takes: { dt: moment, format: text },
    example: ["datetime(2020, 2, 29).format('%d.%m.%Y')", '"29.02.2020"'],
    gives: ({ dt, format }) => strftime(dt, format),
  }),
  define('isDatetime', {
    says: 'Whether a value is a point in time.',
    takes: { value: any },
    example: ['isDatetime(datetime(0))', 'true'],
    gives: ({ value }) => compound(value) === 'moment',
  }),
  define('isTimespan', {
    says: 'Whether a value is a length of time.',
    takes: { value: any },
    example: ['isTimespan(timespan())', 'true'],
    gives: ({ value }) => compound(value) === 'span',
  }),
]

/** An offset from UTC: less than a day. */
function zone({ microseconds }: Span): bigint {
  if (microseconds > -micros.day && microseconds < micros.day) return microseconds
  throw new YaqlError(
    'ValueError',
    'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).',
  )
}

/** A length of time, if it is not beyond all measure. */
function sized(microseconds: bigint): Span {
  const most = 1_000_000_000n * micros.day
  if (microseconds >= most || microseconds < -most)
    throw new YaqlError(
      'OverflowError',
      `days=${microseconds / micros.day}; must have magnitude <= 999999999`,
    )
  return spanOf(microseconds)
}

/** So many units in whole microseconds. */
function microsecondsOf(value: Numeric, unit: bigint): bigint {
  if (typeof value === 'bigint') return value * unit
  if (!Number.isFinite(value))
    throw new YaqlError(
      Number.isNaN(value) ? 'ValueError' : 'OverflowError',
      `cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`,
    )
  const whole = Math.trunc(value)
  return BigInt(whole) * unit + BigInt(rounded((value - whole) * Number(unit), 0n))
}

const later = (dt: Moment, microseconds: bigint): Moment => within({ ...dt, at: dt.at + microseconds })

function sums(): readonly Definition[] {
  return [
    define('#operator_+', {
      says: 'The point in time a timespan later.',
      takes: { dt: moment, ts: span },
      example: ['(datetime(2020, 2, 29) + timespan(days => 1)).day', '1'],
      gives: ({ dt, ts }) => later(dt, ts.microseconds),
    }),
    define('#operator_+', {
      says: 'The point in time a timespan later.',
      takes: { ts: span, dt: moment },
      example: ['(timespan(days => 1) + datetime(2020, 2, 29)).day', '1'],
      gives: ({ dt, ts }) => later(dt, ts.microseconds),
    }),
    define('#operator_-', {
      says: 'The point in time a timespan earlier.',
      takes: { dt: moment, ts: span },
      example: ['(datetime(2020, 3, 1) - timespan(days => 1)).day', '29'],
      gives: ({ dt, ts }) => later(dt, -ts.microseconds),
    }),
    define('#operator_-', {
      says: 'The time between two points in time.',
      takes: { dt1: moment, dt2: moment },
      example: ['(datetime(2020, 3, 1) - datetime(2020, 2, 1)).days', '29'],
      gives: ({ dt1, dt2 }) => spanOf(dt1.at - dt2.at),
    }),
    define('#operator_+', {
      says: 'Two timespans together.',
      takes: { ts1: span, ts2: span },
      example: ['(timespan(hours => 1) + timespan(hours => 2)).hours', '3'],
      gives: ({ ts1, ts2 }) => sized(ts1.microseconds + ts2.microseconds),
    }),
    define('#operator_-', {
      says: 'By how much a timespan is longer than another.',
      takes: { ts1: span, ts2: span },
      example: ['(timespan(hours => 3) - timespan(hours => 2)).hours', '1'],
      gives: ({ ts1, ts2 }) => sized(ts1.microseconds - ts2.microseconds),
    }),
    define('#unary_operator_-', {
      says: 'The timespan the other way.',
      takes: { ts: span },
      example: ['(-timespan(hours => 1)).hours', '-1'],
      gives: ({ ts }) => sized(-ts.microseconds),
    }),
    define('#unary_operator_+', {
      says: 'The timespan itself.',
      takes: { ts: span },
      example: ['(+timespan(hours => 1)).hours', '1'],
      gives: ({ ts }) => ts,
    }),
  ]
}

function products(): readonly Definition[] {
  const times = (ts: Span, n: Numeric): Span =>
    sized(typeof n === 'bigint' ? ts.microseconds * n : microsecondsOf(Number(ts.microseconds) * n, 1n))
  return [
    define('#operator_*', {
      says: 'A timespan so many times as long.',
      takes: { ts: span, n: number },
      example: ['(timespan(hours => 1) * 1.5).minutes', '90'],
      gives: ({ ts, n }) => times(ts, n),
    }),
    define('#operator_*', {
      says: 'A timespan so many times as long.',
      takes: { n: number, ts: span },
      example: ['(2 * timespan(hours => 1)).hours', '2'],
      gives: ({ ts, n }) => times(ts, n),
    }),
    define('#operator_/', {
      says: 'How many times as long a timespan is as another.',
      takes: { ts1: span, ts2: span },
      example: ['timespan(hours => 3) / timespan(hours => 2)', '1.5'],
      gives: ({ ts1, ts2 }) =>
        Number(ts1.microseconds) / nonZero(Number(ts2.microseconds), 'float division by zero'),
    }),
    define('#operator_/', {
      says: 'A part of a timespan.',
      takes: { ts: span, n: number },
      example: ['(timespan(hours => 3) / 2).hours', '1.5'],
      gives: ({ ts, n }) => {
        const by = nonZero(floatOf(n), typeof n === 'bigint' ? 'division by zero' : 'float division by zero')
        return sized(microsecondsOf(Number(ts.microseconds) / by, 1n))
      },
    }),
  ]
}

function nonZero(divisor: number, message: string): number {
  if (divisor === 0) throw new YaqlError('ZeroDivisionError', message)
  return divisor
}

function property<T extends Value>(
  name: string,
  kind: Kind<T>,
  says: string,
  read: (value: T) => Value,
): Definition {
  return define(`#property#${name}`, { says, takes: { obj: kind }, gives: ({ obj }) => read(obj) })
}

function spanProperties(): readonly Definition[] {
  const units = {
    milliseconds: 1_000,
    seconds: 1_000_000,
    minutes: 60_000_000,
    hours: 3_600_000_000,
    days: 86_400_000_000,
  }
  return [
    property('microseconds', span, 'The length in microseconds.', ({ microseconds }) => microseconds),
    ...Object.entries(units).map(([name, size]) =>
      property(name, span, `The length in ${name}.`, ({ microseconds }) => Number(microseconds) / size),
    ),
  ]
}

function momentProperties(): readonly Definition[] {
  const fields = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const
  return [
    ...fields.map((name) => property(name, moment, `The ${name}.`, (dt) => BigInt(calendarOf(dt)[name]))),
    property('weekday', moment, 'The day of the week; Monday is 0.', (dt) => BigInt(weekdayOf(dt))),
    property('date', moment, 'The start of the day.', (dt) =>
      momentAt({ ...calendarOf(dt), hour: 0, minute: 0, second: 0, microsecond: 0 }, dt.offset),
    ),
    property('time', moment, 'The time since the start of the day.', (dt) => {
      const day = momentAt({ ...calendarOf(dt), hour: 0, minute: 0, second: 0, microsecond: 0 }, dt.offset)
      return spanOf(dt.at - day.at)
    }),
    property('offset', moment, 'The offset from UTC.', ({ offset }) => spanOf(offset)),
    // As in the original the offset is taken off the clock, and still stands behind it.
    property('utc', moment, 'What the clock shows in UTC.', (dt) => ({ ...dt, at: dt.at - dt.offset })),
    property(
      'timestamp',
      moment,
      'Seconds since the start of 1970.',
      (dt) => Number(dt.at - dt.offset) / 1_000_000,
    ),
  ]
}
