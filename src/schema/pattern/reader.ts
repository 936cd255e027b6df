import { PatternError } from './syntax.ts'

/** Goes through the characters of a pattern. */
export class Reader {
  readonly #codes: readonly number[]
  #next = 0

  constructor(pattern: string) {
    this.#codes = Array.from(pattern, (character) => character.codePointAt(0) ?? 0)
  }

  get isAtEnd(): boolean {
    return this.#next >= this.#codes.length
  }

  /** Where it stands, to come back to. */
  get mark(): number {
    return this.#next
  }

  backTo(mark: number): void {
    this.#next = mark
  }

  /** The next character; an empty text at the end. */
  get ahead(): string {
    const code = this.#codes[this.#next]
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  /** Steps over the next character. */
  take(): string {
    const { ahead } = this
    if (ahead === '') throw new PatternError('it ends too early')
    this.#next++
    return ahead
  }

  /** Steps over a text if it is next. */
  skip(text: string): boolean {
    const codes = Array.from(text, (character) => character.codePointAt(0))
    if (codes.some((code, i) => this.#codes[this.#next + i] !== code)) return false
    this.#next += codes.length
    return true
  }

  /** Steps over a text that must be next. */
  expect(text: string): void {
    if (!this.skip(text)) throw new PatternError(`"${text}" is missing`)
  }

  /** Steps over characters of a kind, at most so many. */
  takeWhile(kind: RegExp, most = Number.POSITIVE_INFINITY): string {
    let taken = ''
    while (taken.length < most && this.ahead !== '' && kind.test(this.ahead)) taken += this.take()
    return taken
  }
}
