import { isMap } from '../../base/json.ts'
import type { TemplatePath } from '../problem.ts'
import type { Template } from '../template.ts'

/** What stands at a path of a template as it is written, calls of functions as the maps that they are. */
export function valuesIn({ source }: Template, path: TemplatePath): unknown {
  return path.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, source)
}
