/**
 * Does something when it is first asked for, once for all who ask; and anew after it failed. It is done with what is given
 * that first time.
 */
export function once<A extends readonly unknown[], T>(
  work: (...given: A) => Promise<T>,
): (...given: A) => Promise<T> {
  let done: Promise<T> | undefined
  return (...given) => {
    done ??= work(...given).catch((error: unknown) => {
      done = undefined
      throw error
    })
    return done
  }
}
