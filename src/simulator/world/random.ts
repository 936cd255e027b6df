import { randomBytes } from 'node:crypto'

/** Chance that can be played again: the same seed gives the same numbers, and its state can be put away and taken up. */
export class Random {
  state: number

  constructor(seed: number = randomBytes(4).readUInt32LE()) {
    this.state = seed >>> 0
  }

  /** A whole number below 2^32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** A number from 0 up to, but not including, 1. */
  fraction(): number {
    return this.next() / 2 ** 32
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.next().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }

  uuid(): string {
    const text = this.hex(32)
    const variant = '89ab'[this.next() & 3]
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`
  }
}
