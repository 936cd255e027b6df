/** A box to be put somewhere. */
export interface Box {
  readonly id: string
  readonly width: number
  readonly height: number
}

export interface Link {
  readonly from: string
  readonly to: string
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where the boxes are (their upper left corners), and through which points each link goes. */
export interface Layout {
  readonly width: number
  readonly height: number
  readonly places: ReadonlyMap<string, Point>
  readonly routes: readonly (readonly Point[])[]
}

const columnGap = 70
const rowGap = 18
const bendGap = 5
const sweeps = 12

/**
 * Puts boxes into columns from the left to the right, so that links lead to the right. Boxes of one column are ordered so
 * that few links cross; columns are not much higher than the whole is wide. Boxes without links come last, in a block.
 */
export function layered(boxes: readonly Box[], links: readonly Link[]): Layout {
  const linked = new Set(links.filter(({ from, to }) => from !== to).flatMap(({ from, to }) => [from, to]))
  const joined = boxes.filter(({ id }) => linked.has(id))
  const drawn = placeJoined(joined, links)
  const block = placeBlock(
    boxes.filter(({ id }) => !linked.has(id)),
    Math.max(drawn.width, 600),
  )
  const top = drawn.height === 0 ? 0 : drawn.height + (block.places.size === 0 ? 0 : rowGap * 2)
  return {
    width: Math.max(drawn.width, block.width),
    height: top + block.height,
    places: new Map([
      ...drawn.places,
      ...[...block.places].map(([id, { x, y }]) => [id, { x, y: y + top }] as const),
    ]),
    routes: drawn.routes,
  }
}

/** Rows of boxes, as many in each as fit the width. */
function placeBlock(boxes: readonly Box[], width: number): Omit<Layout, 'routes'> {
  const places = new Map<string, Point>()
  let [x, y, rowHeight, widest] = [0, 0, 0, 0]
  for (const box of boxes) {
    if (x > 0 && x + box.width > width) {
      x = 0
      y += rowHeight + rowGap
      rowHeight = 0
    }
    places.set(box.id, { x, y })
    widest = Math.max(widest, x + box.width)
    rowHeight = Math.max(rowHeight, box.height)
    x += box.width + rowGap
  }
  return { places, width: widest, height: y + rowHeight }
}

/** A box, or the bend of a link that goes on through a column. */
interface Cell {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly before: Cell[]
  readonly after: Cell[]
  y: number
}

function placeJoined(boxes: readonly Box[], links: readonly Link[]): Layout {
  const forward = withoutCircles(boxes, links)
  const columns = columnsOf(boxes, forward)
  const cells = new Map(boxes.map((box) => [box.id, { ...box, before: [], after: [], y: 0 } as Cell]))
  const table: Cell[][] = Array.from({ length: Math.max(0, ...columns.values()) + 1 }, () => [])
  for (const [id, cell] of cells) table[columns.get(id) ?? 0]?.push(cell)
  const bends = new Map<string, Cell>()
  const chains = forward.map(({ from, to }) => chain(from, to, { cells, columns, table, bends }))
  order(table)
  setHeights(table)
  return drawn(table, { cells, chains, links, forward })
}

/** The links, those that would lead back in a circle turned round; links of a box to itself are left out. */
function withoutCircles(boxes: readonly Box[], links: readonly Link[]): readonly Link[] {
  const next = Map.groupBy(links, ({ from }) => from)
  const state = new Map<string, 'open' | 'done'>()
  const turned = new Set<Link>()
  for (const { id } of boxes) {
    if (state.has(id)) continue
    const open = [{ id, at: 0 }]
    state.set(id, 'open')
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const link = next.get(top.id)?.[top.at++]
      if (link === undefined) {
        state.set(top.id, 'done')
        open.pop()
      } else if (state.get(link.to) === 'open') turned.add(link)
      else if (!state.has(link.to)) {
        state.set(link.to, 'open')
        open.push({ id: link.to, at: 0 })
      }
    }
  }
  return links
    .filter(({ from, to }) => from !== to)
    .map((link) => (turned.has(link) ? { from: link.to, to: link.from } : link))
}

/**
 * The column of each box: behind all those that lead to it, where there is still room. Boxes that only lead somewhere then
 * move next to where they lead.
 */
function columnsOf(boxes: readonly Box[], links: readonly Link[]): ReadonlyMap<string, number> {
  const into = Map.groupBy(links, ({ to }) => to)
  const out = Map.groupBy(links, ({ from }) => from)
  const room = roomFor(boxes)
  const columns = new Map<string, number>()
  for (const box of inOrder(boxes, into, out)) {
    let column = Math.max(0, ...(into.get(box.id) ?? []).map(({ from }) => (columns.get(from) ?? 0) + 1))
    while (!room.isThere(column, box)) column++
    room.take(column, box, 1)
    columns.set(box.id, column)
  }
  for (const box of boxes) {
    const nearer = Math.min(...(out.get(box.id) ?? []).map(({ to }) => columns.get(to) ?? 0)) - 1
    const column = columns.get(box.id) ?? 0
    if (into.has(box.id) || !Number.isFinite(nearer) || nearer <= column || !room.isThere(nearer, box))
      continue
    room.take(column, box, -1)
    room.take(nearer, box, 1)
    columns.set(box.id, nearer)
  }
  return columns
}

/** Columns of a height with which the whole is about as high as it is wide. */
function roomFor(boxes: readonly Box[]) {
  const total = boxes.reduce((sum, { height }) => sum + height + rowGap, 0)
  const most = Math.max(560, Math.sqrt(total * 500))
  const filled: number[] = []
  return {
    isThere: (column: number, { height }: Box): boolean =>
      (filled[column] ?? 0) === 0 || (filled[column] ?? 0) + height <= most,
    take(column: number, { height }: Box, sign: 1 | -1): void {
      filled[column] = (filled[column] ?? 0) + sign * (height + rowGap)
    },
  }
}

/** Every box behind those that lead to it. */
function inOrder(
  boxes: readonly Box[],
  into: ReadonlyMap<string, readonly Link[]>,
  out: ReadonlyMap<string, readonly Link[]>,
): readonly Box[] {
  const byId = new Map(boxes.map((box) => [box.id, box]))
  const waits = new Map(boxes.map(({ id }) => [id, into.get(id)?.length ?? 0]))
  const sorted = boxes.filter(({ id }) => waits.get(id) === 0)
  for (const { id } of sorted) {
    for (const { to } of out.get(id) ?? []) {
      const left = (waits.get(to) ?? 0) - 1
      waits.set(to, left)
      const box = byId.get(to)
      if (left === 0 && box !== undefined) sorted.push(box)
    }
  }
  return sorted
}

interface Grid {
  readonly cells: ReadonlyMap<string, Cell>
  readonly columns: ReadonlyMap<string, number>
  readonly table: readonly Cell[][]
  readonly bends: Map<string, Cell>
}

/**
 * The cells that a link goes through, from its first box to its last; those between are made. Links from one box bend
 * together, for many of them would fill the columns.
 */
function chain(from: string, to: string, { cells, columns, table, bends }: Grid): readonly Cell[] {
  const [first, last] = [cells.get(from), cells.get(to)]
  if (first === undefined || last === undefined) return []
  const path = [first]
  for (let column = (columns.get(from) ?? 0) + 1; column < (columns.get(to) ?? 0); column++) {
    const key = JSON.stringify([from, column])
    const known = bends.get(key)
    const bend = known ?? { id: '', width: 0, height: 2, before: [], after: [], y: 0 }
    if (known === undefined) table[column]?.push(bend)
    bends.set(key, bend)
    path.push(bend)
  }
  path.push(last)
  for (const [i, cell] of path.entries()) {
    const next = path[i + 1]
    if (next === undefined || cell.after.includes(next)) continue
    cell.after.push(next)
    next.before.push(cell)
  }
  return path
}

/** Orders each column by where its neighbours are, to and fro. */
function order(table: readonly Cell[][]): void {
  const rank = new Map<Cell, number>()
  const number = (column: readonly Cell[]) => {
    for (const [i, cell] of column.entries()) rank.set(cell, i / Math.max(1, column.length - 1))
  }
  for (const column of table) number(column)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForth = sweep % 2 === 0
    for (const column of isForth ? table : table.toReversed()) {
      const wish = new Map(
        column.map((cell) => {
          const near = isForth ? cell.before : cell.after
          const own = rank.get(cell) ?? 0
          return [cell, near.length === 0 ? own : mean(near.map((one) => rank.get(one) ?? 0))]
        }),
      )
      column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0))
      number(column)
    }
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** Moves the cells of each column up and down to where their neighbours are, as far as the others leave room. */
function setHeights(table: readonly Cell[][]): void {
  for (const column of table) {
    const offsets = offsetsIn(column)
    const middle = (offsets.at(-1) ?? 0) / 2
    for (const [i, cell] of column.entries()) cell.y = (offsets[i] ?? 0) - middle
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const column of sweep % 2 === 0 ? table : table.toReversed()) {
      settle(
        column,
        column.map((cell) => {
          const near = sweep % 2 === 0 ? cell.before : cell.after
          return near.length === 0 ? cell.y : mean(near.map(({ y }) => y))
        }),
      )
    }
  }
}

/** Gives cells the heights that they wish for, those that would overlap share theirs. */
function settle(column: readonly Cell[], wishes: readonly number[]): void {
  const offsets = offsetsIn(column)
  const groups: Group[] = []
  for (const first of column.keys()) {
    groups.push({ sum: (wishes[first] ?? 0) - (offsets[first] ?? 0), count: 1, first })
    while (overlaps(groups.at(-2), groups.at(-1))) merge(groups)
  }
  for (const [at, { sum, count, first }] of groups.entries()) {
    for (let i = first; i < (groups[at + 1]?.first ?? column.length); i++) {
      const cell = column[i]
      if (cell !== undefined) cell.y = sum / count + (offsets[i] ?? 0)
    }
  }
}

/** Cells that stand as near to each other as they may, and what they wish for together. */
interface Group {
  sum: number
  count: number
  readonly first: number
}

const overlaps = (before: Group | undefined, last: Group | undefined): boolean =>
  before !== undefined && last !== undefined && before.sum / before.count > last.sum / last.count

function merge(groups: Group[]): void {
  const last = groups.pop()
  const before = groups.at(-1)
  if (last === undefined || before === undefined) return
  before.sum += last.sum
  before.count += last.count
}

/** How far below the first each cell of a column is, if they stand as near as they may. Bends need little room. */
function offsetsIn(column: readonly Cell[]): readonly number[] {
  const offsets: number[] = []
  let offset = 0
  for (const [i, cell] of column.entries()) {
    const before = column[i - 1]
    if (before !== undefined) {
      const gap = before.id === '' && cell.id === '' ? bendGap : rowGap
      offset += (before.height + cell.height) / 2 + gap
    }
    offsets.push(offset)
  }
  return offsets
}

/** Where many links go, they need room to be told apart. */
const gapBehind = (column: readonly Cell[]): number =>
  columnGap + Math.min(90, column.reduce((sum, { after }) => sum + after.length, 0) * 1.2)

interface Drawing {
  readonly cells: ReadonlyMap<string, Cell>
  readonly chains: readonly (readonly Cell[])[]
  readonly links: readonly Link[]
  readonly forward: readonly Link[]
}

function drawn(table: readonly Cell[][], { cells, chains, links, forward }: Drawing): Layout {
  const xs = new Map<Cell, { readonly x: number; readonly width: number }>()
  let x = 0
  let right = 0
  for (const column of table) {
    const width = column.reduce((most, cell) => Math.max(most, cell.width), 0)
    for (const cell of column) xs.set(cell, { x, width })
    right = x + width
    x += width + gapBehind(column)
  }
  const all = table.flat()
  const top = all.reduce((least, { y, height }) => Math.min(least, y - height / 2), Number.POSITIVE_INFINITY)
  const bottom = all.reduce((most, { y, height }) => Math.max(most, y + height / 2), 0)
  const up = all.length === 0 ? 0 : top
  const between = links.filter(({ from, to }) => from !== to)
  const routes = chains.map((path, i) => {
    const points = path.flatMap((cell, at) => {
      const { x: left = 0, width = 0 } = xs.get(cell) ?? {}
      const y = cell.y - up
      if (at === 0) return [{ x: left + cell.width, y }]
      if (at === path.length - 1) return [{ x: left, y }]
      return [
        { x: left, y },
        { x: left + width, y },
      ]
    })
    return forward[i]?.from === between[i]?.from ? points : points.toReversed()
  })
  return {
    width: right,
    height: all.length === 0 ? 0 : bottom - up,
    places: new Map(
      [...cells].map(([id, cell]) => [id, { x: xs.get(cell)?.x ?? 0, y: cell.y - cell.height / 2 - up }]),
    ),
    routes,
  }
}
