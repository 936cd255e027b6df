import type { Shape } from '../../schema/index.ts'
import { hiddenValues, masking } from '../../template/index.ts'
import { reasonOf } from './failure.ts'
import type { Hold, Site } from './site.ts'

/** Why an action on a resource did not come to its end; clouds quote what they refuse, and of that no secret is told. */
export async function quietReasonOf({ site, row }: Hold, action: string, error: unknown): Promise<string> {
  const hidden = [...hiddenValues(site.definition.parameters), ...(await knownHiddenAbove(site))]
  const clean = masking([...hidden, ...secretsIn(site, row)])
  return clean(reasonOf(action, error, row.name))
}

/** The values of properties that are secrets by their nature. */
function secretsIn({ parts: { registry } }: Site, { type, properties }: Hold['row']): readonly unknown[] {
  const shape: Shape = registry.find(type)?.properties ?? {}
  return Object.entries(properties ?? {})
    .filter(([name]) => Object.hasOwn(shape, name) && shape[name]?.options.secret === true)
    .map(([, value]) => value)
}

const known = new WeakMap<Site, Promise<readonly unknown[]>>()

/** Read once for a deployment, for when one resource fails many may. */
async function knownHiddenAbove(site: Site): Promise<readonly unknown[]> {
  const read = known.get(site) ?? hiddenAbove(site)
  known.set(site, read)
  try {
    return await read
  } catch (error) {
    known.delete(site)
    throw error
  }
}

/** What is hidden in the stacks that this one is inside of: here it may be a plain value. */
async function hiddenAbove({ parts: { store, definitions }, stack }: Site): Promise<readonly unknown[]> {
  const hidden: unknown[] = []
  for (let above = stack.parentId; above !== null; ) {
    const outer = await store.stack(above)
    const template = outer && (await store.template(outer.templateId))
    if (outer === undefined || template === undefined) break
    hidden.push(...hiddenValues(definitions.of(outer, template).parameters))
    above = outer.parentId
  }
  return hidden
}
