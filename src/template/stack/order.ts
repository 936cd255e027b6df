/** An order in which every resource comes after those it needs, or a circle of resources that need each other. */
export type Order = { readonly order: readonly string[] } | { readonly cycle: readonly string[] }

/**
 * Puts resources in an order in which each comes after those it needs; among those that may come at the same time, in
 * the order of the template. Needs that are no resources themselves are passed over.
 */
export function dependencyOrder(needs: ReadonlyMap<string, readonly string[]>): Order {
  const followers = followersIn(needs)
  const waitingFor = new Map<string, number>()
  for (const [name, needed] of needs) waitingFor.set(name, needed.filter((other) => needs.has(other)).length)
  const order = [...needs.keys()].filter((name) => waitingFor.get(name) === 0)
  for (let next = 0; next < order.length; next++) {
    for (const follower of followers.get(order[next] ?? '') ?? []) {
      const left = (waitingFor.get(follower) ?? 0) - 1
      waitingFor.set(follower, left)
      if (left === 0) order.push(follower)
    }
  }
  return order.length === needs.size ? { order } : { cycle: circleAmong(needs, waitingFor) }
}

/** For each resource those that wait for it. */
function followersIn(needs: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const followers = new Map<string, string[]>()
  for (const [name, needed] of needs) {
    for (const other of needed) {
      const list = followers.get(other)
      if (list === undefined) followers.set(other, [name])
      else list.push(name)
    }
  }
  return followers
}

/** Walks from one that still waits to one it waits for, until one comes up again. */
function circleAmong(
  needs: ReadonlyMap<string, readonly string[]>,
  waitingFor: ReadonlyMap<string, number>,
): readonly string[] {
  const waits = (name: string) => (waitingFor.get(name) ?? 0) > 0
  const seen = new Map<string, number>()
  const walk: string[] = []
  let name = [...needs.keys()].find(waits)
  while (name !== undefined && !seen.has(name)) {
    seen.set(name, walk.length)
    walk.push(name)
    name = needs.get(name)?.find(waits)
  }
  return name === undefined ? walk : walk.slice(seen.get(name))
}
