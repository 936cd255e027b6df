const truths = ['1', 'on', 't', 'true', 'y', 'yes']
const falsehoods = ['0', 'f', 'false', 'n', 'no', 'off']

/** All words that say whether something is so. */
export const truthWords: readonly string[] = [...truths, ...falsehoods].sort()

/** Whether a word says yes or no; `undefined`: neither. */
export function truthIn(word: string): boolean | undefined {
  const small = word.trim().toLowerCase()
  return truths.includes(small) ? true : falsehoods.includes(small) ? false : undefined
}
