const form =
  /^(\d{4})(?:(?:-(\d{1,2})|(\d{2})(?!$))(?:(?:-(\d{1,2})|(\d{2}))(?:[ T](\d{2})(?::?(\d{2}))?(?::?(\d{1,2})(?:[.,]\d+)?)?(?:Z|([-+])(\d{2}):?(\d{2})?)?)?)?)?$/

interface Parts {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** How far the clock is ahead of UTC. */
  readonly ahead: { readonly hours: number; readonly minutes: number }
}

/** What is wrong with a text that should be a date, or a date and a time, by ISO 8601; any part after the year may be left out. */
export function momentFault(text: string): string | undefined {
  const parts = partsOf(text)
  return parts === undefined
    ? `Unable to parse date string '${text}'`
    : (dateFault(parts) ?? timeFault(parts))
}

/** The moment that such a text means, in milliseconds; where it does not say its offset from UTC, it has none. */
export function momentIn(text: string): number | undefined {
  const parts = momentFault(text) === undefined ? partsOf(text) : undefined
  if (parts === undefined) return undefined
  const { year, month, day, hour, minute, second, ahead } = parts
  return Date.UTC(year, month - 1, day, hour - ahead.hours, minute - ahead.minutes, second)
}

function partsOf(text: string): Parts | undefined {
  const found = form.exec(text)
  if (found === null) return undefined
  const [, year, dashMonth, month = dashMonth, dashDay, day = dashDay, hour, minute, second, sign, ...zone] =
    found
  const [hours, minutes] = zone.map((part) => Number(`${sign}${part ?? 0}`))
  return {
    year: Number(year),
    month: Number(month ?? 1),
    day: Number(day ?? 1),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ahead: sign === undefined ? { hours: 0, minutes: 0 } : { hours: hours ?? 0, minutes: minutes ?? 0 },
  }
}

function dateFault({ year, month, day }: Parts): string | undefined {
  if (year === 0) return 'year 0 is out of range'
  if (month < 1 || month > 12) return 'month must be in 1..12'
  return day < 1 || day > daysIn(year, month) ? 'day is out of range for month' : undefined
}

function timeFault({ hour, minute, second, ahead }: Parts): string | undefined {
  if (hour > 23) return 'hour must be in 0..23'
  if (minute > 59) return 'minute must be in 0..59'
  if (second > 59) return 'second must be in 0..59'
  return Math.abs(ahead.hours) > 23 ? 'the offset from UTC must be less than a day' : undefined
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
