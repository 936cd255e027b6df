/** Anything the cloud keeps: it has an ID, and is replaced, never changed in place. */
export interface Row {
  readonly id: string
}

/** One kind of object: what its table is called and by which of its fields it is looked up often. */
export interface Kind<T extends Row> {
  readonly name: string
  readonly indexes: readonly string[]
  /** Absent from the census: bookkeeping of the cloud, not an object of a tenant. */
  readonly hidden: boolean
  /** Never there: it only lets the type of the rows be known from the kind. */
  readonly row?: T
}

/** Declares a kind of object, with the fields that `where` is quick for. */
export function kind<T extends Row>(
  name: string,
  indexes: readonly (keyof T & string)[] = [],
  { hidden = false } = {},
): Kind<T> {
  return { name, indexes, hidden }
}

/** All objects of one kind, in the order in which they were made. */
export class Table<T extends Row> {
  readonly #rows = new Map<string, T>()
  readonly #indexes = new Map<string, Map<unknown, Set<string>>>()
  readonly #changed: () => void

  constructor(kind: Kind<T>, changed: () => void) {
    this.#changed = changed
    for (const field of kind.indexes) this.#indexes.set(field, new Map())
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string | null | undefined): T | undefined {
    return id ? this.#rows.get(id) : undefined
  }

  all(): T[] {
    return [...this.#rows.values()]
  }

  find(matches: (row: T) => boolean): T | undefined {
    for (const row of this.#rows.values()) if (matches(row)) return row
    return undefined
  }

  filter(matches: (row: T) => boolean): T[] {
    const found: T[] = []
    for (const row of this.#rows.values()) if (matches(row)) found.push(row)
    return found
  }

  /** The rows whose field has this value; quick if the kind names the field as an index. */
  where<K extends keyof T & string>(field: K, value: T[K]): T[] {
    const index = this.#indexes.get(field)
    if (index === undefined) return this.filter((row) => row[field] === value)
    return [...(index.get(value) ?? [])].flatMap((id) => this.#rows.get(id) ?? [])
  }

  add(row: T): T {
    this.#rows.set(row.id, row)
    for (const [field, index] of this.#indexes) note(index, row[field as keyof T], row.id)
    this.#changed()
    return row
  }

  /** Replaces some fields of a row and returns what it is now; a row that has gone is left gone. */
  change(id: string, changes: Partial<T>): T | undefined {
    const before = this.#rows.get(id)
    if (before === undefined) return undefined
    const after = { ...before, ...changes }
    this.#rows.set(id, after)
    for (const [field, index] of this.#indexes) {
      const key = field as keyof T
      if (before[key] === after[key]) continue
      index.get(before[key])?.delete(id)
      note(index, after[key], id)
    }
    this.#changed()
    return after
  }

  remove(id: string): T | undefined {
    const row = this.#rows.get(id)
    if (row === undefined) return undefined
    this.#rows.delete(id)
    for (const [field, index] of this.#indexes) {
      const ids = index.get(row[field as keyof T])
      ids?.delete(id)
      if (ids?.size === 0) index.delete(row[field as keyof T])
    }
    this.#changed()
    return row
  }
}

function note(index: Map<unknown, Set<string>>, value: unknown, id: string): void {
  const ids = index.get(value)
  if (ids === undefined) index.set(value, new Set([id]))
  else ids.add(id)
}
