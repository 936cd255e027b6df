import { isCloudError, wordsOf } from '../../cloud/error.ts'
import type { Collection, Found, Session } from '../../cloud/service.ts'
import { Unavailable } from '../../contract/problems.ts'
import { hasUnknown } from '../../schema/index.ts'
import {
  evaluateExternalId,
  evaluateProperties,
  type StackDefinition,
  type TemplateProblem,
  type World,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { collectionOf } from '../lifecycle/clients.ts'
import { readProperties } from '../lifecycle/properties.ts'
import type { EngineParts } from '../parts.ts'

/** The resources that are to stand for something that is there already, and is not. */
export async function missingExternals(
  { registry }: EngineParts,
  { definition, session, world }: { definition: StackDefinition; session: Session; world: World },
): Promise<readonly TemplateProblem[]> {
  const found = await Promise.all(
    [...definition.resources.values()].map(async (resource): Promise<TemplateProblem | undefined> => {
      const { name } = resource
      const isExternal = resource.externalId !== undefined
      const type = isExternal ? typeOf(definition, resource, registry) : undefined
      const id = isExternal ? evaluateExternalId(definition, name, world) : undefined
      if (type?.is !== 'resource' || id === undefined) return
      const { values } = readProperties(type, name, evaluateProperties(definition, name, world))
      // Where it would have to be looked for may not be known yet.
      if (hasUnknown(values) || (await isThere(collectionOf(session, type, values), id))) return
      const { words } = definition.template.version
      const message = `Invalid external resource: Resource ${id} (${resource.type}) can not be found.`
      return { code: 'ConstraintBroken', path: [words.resources, name, 'external_id'], message }
    }),
  )
  return found.filter((one) => one !== undefined)
}

async function isThere(home: Collection<Found> | undefined, id: string): Promise<boolean> {
  try {
    await home?.get(id)
    return true
  } catch (error) {
    if (isCloudError(error, 'not-found')) return false
    if (isCloudError(error, 'unavailable')) throw Unavailable({ message: wordsOf(error) })
    throw error
  }
}
