/** A set of characters, by their code points. */
export type CharacterSet = (code: number) => boolean

/** A place in a text. */
export type Place =
  | 'start'
  | 'end'
  | 'line start'
  | 'line end'
  | 'last line end'
  | 'word edge'
  | 'no word edge'

/** A part of a regular expression. */
export type Part =
  | { readonly is: 'one of'; readonly set: CharacterSet }
  | { readonly is: 'sequence'; readonly parts: readonly Part[] }
  | { readonly is: 'choice'; readonly options: readonly Part[] }
  | {
      readonly is: 'repeat'
      readonly part: Part
      readonly least: number
      readonly most: number
      readonly lazy: boolean
    }
  | { readonly is: 'group'; readonly part: Part; readonly number: number }
  | { readonly is: 'place'; readonly place: Place; readonly word: CharacterSet }
  | { readonly is: 'look'; readonly part: Part; readonly behind: boolean; readonly negative: boolean }
  | { readonly is: 'same'; readonly number: number; readonly ignoreCase: boolean }

/** A regular expression that can't be used. */
export class PatternError extends Error {}
