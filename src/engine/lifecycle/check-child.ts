import { isMap, type JsonMap } from '../../base/json.ts'
import { Forbidden, RequestLimitExceeded } from '../../contract/problems.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import type { EngineParts } from '../parts.ts'
import { PropertiesRefused } from './failure.ts'
import type { Site } from './site.ts'

/** Refuses a child stack that is nested too deep, is not sound, has what its owner may not have, or makes its tree too large. */
export async function checkChild(site: Site, stack: StackRow, template: TemplateRow): Promise<void> {
  const { parts } = site
  const { maxNestedStackDepth, maxResourcesPerStack } = parts.options
  if (stack.depth > maxNestedStackDepth)
    throw new PropertiesRefused(`Recursion depth exceeds ${maxNestedStackDepth}.`)
  const problems = parts.definitions.problemsOf(stack, template)
  if (problems.length > 0) throw new PropertiesRefused(problems.map(({ message }) => message).join('; '))
  const definition = parts.definitions.of(stack, template)
  await permitInside(site, definition)
  if (maxResourcesPerStack < 0) return
  const { size } = definition.resources
  const sizes = await sizesOf(parts, stack.rootId)
  let total = size
  for (const [id, other] of sizes) if (id !== stack.id) total += other
  if (total > maxResourcesPerStack)
    throw RequestLimitExceeded({ message: 'Maximum resources per stack exceeded.' })
  sizes.set(stack.id, size)
}

/** Which types there are in a child may be known only now. */
async function permitInside({ parts, owner }: Site, definition: StackDefinition): Promise<void> {
  const caller = await owner?.()
  if (caller === undefined) return
  for (const resource of definition.resources.values()) {
    const real = typeOf(definition, resource, parts.registry)?.type ?? resource.type
    const denied = [resource.type, real].find((type) => !parts.allowsType(type, caller))
    if (denied !== undefined) throw Forbidden({ action: denied })
  }
}

/** For each tree that grows, the sizes of its stacks: a tree of hundreds must not be read for each of its stacks. */
const trees = new WeakMap<EngineParts, Map<string, Tree>>()

interface Tree {
  readonly readAt: number
  readonly sizes: Promise<Map<string, number>>
}

const freshForMs = 1000

/** How many resources each stack of a tree is to have. */
async function sizesOf(parts: EngineParts, rootId: string): Promise<Map<string, number>> {
  const now = parts.clock.now()
  const known = trees.get(parts) ?? new Map<string, Tree>()
  trees.set(parts, known)
  for (const [id, { readAt }] of known) if (readAt < now - freshForMs) known.delete(id)
  const tree = known.get(rootId) ?? { readAt: now, sizes: readSizes(parts, rootId) }
  known.set(rootId, tree)
  return await tree.sizes
}

async function readSizes({ store }: EngineParts, rootId: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>()
  for (const { id, templateId } of await store.tree(rootId)) {
    const template = await store.template(templateId)
    if (template !== undefined) sizes.set(id, sizeOf(template.template))
  }
  return sizes
}

function sizeOf(template: JsonMap): number {
  const resources = template.resources ?? template.Resources
  return isMap(resources) ? Object.keys(resources).length : 0
}
