/** The number that a text stands for, written as Python takes it; `undefined` if it is none or has no end. */
export function numberIn(text: string): number | undefined {
  if (!/^\s*[-+]?(\d+(_\d+)*)?(\.(\d+(_\d+)*)?)?([eE][-+]?\d+(_\d+)*)?\s*$/.test(text)) return undefined
  const value = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? value : undefined
}

/** The number that a value counts as: a text may stand for one, a truth value is 1 or 0; `undefined` if it is none. */
export function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value)
  return typeof value === 'string' ? numberIn(value) : typeof value === 'number' ? value : undefined
}

/** The whole number that a text stands for; `undefined` if it is none. */
export function integerIn(text: string): number | undefined {
  return /^\s*[+-]?\d+(_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : undefined
}
