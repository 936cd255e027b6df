/** Lets at most `most` pieces of work run at once; the others wait their turn, first come first served. */
export interface Limiter {
  run<T>(work: () => Promise<T>): Promise<T>
  readonly waiting: number
}

export function limiter(most: number): Limiter {
  const queue: (() => void)[] = []
  let head = 0
  let running = 0

  async function run<T>(work: () => Promise<T>): Promise<T> {
    if (running >= most) await new Promise<void>((resolve) => queue.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      passOn()
    }
  }

  /** Hands the free place to the next in line; the queue is compacted now and then, so that long lines stay cheap. */
  function passOn(): void {
    const next = queue[head]
    if (next === undefined) {
      running--
      return
    }
    head++
    if (head > 1024 && head * 2 > queue.length) {
      queue.splice(0, head)
      head = 0
    }
    next()
  }

  return {
    run,
    get waiting() {
      return queue.length - head
    },
  }
}
