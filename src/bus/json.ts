/** A value as JSON text, with all digits of whole numbers too large for a double. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (!(error instanceof TypeError) || !error.message.includes('BigInt')) throw error
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'bigint' ? rawJson(String(part)) : part,
    )
  }
}

/** What such a text says. */
export function jsonValue(text: string): unknown {
  // Few texts have such numbers, and a reviver makes reading several times slower.
  return /[:[,]-?\d{16,}[,\]}]/.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const digits = context?.source
  if (typeof value !== 'number' || Number.isSafeInteger(value) || digits === undefined) return value
  return /^-?\d+$/.test(digits) ? BigInt(digits) : value
}

const { rawJSON: rawJson } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown }
