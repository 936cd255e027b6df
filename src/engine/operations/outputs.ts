import type { Caller, OutputView } from '../../contract/views.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import {
  type Allowance,
  evaluateOutput,
  outputAllowance,
  type StackDefinition,
  type World,
} from '../../template/index.ts'
import { inCloud } from '../definition/zones.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { withNews } from './news.ts'
import { onlookerSite } from './onlooker.ts'

interface Asked {
  readonly caller: Caller
  readonly definition: StackDefinition
  readonly names: readonly string[]
}

/** Outputs worked out from what is recorded; only the resources that they read are fetched, of however many. */
export async function outputsOf(
  parts: EngineParts,
  stack: StackRow,
  { caller, definition: stored, names }: Asked,
): Promise<readonly OutputView[]> {
  const definition = await inCloud(parts, parts.access.forCaller(caller), stored)
  const rows = new Map<string, ResourceRow | undefined>()
  for (;;) {
    const missing = new Set<string>()
    const world = askingWorld(rows, missing)
    const allowance = outputAllowance()
    const outputs = names.map((name) => outputOf(definition, name, { world, allowance }))
    if (missing.size === 0) return outputs
    const found = await rowsNamed(parts, { stack, definition, names: [...missing] })
    const site = onlookerSite(parts, caller, { stack, definition, rows: found })
    const fresh = await withNews(site, found)
    for (const name of missing) rows.set(name, fresh.get(name))
  }
}

/** The rows that stand for these resources. Only where one has several are all others looked at too. */
async function rowsNamed(parts: EngineParts, { stack, definition, names }: Named) {
  const named = await parts.store.resources(stack.id, names)
  const isPlain = new Set(named.map(({ name }) => name)).size === named.length
  const rows = isPlain ? named : await parts.store.resources(stack.id)
  const standing = standingRows(parts, { stack, definition, rows })
  return new Map([...standing].filter(([name]) => names.includes(name)))
}

interface Named {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly names: readonly string[]
}

/** Outputs of a stack that is only imagined: what they read of resources is null, as in Heat. */
export function imaginedOutputs(definition: StackDefinition): readonly OutputView[] {
  const showing = { world: worldOf(new Map()), allowance: outputAllowance() }
  return [...definition.outputs.keys()].map((name) => outputOf(definition, name, showing))
}

/** A world that takes note of what it is asked for in vain. */
function askingWorld(rows: ReadonlyMap<string, ResourceRow | undefined>, missing: Set<string>): World {
  const there = [...rows].flatMap(([name, row]) => (row === undefined ? [] : [[name, row] as const]))
  const known = worldOf(new Map(there))
  const isFetched = (name: string): boolean => {
    if (!rows.has(name)) missing.add(name)
    return rows.has(name)
  }
  return {
    reference: (name) => (isFetched(name) ? known.reference(name) : UNKNOWN),
    attribute: (name, path) => (isFetched(name) ? known.attribute(name, path) : UNKNOWN),
  }
}

interface Showing {
  readonly world: World
  readonly allowance: Allowance
}

function outputOf(definition: StackDefinition, name: string, { world, allowance }: Showing): OutputView {
  const output = definition.outputs.get(name)
  const said = { output_key: name, description: output?.description || 'No description given' }
  if (output?.enabled === false) return { ...said, output_value: null }
  const result = evaluateOutput(definition, name, world, allowance)
  if ('value' in result) return { ...said, output_value: result.value }
  return { ...said, output_error: result.error, output_value: null }
}
