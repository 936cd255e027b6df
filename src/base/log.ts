/** Where a process says what it does. `fields` are for machines, `message` for people; neither may hold a secret. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Says nothing: for tests and for callers with no interest. */
export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
