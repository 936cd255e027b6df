import { fewOf } from '../../base/text.ts'

/** A resource row that has to go. */
export interface Leaving {
  readonly id: string
  readonly name: string
  /** The names of the resources it needed. */
  readonly needs: readonly string[]
}

/** What a deployment is to bring about. */
export interface Goal {
  /** The wanted resources, each with those it needs. */
  readonly wanted: ReadonlyMap<string, readonly string[]>
  /** What the rows that stay were made with: their needs, by name. They let go of those only when they are made anew. */
  readonly recorded: ReadonlyMap<string, readonly string[]>
  readonly leaving: readonly Leaving[]
  /** The resources that are only acted on, each with those that come before it. */
  readonly acting?: ReadonlyMap<string, readonly string[]>
  /** What cannot be acted on does not keep the others from it, and the run tells of every failure. */
  readonly goesOn?: boolean
}

/** Something happened to the deployment. */
export type Happening =
  | { readonly is: 'made'; readonly name: string; readonly replaced?: Leaving }
  | { readonly is: 'cleared'; readonly id: string }
  | { readonly is: 'acted'; readonly name: string }
  | { readonly is: 'failed'; readonly node: string; readonly reason: string }
  /** `cancel`: why what is under way need not be waited for. */
  | { readonly is: 'superseded'; readonly cancel: string | undefined }
  | { readonly is: 'timed-out'; readonly reason: string }

/** What to do now. */
export type Command =
  | { readonly do: 'make'; readonly name: string }
  | { readonly do: 'clear'; readonly id: string }
  | { readonly do: 'act'; readonly name: string }
  /** Stop waiting for what is under way; requests already sent are still waited for. */
  | { readonly do: 'cancel'; readonly reason: string }
  | { readonly do: 'end'; readonly as: 'complete' | 'failed' | 'superseded'; readonly reason: string }

interface Node {
  readonly key: string
  readonly command: Command
  state: 'waiting' | 'running' | 'done' | 'failed'
  waits: number
  readonly followers: Set<Node>
}

/**
 * Goes through a deployment: what happens goes in, what to do comes out. No clock, no I/O, no chance: the same happenings
 * give the same commands.
 *
 * A wanted resource is made after all that it needs. A leaving row is cleared when nothing holds on to it any more: the
 * resources that were made with it have been made anew, and the leaving rows that needed it are gone. Where nothing is
 * made, resources are acted on in the order that the goal says.
 */
export class Run {
  readonly #goal: Goal
  readonly #nodes = new Map<string, Node>()
  /** Nodes by what they may be asked: the leaving rows of a name, and the leaving rows that need a name. */
  readonly #leavingByName = new Map<string, Node[]>()
  readonly #leavingByNeed = new Map<string, Node[]>()
  readonly #recordedUsers = new Map<string, string[]>()
  #unfinished = 0
  #running = 0
  #stop: { readonly as: 'failed' | 'superseded'; readonly reason: string } | undefined
  readonly #failures: string[] = []
  #ended = false

  constructor(goal: Goal) {
    this.#goal = goal
    for (const [name, needs] of goal.recorded) for (const need of needs) push(this.#recordedUsers, need, name)
    for (const name of goal.wanted.keys()) this.#add(makeKey(name), { do: 'make', name })
    for (const [name, needs] of goal.wanted)
      for (const need of needs) this.#after(makeKey(name), makeKey(need))
    for (const row of goal.leaving) this.#addLeaving(row)
    for (const row of goal.leaving) this.#orderLeaving(row)
    const acting = goal.acting ?? new Map<string, readonly string[]>()
    for (const name of acting.keys()) this.#add(actKey(name), { do: 'act', name })
    for (const [name, earlier] of acting) for (const one of earlier) this.#after(actKey(name), actKey(one))
  }

  /** The first commands. */
  begin(): readonly Command[] {
    if (this.#ended) return []
    return this.#proceed([...this.#nodes.values()].filter((node) => node.waits === 0))
  }

  /** How much there is, and how much of it is done. */
  get progress(): { readonly total: number; readonly done: number } {
    return { total: this.#nodes.size, done: this.#nodes.size - this.#unfinished }
  }

  on(happening: Happening): readonly Command[] {
    if (this.#ended) return []
    switch (happening.is) {
      case 'made':
        return this.#finish(makeKey(happening.name), happening.replaced)
      case 'cleared':
        return this.#finish(clearKey(happening.id))
      case 'acted':
        return this.#finish(actKey(happening.name))
      case 'failed':
        return this.#fail(happening.node, happening.reason)
      case 'superseded':
        this.#stop = { as: 'superseded', reason: 'a newer target was given' }
        return [...(happening.cancel === undefined ? [] : [cancel(happening.cancel)]), ...this.#proceed([])]
      case 'timed-out':
        this.#stop ??= { as: 'failed', reason: happening.reason }
        return [cancel(happening.reason), ...this.#proceed([])]
    }
  }

  #add(key: string, command: Command): Node {
    const node: Node = { key, command, state: 'waiting', waits: 0, followers: new Set() }
    this.#nodes.set(key, node)
    this.#unfinished++
    return node
  }

  #after(key: string, earlierKey: string): void {
    const node = this.#nodes.get(key)
    const earlier = this.#nodes.get(earlierKey)
    if (node === undefined || earlier === undefined || node === earlier || earlier.state === 'done') return
    if (earlier.followers.has(node)) return
    node.waits++
    earlier.followers.add(node)
  }

  #addLeaving(row: Leaving): void {
    const node = this.#add(clearKey(row.id), { do: 'clear', id: row.id })
    push(this.#leavingByName, row.name, node)
    for (const need of row.needs) push(this.#leavingByNeed, need, node)
  }

  #orderLeaving({ id, name }: Leaving): void {
    const key = clearKey(id)
    if (this.#goal.wanted.has(name)) this.#after(key, makeKey(name))
    for (const user of this.#recordedUsers.get(name) ?? []) this.#after(key, makeKey(user))
    for (const node of this.#leavingByNeed.get(name) ?? []) this.#after(key, node.key)
  }

  /** A replaced row joins the leaving ones; those that it needs must now wait for it too. */
  #addReplaced(row: Leaving): void {
    this.#addLeaving(row)
    this.#orderLeaving(row)
    for (const need of row.needs) {
      for (const node of this.#leavingByName.get(need) ?? [])
        if (node.state === 'waiting') this.#after(node.key, clearKey(row.id))
    }
  }

  #finish(key: string, replaced?: Leaving): readonly Command[] {
    const node = this.#nodes.get(key)
    if (node?.state !== 'running') return []
    // It waits for the node that ends here, and so is among those that may begin now.
    if (replaced !== undefined) this.#addReplaced(replaced)
    node.state = 'done'
    return this.#proceed(this.#leave(node))
  }

  #fail(key: string, reason: string): readonly Command[] {
    const node = this.#nodes.get(key)
    if (node?.state !== 'running') return []
    node.state = 'failed'
    this.#failures.push(reason)
    const freed = this.#leave(node)
    if (this.#goal.goesOn) return this.#proceed(freed)
    // With nothing to make, what can still be cleared is: the more is gone, the less is left to care for.
    if (!isClearing(this.#goal)) this.#stop ??= { as: 'failed', reason }
    return this.#proceed([])
  }

  /** A node is over; answers with those that need not wait for it any more. */
  #leave(node: Node): readonly Node[] {
    this.#running--
    this.#unfinished--
    if (node.state === 'done' || this.#goal.goesOn) for (const follower of node.followers) follower.waits--
    return [...node.followers]
  }

  #proceed(candidates: readonly Node[]): readonly Command[] {
    const commands = this.#stop
      ? []
      : this.#start(candidates.filter((node) => node.state === 'waiting' && node.waits === 0))
    return this.#running > 0 ? commands : [...commands, ...this.#settle()]
  }

  #start(nodes: readonly Node[]): Command[] {
    for (const node of nodes) node.state = 'running'
    this.#running += nodes.length
    return nodes.map((node) => node.command)
  }

  /** Nothing is under way: this is the end, or a knot that has to be cut. */
  #settle(): readonly Command[] {
    if (this.#stop) return this.#end(this.#stop.as, this.#stop.reason)
    if (this.#unfinished === 0 || this.#failures.length > 0) {
      const told = this.#goal.goesOn ? this.#failures : this.#failures.slice(0, 1)
      return this.#end(told.length === 0 ? 'complete' : 'failed', fewOf(told))
    }
    const waiting = [...this.#nodes.values()].filter(({ state }) => state === 'waiting')
    if (waiting.some(({ command }) => command.do !== 'clear')) {
      return this.#end('failed', 'the resources need each other in a circle')
    }
    // Rows recorded under different templates can need each other both ways; the clouds will say if the order is wrong.
    return this.#start(waiting.slice(0, 1))
  }

  #end(as: 'complete' | 'failed' | 'superseded', reason: string): readonly Command[] {
    this.#ended = true
    return [{ do: 'end', as, reason }]
  }
}

/** How a failed step is named in a happening. */
export const makeKey = (name: string): string => `make:${name}`
export const clearKey = (id: string): string => `clear:${id}`
export const actKey = (name: string): string => `act:${name}`

const isClearing = ({ wanted, acting }: Goal): boolean => wanted.size === 0 && acting === undefined

const cancel = (reason: string): Command => ({ do: 'cancel', reason })

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
