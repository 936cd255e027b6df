/** The characters of a text; not its UTF-16 units. */
export const charactersOf = (text: string): readonly string[] =>
  pairs.test(text) ? Array.from(text) : text.split('')

const pairs = /[\ud800-\udbff]/

/** What counts as a blank in texts. */
export const isBlank = (character: string): boolean =>
  separators.has(character) || (character !== '\ufeff' && /^\s$/.test(character))

const separators = new Set(['\x1c', '\x1d', '\x1e', '\x1f', '\x85'])

/** A text without blanks, or without some characters, at its ends. */
export function stripped(text: string, chars: string | null, where: 'both' | 'start' | 'end'): string {
  const set = chars === null ? undefined : new Set(charactersOf(chars))
  const isUnwanted = set === undefined ? isBlank : (character: string) => set.has(character)
  const characters = charactersOf(text)
  let [from, to] = [0, characters.length]
  if (where !== 'end') while (from < to && isUnwanted(characters[from] ?? '')) from++
  if (where !== 'start') while (to > from && isUnwanted(characters[to - 1] ?? '')) to--
  return characters.slice(from, to).join('')
}

/** Part of a text, in characters; negative numbers count from the end. */
export interface Range {
  readonly from: bigint
  readonly to?: bigint
}

/** The first place of a part in a text; -1 if there is none. */
export function find(text: string, part: string, range: Range = { from: 0n }): number {
  const { slice, from, isBeyond } = cut(text, range)
  const at = isBeyond ? -1 : slice.indexOf(part)
  return at < 0 ? -1 : from + charactersOf(slice.slice(0, at)).length
}

/** The last place of a part in a text. */
export function findLast(text: string, part: string, range: Range = { from: 0n }): number {
  const { slice, from, isBeyond } = cut(text, range)
  const at = isBeyond ? -1 : slice.lastIndexOf(part)
  return at < 0 ? -1 : from + charactersOf(slice.slice(0, at)).length
}

function cut(text: string, { from, to }: Range) {
  const characters = charactersOf(text)
  const start = placeIn(from, characters.length)
  const end =
    to === undefined ? characters.length : Math.min(characters.length, placeIn(to, characters.length))
  return {
    slice: characters.slice(start, end).join(''),
    from: start,
    isBeyond: start > characters.length || end < start,
  }
}

const placeIn = (place: bigint, length: number): number =>
  place < 0n ? Math.max(0, length + Number(place)) : Number(place)
