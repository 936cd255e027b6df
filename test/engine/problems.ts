import { Problem } from '../../src/base/problem.ts'

/** Whether something thrown is a problem of that code, with these words in its message. */
export const isProblem =
  (code: string, words: RegExp = /(?:)/) =>
  (error: unknown): boolean =>
    error instanceof Problem && error.code === code && words.test(error.message)
