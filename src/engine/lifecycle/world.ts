import { isMap, within } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { AttributePath, World } from '../../template/index.ts'

/** What templates read of resources that are recorded: one not made yet is referred to by its name, and has no attributes. */
export function worldOf(rows: ReadonlyMap<string, ResourceRow>): World {
  return {
    reference: (resource) => rows.get(resource)?.reference ?? resource,
    attribute(resource, path) {
      const row = rows.get(resource)
      return row === undefined ? null : rememberedAttribute(row, path)
    },
  }
}

/** An attribute as it was remembered: whole by its name, or a part of a nested one by its path. Throws if there is none of that path. */
export function rememberedAttribute({ attributes }: ResourceRow, path: AttributePath): unknown {
  const [name, ...rest] = path
  if (name === undefined) return attributes[attributeKey(path)] ?? attributes
  const refusal = attributes[refusalKey(path)]
  if (isMap(refusal)) throw failure(String(refusal.kind), String(refusal.message))
  const part = attributes[attributeKey(path)]
  return part !== undefined ? part : within(attributes[String(name)] ?? null, rest)
}

/** Under which key the value of an attribute path of a nested resource is remembered. */
export const attributeKey = (path: AttributePath): string => JSON.stringify(path)

/** Under which key it is remembered why there is no attribute of that path. */
export const refusalKey = (path: AttributePath): string => `${attributeKey(path)}!`
