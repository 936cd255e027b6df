import { isMap, sameJson } from '../../base/json.ts'
import {
  evaluateMetadata,
  evaluateUpdatePolicy,
  type StackDefinition,
  type World,
} from '../../template/index.ts'

/** A resource as two templates define it, and what of other resources they read. */
interface Rewriting {
  readonly name: string
  readonly before: StackDefinition
  readonly after: StackDefinition
  readonly world: World
}

/**
 * What is written differently of a resource besides its properties, by the template's own words for it. That alone makes an
 * update of the resource, though nothing of its object changes. A description is there for people only.
 */
export function rewritten(rewriting: Rewriting): readonly string[] {
  const { name, before, after } = rewriting
  const [was, is] = [before.resources.get(name), after.resources.get(name)]
  if (was === undefined || is === undefined || was === is) return []
  const isSame = {
    metadata: (was.metadata ?? is.metadata) === undefined || isSameValue(rewriting, evaluateMetadata),
    depends_on: sameJson(was.dependsOn, is.dependsOn),
    deletion_policy: was.deletionPolicy === is.deletionPolicy,
    update_policy:
      (was.updatePolicy ?? is.updatePolicy) === undefined || isSameValue(rewriting, evaluateUpdatePolicy),
    condition:
      (was.condition ?? is.condition) === undefined ||
      sameJson(conditionIn(before, name), conditionIn(after, name)),
  }
  return Object.entries(isSame).flatMap(([part, same]) => (same ? [] : [part]))
}

/** Both are read in the same world: that what they name changed is no change of what is written. */
function isSameValue(
  { name, before, after, world }: Rewriting,
  valueIn: (definition: StackDefinition, name: string, world: World) => unknown,
): boolean {
  try {
    return sameJson(valueIn(before, name, world), valueIn(after, name, world))
  } catch {
    // What can't be worked out fails the resource when it is made.
    return true
  }
}

function conditionIn({ template: { source } }: StackDefinition, name: string): unknown {
  const resources = source.resources ?? source.Resources
  const resource = isMap(resources) ? resources[name] : undefined
  return isMap(resource) ? (resource.condition ?? resource.Condition) : undefined
}
