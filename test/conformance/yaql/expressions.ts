import { readFileSync } from 'node:fs'

const file = JSON.parse(readFileSync('test/conformance/facts/yaql-expressions.json', 'utf8')) as {
  readonly data: Readonly<Record<string, unknown>>
  readonly expressions: Readonly<Record<string, readonly string[]>>
}

/** What all expressions of the comparison find in `$.data`. */
export const data: Readonly<Record<string, unknown>> = {
  ...file.data,
  many: Array.from({ length: 250 }, (_, i) => i),
  long: 'x'.repeat(6000),
}

/** Expressions by theme. What python3-yaql makes of them is in `facts/yaql-results.json`. */
export const { expressions } = file
