import { sameJson } from '../../base/json.ts'
import type { StackDefinition } from '../definition.ts'

/** The parameters that an update would change although the new template forbids it. */
export function changedImmutables(before: StackDefinition, after: StackDefinition): readonly string[] {
  const changed: string[] = []
  for (const [name, { declaration, value }] of after.parameters) {
    const old = before.parameters.get(name)
    if (declaration.immutable && old !== undefined && !sameJson(old.value, value)) changed.push(name)
  }
  return changed
}
