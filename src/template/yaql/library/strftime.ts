import { flooredQuotient } from '../numbers.ts'
import { type Calendar, calendarOf, dateText, micros, offsetText, timeText } from '../time.ts'
import type { Moment } from '../values.ts'

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** The number of the day in its week, Monday being 0. */
export const weekdayOf = ({ at, offset }: Moment): number => {
  const day = flooredQuotient(at + offset, micros.day)
  return Number((((day + 3n) % 7n) + 7n) % 7n)
}

/** A point in time as a pattern of `%Y`, `%m` and so on wants it. */
export function strftime(moment: Moment, pattern: string): string {
  const calendar = calendarOf(moment)
  return pattern.replace(/%([a-zA-Z%])/g, (whole, code: string) => {
    const writer = Object.hasOwn(writers, code) ? writers[code] : undefined
    return writer === undefined ? whole : writer(calendar, moment)
  })
}

const padded = (value: number, width = 2, fill = '0'): string => String(value).padStart(width, fill)

const twelve = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12)

/** Which day of its year a day is, from 1. */
function dayOfYear({ year, month, day }: Calendar): number {
  let days = day
  for (let i = 1; i < month; i++) days += new Date(Date.UTC(2000 + (year % 400), i, 0)).getUTCDate()
  return days
}

/** Which week of its year a day is in; the first begins with the first such weekday. */
const weekOf = (calendar: Calendar, weekday: number): number =>
  Math.floor((dayOfYear(calendar) + 6 - weekday) / 7)

type Writer = (calendar: Calendar, moment: Moment) => string

const nameOfDay = (moment: Moment): string => weekdays[weekdayOf(moment)] ?? ''
const nameOfMonth = ({ month }: Calendar): string => months[month - 1] ?? ''
const shortDate = ({ year, month, day }: Calendar): string =>
  `${padded(month)}/${padded(day)}/${padded(year % 100)}`
const clock = (calendar: Calendar): string => timeText({ ...calendar, microsecond: 0 })

const writers: Readonly<Record<string, Writer>> = {
  '%': () => '%',
  a: (_, moment) => nameOfDay(moment).slice(0, 3),
  A: (_, moment) => nameOfDay(moment),
  b: (calendar) => nameOfMonth(calendar).slice(0, 3),
  B: (calendar) => nameOfMonth(calendar),
  c: (calendar, moment) =>
    `${nameOfDay(moment).slice(0, 3)} ${nameOfMonth(calendar).slice(0, 3)} ${padded(calendar.day, 2, ' ')} ${clock(calendar)} ${calendar.year}`,
  C: ({ year }) => padded(Math.floor(year / 100)),
  d: ({ day }) => padded(day),
  D: shortDate,
  e: ({ day }) => padded(day, 2, ' '),
  f: ({ microsecond }) => padded(microsecond, 6),
  F: dateText,
  h: (calendar) => nameOfMonth(calendar).slice(0, 3),
  H: ({ hour }) => padded(hour),
  I: ({ hour }) => padded(twelve(hour)),
  j: (calendar) => padded(dayOfYear(calendar), 3),
  m: ({ month }) => padded(month),
  M: ({ minute }) => padded(minute),
  n: () => '\n',
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  R: ({ hour, minute }) => `${padded(hour)}:${padded(minute)}`,
  S: ({ second }) => padded(second),
  s: (_, { at }) => String(flooredQuotient(at, micros.second)),
  t: () => '\t',
  T: clock,
  u: (_, moment) => String(weekdayOf(moment) + 1),
  U: (calendar, moment) => padded(weekOf(calendar, (weekdayOf(moment) + 1) % 7)),
  w: (_, moment) => String((weekdayOf(moment) + 1) % 7),
  W: (calendar, moment) => padded(weekOf(calendar, weekdayOf(moment))),
  x: shortDate,
  X: clock,
  y: ({ year }) => padded(year % 100),
  Y: ({ year }) => String(year),
  z: (_, { offset }) => offsetText(offset, ''),
  Z: (_, { offset }) => (offset === 0n ? 'UTC' : ''),
}
