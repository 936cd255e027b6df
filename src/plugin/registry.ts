import type { AnyType } from './resource.ts'

/** The resource types there are. The engine meets types only through one of these, which `bin` fills. */
export interface Registry {
  find(type: string): AnyType | undefined
  /** The names of all types, sorted. */
  names(): readonly string[]
}

/** Makes a registry of these types; of two with one name the later counts. */
export function registry(types: readonly AnyType[]): Registry {
  const byName = new Map(types.map((one) => [one.type, one]))
  const names = [...byName.keys()].sort()
  return { find: (type) => byName.get(type), names: () => names }
}
