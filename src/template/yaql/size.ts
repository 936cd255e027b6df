import { compound, type Dictionary, isSequence, type Sequence, type SetOf, type Value } from './values.ts'

/** How many bytes the original takes for a value, without what it holds: what its memory quota counts. */
export function sizeOf(value: Value): number {
  switch (typeof value) {
    case 'string':
      return sizeOfText(value)
    case 'bigint':
      return 24 + 4 * Math.max(1, Math.ceil(bitsOf(value) / 30))
    case 'number':
    case 'boolean':
      return 24
    default:
      return sizeOfCompound(value)
  }
}

/** About how many bits an integer has. */
export const bitsOf = (value: bigint): number =>
  value < 0x1_0000_0000n && value > -0x1_0000_0000n ? 32 : value.toString(16).length * 4

function sizeOfText(text: string): number {
  let highest = 0
  for (let i = 0; i < text.length; i++) highest = Math.max(highest, text.charCodeAt(i))
  if (highest < 0x80) return 49 + text.length
  if (highest < 0x100) return 73 + text.length
  return /[\ud800-\udbff]/.test(text) ? 76 + Array.from(text).length * 4 : 74 + text.length * 2
}

function sizeOfCompound(value: Value): number {
  if (isSequence(value)) return sizeOfSequence(value)
  switch (compound(value)) {
    case 'dictionary':
      return sizeOfDictionary(value as Dictionary)
    case 'set':
      return sizeInTable((value as SetOf).items.size, setSizes)
    default:
      return 48
  }
}

const sizeOfSequence = ({ is, items }: Sequence): number => (is === 'tuple' ? 40 : 56) + 8 * items.length

const sizeOfDictionary = ({ frozen, entries }: Dictionary): number =>
  frozen ? 48 : sizeInTable(entries.size, dictionarySizes)

/** How many items fit into how many bytes. Dictionaries count as if all keys were texts, the smaller kind. */
const dictionarySizes = [
  [0, 64],
  [5, 184],
  [10, 272],
  [21, 464],
  [42, 832],
  [85, 1584],
  [170, 3328],
  [341, 6576],
] as const

const setSizes = [
  [4, 216],
  [18, 728],
  [76, 2264],
  [306, 8408],
] as const

/** The size of the smallest table with room for so many items; beyond the list it grows with them. */
function sizeInTable(count: number, table: readonly (readonly [most: number, bytes: number])[]): number {
  return table.find(([most]) => count <= most)?.[1] ?? count * 36
}

/** The size of a dictionary with so many keys that grows. */
export const growingDictionary = (count: number): number => sizeInTable(count, dictionarySizes)

/** The size of a set with so many items that grows. */
export const growingSet = (count: number): number => sizeInTable(count, setSizes)

/** The size of a list with so many items that grows. */
export const growingList = (count: number): number => 56 + 8 * count
