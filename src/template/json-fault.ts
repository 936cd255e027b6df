/** Where a text stops being JSON, and why, in the words that users of Heat know; `undefined` if it is JSON. */
export function jsonFault(text: string): string | undefined {
  const place: Place = { text, open: [], at: 0, awaited: 'value' }
  // It walks through the text without calling itself, since that may be nested without end.
  for (;;) {
    skipSpace(place)
    const { awaited } = place
    const next = text[place.at]
    if (awaited === 'nothing' && next === undefined) return undefined
    const fault = next !== undefined && next === closing(place) ? close(place) : steps[awaited](place, next)
    if (fault !== undefined) return told(fault, place)
  }
}

/** What may stand at a place: any value, the first key of a map or its end, and so on. */
type Awaited = 'value' | 'item or end' | 'key' | 'key or end' | 'comma or end' | 'nothing'

interface Place {
  readonly text: string
  readonly open: ('[' | '{')[]
  at: number
  awaited: Awaited
}

function told(fault: string, { text, at }: Place): string {
  const before = text.slice(0, at)
  const column = characters(before.slice(before.lastIndexOf('\n') + 1)) + 1
  return `${fault}: line ${before.split('\n').length} column ${column} (char ${characters(before)})`
}

const characters = (text: string): number =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? []).length

/** The sign that would end what is open, where it may end. */
function closing({ open, awaited }: Place): string | undefined {
  if (!awaited.endsWith('or end')) return undefined
  return open.at(-1) === '{' ? '}' : ']'
}

function close(place: Place): undefined {
  place.open.pop()
  place.at++
  place.awaited = afterValue(place)
}

const afterValue = ({ open }: Place): Awaited => (open.length === 0 ? 'nothing' : 'comma or end')

/** Each goes over what is there, or gives the words for what is wrong at the place where it then stands. */
const steps: Readonly<Record<Awaited, (place: Place, next: string | undefined) => string | undefined>> = {
  value: goOverValue,
  'item or end': goOverValue,
  key: goOverKey,
  'key or end': goOverKey,
  'comma or end'(place, next) {
    if (next !== ',') return "Expecting ',' delimiter"
    place.at++
    place.awaited = place.open.at(-1) === '{' ? 'key' : 'value'
    return undefined
  },
  nothing: () => 'Extra data',
}

function goOverValue(place: Place, next: string | undefined): string | undefined {
  if (next === '[' || next === '{') {
    place.open.push(next)
    place.at++
    place.awaited = next === '[' ? 'item or end' : 'key or end'
    return undefined
  }
  if (next === '"') {
    const fault = goOverString(place)
    if (fault !== undefined) return fault
  } else if (!goOver(/true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y, place))
    return 'Expecting value'
  place.awaited = afterValue(place)
  return undefined
}

function goOverKey(place: Place, next: string | undefined): string | undefined {
  if (next !== '"') return 'Expecting property name enclosed in double quotes'
  const fault = goOverString(place)
  if (fault !== undefined) return fault
  skipSpace(place)
  if (place.text[place.at] !== ':') return "Expecting ':' delimiter"
  place.at++
  place.awaited = 'value'
  return undefined
}

function goOverString(place: Place): string | undefined {
  const start = place.at
  goOver(/"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*/uy, place)
  const rest = place.text.slice(place.at, place.at + 2)
  if (rest.startsWith('"')) place.at++
  else if (rest === '' || rest === '\\') {
    place.at = start
    return 'Unterminated string starting at'
  } else if (rest === '\\u') {
    place.at++
    return 'Invalid \\uXXXX escape'
  } else return rest.startsWith('\\') ? 'Invalid \\escape' : 'Invalid control character at'
  return undefined
}

const skipSpace = (place: Place): boolean => goOver(/[ \t\n\r]*/y, place)

function goOver(form: RegExp, place: Place): boolean {
  form.lastIndex = place.at
  const fits = form.test(place.text)
  if (fits) place.at = form.lastIndex
  return fits
}
