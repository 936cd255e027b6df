interface Column {
  readonly min: number
  readonly max: number
  /** Words that stand for numbers. */
  readonly names: readonly string[]
  /** The number of the first name. */
  readonly first: number
}

const column = (min: number, max: number, names: readonly string[] = [], first = 0): Column => ({
  min,
  max,
  names,
  first,
})

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const dayOfMonth = 2
const dayOfWeek = 4

const columns: readonly Column[] = [
  column(0, 59),
  column(0, 23),
  column(1, 31),
  column(1, 12, months, 1),
  column(0, 7, days),
  column(0, 59),
]

const nicknames = ['@midnight', '@hourly', '@daily', '@weekly', '@monthly', '@yearly', '@annually']

/** What is wrong with a text that should say when something recurs: `0 4 * * mon-fri`; a sixth column counts seconds. */
export function cronFault(text: string): string | undefined {
  if (text === '' || nicknames.includes(text.toLowerCase())) return undefined
  const parts = text.toLowerCase().trim().split(/\s+/)
  const fault =
    parts.length === 5 || parts.length === 6
      ? firstFault(parts, text)
      : 'Exactly 5 or 6 columns has to be specified for iterator expression.'
  return fault && `Invalid CRON expression: ${fault}`
}

function firstFault(parts: readonly string[], text: string): string | undefined {
  for (const [at, part] of parts.entries()) {
    if (/^h(\(\d+-\d+\))?(\/\d+)?$/.test(part)) return 'Hashed definitions must include hash_id'
    if (/^r(\(\d+-\d+\))?(\/\d+)?$/.test(part)) continue
    // Of several items Heat looks at the last one first.
    for (const item of part.split(',').reverse()) {
      const fault = itemFault(item, at, { text, words: parts.join(' ') })
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

interface Said {
  readonly text: string
  readonly words: string
}

function itemFault(item: string, at: number, said: Said): string | undefined {
  const { min, max } = columns[at] ?? column(0, 0)
  const nth = at === dayOfWeek ? /^(\w+)#(\d+)|^l(\d+)$/.exec(item) : null
  const [, weekday, count, last] = nth ?? []
  if (count !== undefined && (Number(count) < 1 || Number(count) > 5))
    return `[${said.text}] is not acceptable.  Invalid day_of_week value: '${item}'`
  const plain = weekday ?? last ?? item
  const range = rangeIn(plain, min, max)
  if (range !== undefined) return rangeFault(range, at, said)
  if (plain.startsWith('-')) return `[${said.text}] is not acceptable,negative numbers not allowed`
  if (plain === '*') return undefined
  const number = numberOf(plain, at)
  if (number === undefined) return `[${said.words}] is not acceptable`
  return isWithin(number, at) ? undefined : `[${said.text}] is not acceptable, out of range`
}

/** From, to and step of `1-5/2`, and of its short forms, in which a star or a number stands for the range. */
type Range = readonly [low: string, high: string, step: string]

function rangeIn(item: string, min: number, max: number): Range | undefined {
  const whole = item.replace(/^\*(?=\/.)/, `${min}-${max}`)
  const found = rangeForm.exec(whole) ?? rangeForm.exec(item.replace(/^(.+)\/(.+)$/, `$1-${max}/$2`))
  return found === null ? undefined : [found[1] ?? '', found[2] ?? '', found[3] ?? '1']
}

const rangeForm = /^([^-]+)-([^-/]+)(?:\/(\d+))?$/

function rangeFault([from, to, step]: Range, at: number, { text, words }: Said): string | undefined {
  const low = numberOf(from, at)
  const high = at === dayOfMonth && to === 'l' ? 31 : numberOf(to, at)
  if (low === undefined || high === undefined || low === lastDay) return `[${words}] is not acceptable`
  const isToSunday = at === dayOfWeek && high === 0
  if (low > high && !isToSunday) return `[${text}] is not acceptable`
  if (Math.max(low, high) > (columns[at]?.max ?? 0)) return `${text} is out of bands`
  if (Number(step) === 0) return 'invalid range: range() arg 3 must not be zero'
  return isWithin(low, at) ? undefined : `[${text}] is not acceptable, out of range`
}

const lastDay = Number.POSITIVE_INFINITY

function numberOf(word: string, at: number): number | undefined {
  if (/^\d+$/.test(word)) return Number(word)
  if (at === dayOfMonth && word === 'l') return lastDay
  const { names = [], first = 0 } = columns[at] ?? {}
  const index = names.indexOf(word)
  return index < 0 ? undefined : index + first
}

function isWithin(number: number, at: number): boolean {
  const { min, max } = columns[at] ?? column(0, 0)
  return number === lastDay || (number >= min && number <= max)
}
