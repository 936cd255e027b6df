import type { Json } from '../../base/json.ts'
import type { AnyNested, Child } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { AttributePath } from '../../template/index.ts'
import { childAt, childOf } from './child.ts'
import type { Hold } from './site.ts'
import type { Wanted } from './wanted.ts'
import { attributeKey, refusalKey } from './world.ts'

type Nested = Wanted<AnyNested>

/** The attributes of a nested resource that its template asks for. */
export const neededPaths = (hold: Hold, { resource }: Nested): readonly AttributePath[] =>
  hold.site.definition.attributesNeeded.get(resource.name) ?? []

/** What they say is nothing to the resource, but to whoever reads the attribute. */
const readersFailures: readonly string[] = ['NotFound', 'TemplateOutputError']

/** What others will read of a nested resource whose child is ready. */
export async function rememberChild(
  hold: Hold,
  wanted: Nested,
): Promise<Pick<ResourceRow, 'reference' | 'attributes' | 'sealed'>> {
  const { type, resource } = wanted
  const { site, row } = hold
  const stack = await childAt(site.parts, row)
  if (stack === undefined) throw new Error(`the child stack ${row.physicalId} is gone`)
  const child = await childOf(site, stack)
  const notes = { get: (key: string) => row.notes[key] }
  const entries: [string, Json][] = []
  for (const path of neededPaths(hold, wanted)) {
    try {
      const asked = { name: row.name, path, child, notes }
      const value = path.length === 0 ? allOutputs(child) : await type.attribute(asked)
      entries.push([attributeKey(path), (value ?? null) as Json])
    } catch (error) {
      if (!(error instanceof Error) || !readersFailures.includes(error.name)) throw error
      const { name: kind, message } = error
      entries.push([attributeKey(path), null], [refusalKey(path), { kind, message }])
    }
  }
  return {
    reference: type.reference?.(child) ?? child.id,
    attributes: Object.fromEntries(entries),
    // What a child puts out may come from anything that is secret inside it.
    sealed: entries.length > 0 || site.definition.usesHidden(resource.name),
  }
}

const allOutputs = (child: Child): unknown =>
  Object.fromEntries(child.outputNames().map((name) => [name, child.outputOr(name, null)]))
