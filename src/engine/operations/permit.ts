import { Forbidden } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import type { EngineParts } from '../parts.ts'
import { definitionOf } from './stacks.ts'

/** Problem 403 unless the caller may have resources of all of these types. */
export function permitTypes({ allowsType }: EngineParts, caller: Caller, types: Iterable<string>): void {
  for (const type of types) if (!allowsType(type, caller)) throw Forbidden({ action: type })
}

/** Problem 403 unless the caller may have resources of all the types that a stack has, those nested in it left aside. */
export async function permitStack(parts: EngineParts, caller: Caller, stack: StackRow): Promise<void> {
  permitDefinition(parts, caller, await definitionOf(parts, stack))
}

/** As `permitStack`, of what a stack is meant to be. A type that stands for another counts as both. */
export function permitDefinition(parts: EngineParts, caller: Caller, definition: StackDefinition): void {
  const types = [...definition.resources.values()].flatMap((resource) => {
    const real = typeOf(definition, resource, parts.registry)?.type
    return real === undefined ? [resource.type] : [resource.type, real]
  })
  permitTypes(parts, caller, new Set(types))
}
