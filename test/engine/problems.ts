import { Problem } from '../../src/base/problem.ts'

/** Whether something thrown is a problem of that code, with this message or these words in it. */
export const isProblem =
  (code: string, words: RegExp | string = /(?:)/) =>
  (error: unknown): boolean =>
    error instanceof Problem &&
    error.code === code &&
    (typeof words === 'string' ? error.message === words : words.test(error.message))
