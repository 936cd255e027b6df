interface Arrow {
  readonly from: string
  readonly to: string
}

/** Tells of two nodes whether they are in one circle, each reachable from the other. */
export function circlesIn(
  nodes: readonly string[],
  arrows: readonly Arrow[],
): (from: string, to: string) => boolean {
  const next = Map.groupBy(arrows, ({ from }) => from)
  const before = Map.groupBy(arrows, ({ to }) => to)
  const circle = new Map<string, number>()
  for (const [i, start] of finishingOrder(nodes, next).toReversed().entries()) {
    if (circle.has(start)) continue
    const open = [start]
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (circle.has(name)) continue
      circle.set(name, i)
      open.push(...(before.get(name) ?? []).map(({ from }) => from))
    }
  }
  return (from, to) => circle.get(from) !== undefined && circle.get(from) === circle.get(to)
}

/** The nodes in the order in which a walk into the depth is done with them. */
function finishingOrder(
  nodes: readonly string[],
  next: ReadonlyMap<string, readonly Arrow[]>,
): readonly string[] {
  const done: string[] = []
  const seen = new Set<string>()
  for (const start of nodes) {
    const open: { readonly name: string; at: number }[] = []
    const enter = (name: string): void => {
      if (seen.has(name)) return
      seen.add(name)
      open.push({ name, at: 0 })
    }
    enter(start)
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const arrow = next.get(top.name)?.[top.at++]
      if (arrow !== undefined) enter(arrow.to)
      else {
        done.push(top.name)
        open.pop()
      }
    }
  }
  return done
}
