const form =
  /^(\d{4})(?:(?:-(\d{1,2})|(\d{2})(?!$))(?:(?:-(\d{1,2})|(\d{2}))(?:[ T](\d{2})(?::?(\d{2}))?(?::?(\d{1,2})(?:[.,]\d+)?)?(?:Z|[-+](\d{2}):?(?:\d{2})?)?)?)?)?$/

/** What is wrong with a text that should be a date, or a date and a time, by ISO 8601; any part after the year may be left out. */
export function momentFault(text: string): string | undefined {
  const found = form.exec(text)
  if (found === null) return `Unable to parse date string '${text}'`
  const [, year, dashMonth, month = dashMonth, dashDay, day = dashDay, ...time] = found
  return dateFault(Number(year), Number(month ?? 1), Number(day ?? 1)) ?? timeFault(time)
}

function dateFault(year: number, month: number, day: number): string | undefined {
  if (year === 0) return 'year 0 is out of range'
  if (month < 1 || month > 12) return 'month must be in 1..12'
  return day < 1 || day > daysIn(year, month) ? 'day is out of range for month' : undefined
}

function timeFault([hour = '0', minute = '0', second = '0', zone = '0']: readonly string[]):
  | string
  | undefined {
  if (Number(hour) > 23) return 'hour must be in 0..23'
  if (Number(minute) > 59) return 'minute must be in 0..59'
  if (Number(second) > 59) return 'second must be in 0..59'
  return Number(zone) > 23 ? 'the offset from UTC must be less than a day' : undefined
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
