import { list, string } from '../../schema/index.ts'

/** A condition: one value or, with the key repeated, several of which any will do. */
export const anyOf = (description: string, example: string) => list(string(), description, { example })

/** Words in one text, with commas between them. */
export const commaList = (description: string, example?: string) =>
  list(string(), description, { convertible: true, ...(example !== undefined && { example }) })
