import { messageOf } from '../../base/problem.ts'
import type { Session } from '../../cloud/service.ts'
import { type StackDefinition, withZones } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'

/** A definition that knows the zones of the cloud, if it asks for them. Where they can't be had, what reads them fails. */
export async function inCloud(
  { zones }: Pick<EngineParts, 'zones'>,
  session: Session,
  definition: StackDefinition,
): Promise<StackDefinition> {
  if (!definition.asksForZones) return definition
  try {
    const found = await zones(session)
    return withZones(definition, () => found)
  } catch (error) {
    return withZones(definition, () => {
      throw new Error(`The availability zones can't be had: ${messageOf(error)}`, { cause: error })
    })
  }
}
