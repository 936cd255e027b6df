import { randomInt } from 'node:crypto'

const lower = 'abcdefghijklmnopqrstuvwxyz'
const classes = [lower, lower.toUpperCase(), '0123456789', '!@#%^&*']
const length = 32

/** A password of 32 characters by chance, with letters small and large, digits and signs, as most rules of sites want it. */
export function newPassword(): string {
  const characters = Array.from({ length }, (_, index) => pick(classes[index] ?? classes.join('')))
  for (let index = length - 1; index > 0; index--) {
    const other = randomInt(index + 1)
    const [a = '', b = ''] = [characters[index], characters[other]]
    characters[index] = b
    characters[other] = a
  }
  return characters.join('')
}

const pick = (from: string): string => from[randomInt(from.length)] ?? ''
