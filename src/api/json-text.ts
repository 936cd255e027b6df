/** A reply as JSON text. Whole numbers too large for a double keep all their digits. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch (error) {
    if (!(error instanceof TypeError) || !error.message.includes('BigInt')) throw error
    return JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'bigint' ? rawJson(String(part)) : part,
    )
  }
}

const { rawJSON: rawJson } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown }
