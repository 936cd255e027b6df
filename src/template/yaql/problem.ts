/** Why an expression can't be read, or gives nothing. `kind` is the name that the error has in the original. */
export class YaqlError extends Error {
  readonly kind: string

  constructor(kind: string, message: string) {
    super(message)
    this.name = 'YaqlError'
    this.kind = kind
  }
}

/** A value of the wrong kind. */
export const typeError = (message: string): YaqlError => new YaqlError('TypeError', message)

/** A value of the right kind that is of no use. */
export const valueError = (message: string): YaqlError => new YaqlError('ValueError', message)
