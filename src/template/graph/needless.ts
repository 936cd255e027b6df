interface Arrow {
  readonly from: string
  readonly to: string
}

/** Beyond so many it would take long, and nobody can tell one from the other anyway. */
const mostLooked = 5000

/** Those of some arrows that say nothing new, because other arrows lead from the one end to the other anyway. */
export function needless<A extends Arrow>(some: readonly A[], all: readonly A[]): ReadonlySet<A> {
  if (all.length > mostLooked) return new Set()
  const gone = new Set<A>()
  const next = Map.groupBy(all, ({ from }) => from)
  for (const arrow of some) {
    const counts = (one: A) => one !== arrow && !gone.has(one)
    if (isReached(arrow, (name) => (next.get(name) ?? []).filter(counts))) gone.add(arrow)
  }
  return gone
}

function isReached({ from, to }: Arrow, nextOf: (name: string) => readonly Arrow[]): boolean {
  const seen = new Set([from])
  for (const here of seen) {
    for (const { to: there } of nextOf(here)) {
      if (there === to) return true
      seen.add(there)
    }
  }
  return false
}
