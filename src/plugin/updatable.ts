import type { Changes, Shape } from '../schema/index.ts'

/** The names of all properties that can change in place: what a step of every update is done on. */
export function updatableNames<S extends Shape>(shape: S): readonly (keyof Changes<S> & string)[] {
  const names = Object.keys(shape).filter((name) => shape[name]?.options.updatable)
  // `Changes` has just the keys that are `updatable`, which the filter can't tell the compiler.
  return names as (keyof Changes<S> & string)[]
}
