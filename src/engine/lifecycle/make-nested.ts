import type { Json, JsonMap } from '../../base/json.ts'
import { sameJson } from '../../base/json.ts'
import type { AnyNested } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { AttributePath } from '../../template/index.ts'
import type { Decision } from '../plan/decide.ts'
import { childOf } from './child.ts'
import { freshRow, type Made, type Wanted } from './make.ts'
import { aimOf, bringAbout, isReached } from './nested.ts'
import { Hold } from './site.ts'
import { attributeKey } from './world.ts'

type Nested = Wanted<AnyNested>

/** Brings a resource that is a stack of its own to what is wanted. */
export async function makeNested(hold: Hold, wanted: Nested, decision: Decision): Promise<Made> {
  const replaced = decision.does === 'replace' ? hold.row : undefined
  if (replaced !== undefined) {
    hold.row = { ...freshRow(hold.site, wanted.resource.name, wanted.needs), replaces: replaced.id }
    void new Hold(hold.site, replaced).set({ replacedBy: hold.row.id }).catch(() => {})
  }
  const fresh = hold.row.physicalId === null
  if (!fresh && hold.row.status === 'COMPLETE' && isReached(await aimOf(wanted.type, hold, wanted.values))) {
    return await leave(hold, wanted)
  }
  await work(hold, wanted, fresh ? 'CREATE' : 'UPDATE')
  return { row: hold.row, ...(replaced && { replaced }) }
}

async function work(hold: Hold, wanted: Nested, action: 'CREATE' | 'UPDATE'): Promise<void> {
  const { type, resource, values, metadata, needs } = wanted
  const begun = {
    action: interrupted(hold.row) ?? action,
    status: 'IN_PROGRESS',
    statusReason: 'state changed',
  } as const
  void hold
    .set({ ...begun, type: resource.type, metadata, needs, deletionPolicy: resource.deletionPolicy })
    .catch(() => {})
  await bringAbout(type, hold, values)
  const remembered = await remember(hold, wanted)
  const said = { properties: values as JsonMap, templateId: hold.site.stack.templateId, intent: null }
  void hold.set({ ...remembered, ...said, status: 'COMPLETE', statusReason: 'state changed' }).catch(() => {})
}

const interrupted = ({ status, action }: ResourceRow): 'CREATE' | undefined =>
  status === 'IN_PROGRESS' && action === 'CREATE' ? 'CREATE' : undefined

async function leave(hold: Hold, wanted: Nested): Promise<Made> {
  const { resource, values, metadata, needs } = wanted
  const wants = neededPaths(hold, wanted)
  const missing = wants.some((path) => !(attributeKey(path) in hold.row.attributes))
  const said = { metadata, needs, deletionPolicy: resource.deletionPolicy, properties: values as JsonMap }
  const known: Record<string, unknown> = { ...hold.row }
  const news = Object.entries(said).some(([key, value]) => !sameJson(value, known[key]))
  if (missing || news)
    void hold.set({ ...said, ...(missing && (await remember(hold, wanted))) }).catch(() => {})
  return { row: hold.row }
}

const neededPaths = (hold: Hold, { resource }: Nested): readonly AttributePath[] =>
  hold.site.definition.attributesNeeded.get(resource.name) ?? []

async function remember(
  hold: Hold,
  wanted: Nested,
): Promise<Pick<ResourceRow, 'reference' | 'attributes' | 'sealed'>> {
  const { type, resource } = wanted
  const { site, row } = hold
  const stack = await site.parts.store.stack(row.physicalId ?? '')
  if (stack === undefined) throw new Error(`the child stack ${row.physicalId} is gone`)
  const child = await childOf(site, stack)
  const entries: [string, Json][] = []
  for (const path of neededPaths(hold, wanted)) {
    const value =
      path.length === 0
        ? allOutputs(child)
        : await type.attribute({ path, child, notes: { get: (key) => hold.row.notes[key] } })
    entries.push([attributeKey(path), (value ?? null) as Json])
  }
  return {
    reference: type.reference?.(child) ?? child.id,
    attributes: Object.fromEntries(entries),
    // What a child puts out may come from anything that is secret inside it.
    sealed: entries.length > 0 || site.definition.usesHidden(resource.name),
  }
}

const allOutputs = (child: Awaited<ReturnType<typeof childOf>>): unknown =>
  Object.fromEntries(child.outputNames().map((name) => [name, child.output(name)]))
