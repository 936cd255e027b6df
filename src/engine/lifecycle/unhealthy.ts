import { BoundedMap } from '../../base/bounded-map.ts'
import type { EngineParts } from '../parts.ts'
import type { Site } from './site.ts'

type Ids = ReadonlySet<string>

/** For each tree the last look at it: many resources of one action want to know. */
const looks = new WeakMap<EngineParts, BoundedMap<Look>>()

interface Look {
  readonly askedAt: number
  readonly ids: Promise<Ids>
}

const mostKept = 1000

/** The stacks of a tree inside which something was found unhealthy, as it was when this action was asked for, or later. */
export async function unhealthyIn({
  parts,
  stack,
  askedAt,
}: Pick<Site, 'parts' | 'stack' | 'askedAt'>): Promise<Ids> {
  const known = looks.get(parts) ?? new BoundedMap<Look>(mostKept)
  looks.set(parts, known)
  const last = known.get(stack.rootId)
  if (last?.askedAt === askedAt) return await last.ids
  const ids = lookAt(parts, stack.rootId)
  known.set(stack.rootId, { askedAt, ids })
  ids.catch(() => known.delete(stack.rootId))
  return await ids
}

/** A stack is not well if one inside it is not. */
async function lookAt({ store }: EngineParts, rootId: string): Promise<Ids> {
  const direct = await store.unhealthyStacks(rootId)
  if (direct.length === 0) return new Set()
  const parents = new Map((await store.tree(rootId)).map(({ id, parentId }) => [id, parentId]))
  const ids = new Set<string>()
  for (const stackId of direct) {
    for (let id: string | null = stackId; id !== null && !ids.has(id); id = parents.get(id) ?? null)
      ids.add(id)
  }
  return ids
}
