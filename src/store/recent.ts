/** Remembers what was used last, up to a total weight, and forgets the rest. */
export interface Recent<T> {
  get(key: string): T | undefined
  set(key: string, value: T, weight: number): void
  delete(key: string): void
}

export function recent<T>(most: number): Recent<T> {
  const entries = new Map<string, { readonly value: T; readonly weight: number }>()
  let total = 0

  function remove(key: string): void {
    total -= entries.get(key)?.weight ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, weight) {
      remove(key)
      if (weight > most) return
      entries.set(key, { value, weight })
      total += weight
      for (const oldest of entries.keys()) {
        if (total <= most) break
        remove(oldest)
      }
    },
    delete: remove,
  }
}
