import { stackArn } from '../../base/arn.ts'
import { type JsonMap, within } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
import type { AnyType, Child } from '../../plugin/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import { evaluateOutput, type StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { inCloud } from '../definition/zones.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { askedAttributes, readAttributes } from './attributes.ts'
import { readProperties } from './properties.ts'
import { Hold, type Site } from './site.ts'
import { rememberedAttribute, worldOf } from './world.ts'

/** A stack as its parent's resource sees it. */
export async function childOf(site: Site, stack: StackRow): Promise<Child> {
  const { store, definitions } = site.parts
  const template = await store.template(stack.templateId)
  if (template === undefined) throw new Error(`the template of stack ${stack.id} is gone`)
  const definition = await inCloud(site.parts, site.session, definitions.of(stack, template))
  const rows = standingRows(site.parts, { stack, definition, rows: await store.resources(stack.id) })
  const world = worldOf(rows)
  const inside: Site = { ...site, stack, definition, rows, facade: template.facade }
  const outcomeOf = (name: string) => evaluateOutput(definition, name, world)
  return {
    id: stack.id,
    arn: stackArn(stack),
    output(name) {
      const result = outcomeOf(name)
      if ('value' in result) return result.value
      const where = `Error in ${stack.parentResourceName} output ${name}`
      throw failure('TemplateOutputError', `${where}: ${result.error}`)
    },
    outputOr(name, otherwise) {
      const result = outcomeOf(name)
      return 'value' in result ? result.value : otherwise
    },
    outputNames: () => [...definition.outputs.keys()],
    members: () => [...definition.resources.keys()],
    reference: (member) => rows.get(member)?.reference ?? undefined,
    attribute: (member, path) => memberAttribute(inside, rows.get(member), path),
  }
}

/**
 * The child of a nested resource, unless it is deleted: its physical ID says which stack that is, and the stack names the
 * resource in turn. What somebody wrote into a document of an abandoned stack is no proof of it.
 */
export async function childAt(
  { store }: Pick<EngineParts, 'store'>,
  { id, physicalId }: Pick<ResourceRow, 'id' | 'physicalId'>,
): Promise<StackRow | undefined> {
  const stack = physicalId === null ? undefined : await store.stack(physicalId)
  return stack?.parentResourceId === id && stack.deletedAt === null ? stack : undefined
}

async function memberAttribute(
  site: Site,
  row: ResourceRow | undefined,
  path: readonly (string | number)[],
): Promise<unknown> {
  if (row === undefined || row.physicalId === null) return null
  const known = rememberedAttribute(row, path)
  if (known !== null && known !== undefined) return known
  const type = memberType(site.definition, site, row)
  return type === undefined ? null : await liveAttribute(site, { type, row, path })
}

function memberType(definition: StackDefinition, site: Site, row: ResourceRow): AnyType | undefined {
  const resource = definition.resources.get(row.name)
  return resource === undefined ? undefined : typeOf(definition, resource, site.parts.registry)
}

interface Question {
  readonly type: AnyType
  readonly row: ResourceRow
  readonly path: readonly (string | number)[]
}

/** An attribute that nobody has read yet, asked of the cloud or of the child stack. */
export async function liveAttribute(site: Site, { type, row, path }: Question): Promise<unknown> {
  const hold = new Hold(site, row)
  if (type.is === 'nested') {
    const stack = await childAt(site.parts, row)
    if (stack === undefined) return null
    return await type.attribute({
      name: row.name,
      path,
      child: await childOf(site, stack),
      notes: { get: (key) => row.notes[key] },
    })
  }
  const [name, ...rest] = path
  const asked = askedAttributes(type.attributes, [path])
  const { values } = readProperties(type, row.name, row.properties ?? {})
  const { values: found } = await readAttributes(type, hold, { asked, values })
  return name === undefined ? (found as JsonMap) : within(found[String(name)] ?? null, rest)
}
