import { type JsonMap, sameJson } from '../../base/json.ts'
import type { Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { AttributePath } from '../../template/index.ts'
import { askedAttributes, readPatiently } from './attributes.ts'
import { notesOf, selfOf } from './context.ts'
import { withNames } from './properties.ts'
import type { Hold } from './site.ts'
import type { Wanted } from './wanted.ts'
import { rememberedAttribute } from './world.ts'

type Remembered = Pick<ResourceRow, 'reference' | 'attributes' | 'sealed'>

/** What others will read of a resource that is ready: its reference, and the attributes that the template asks for. */
export async function remember(
  hold: Hold,
  wanted: Wanted<AnyResource>,
  live: Found | undefined,
): Promise<Remembered> {
  const { type, resource, values } = wanted
  const asked = askedAttributes(
    type.attributes,
    hold.site.definition.attributesNeeded.get(resource.name) ?? [],
  )
  const read =
    asked.length === 0
      ? { values: {}, secret: false }
      : await readPatiently(type, hold, { asked, values, live })
  return {
    reference: referenceOf(hold, wanted),
    attributes: read.values,
    sealed: read.secret || type.secret === true || hold.site.definition.usesHidden(resource.name),
  }
}

function referenceOf(hold: Hold, { type, values }: Wanted<AnyResource>): string {
  const id = hold.row.physicalId ?? ''
  if (type.reference === undefined) return id
  const self = selfOf(type, hold)
  return type.reference({
    id,
    self,
    props: withNames(type, values, self.physicalName),
    notes: notesOf(hold, false),
  })
}

/**
 * As `remember`, for a resource that stays as it is: only what nobody has asked for before is read, and all of one that is
 * told things, for more may have been told since.
 */
export async function rememberMore(hold: Hold, wanted: Wanted<AnyResource>): Promise<JsonMap | undefined> {
  const { type, resource, values } = wanted
  const paths = hold.site.definition.attributesNeeded.get(resource.name) ?? []
  const missing = askedAttributes(type.attributes, paths).filter(
    ({ name, path }) => type.awaits !== undefined || isMissing(hold, name, path),
  )
  if (missing.length === 0) return undefined
  const read = await readPatiently(type, hold, { asked: missing, values })
  const attributes = { ...hold.row.attributes, ...read.values }
  return sameJson(attributes, hold.row.attributes) ? undefined : attributes
}

/** A part of an attribute may be missing though another part was read. */
function isMissing({ row }: Hold, name: string, path: AttributePath = []): boolean {
  if (!(name in row.attributes)) return true
  return path.length > 0 && rememberedAttribute(row, [name, ...path]) === null
}
