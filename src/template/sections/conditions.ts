import type { Json } from '../../base/json.ts'
import { kindOf, wordOf } from '../../base/text.ts'
import type { Expression } from '../expression.ts'
import { readCondition } from '../parse/expression.ts'
import { laterFunction } from '../versions/hints.ts'
import { invalid, isJsonMap, type SectionReader } from './section.ts'

/** Reads the conditions that a template defines: truth values, or functions that give one. */
export function readConditions(
  raw: Json | undefined,
  reader: SectionReader,
): ReadonlyMap<string, Expression> {
  const conditions = new Map<string, Expression>()
  const section = reader.words.conditions
  if (section === undefined || raw === undefined) return conditions
  if (!isJsonMap(raw)) {
    const message = `Conditions validation error: Condition definitions must be a map. Found a ${kindOf(raw)} instead`
    reader.problems.push(invalid('InvalidCondition', message, [section]))
    return conditions
  }
  for (const name of Object.keys(raw)) {
    const condition = readCondition(raw[name] ?? null, [section, name], reader)
    if (condition.is === 'call' || (condition.is === 'data' && typeof condition.value === 'boolean')) {
      conditions.set(name, condition)
      continue
    }
    const message = `Condition validation error: The definition of condition "${name}" is invalid: ${wordOf(raw[name])}`
    reader.problems.push({
      ...invalid('InvalidCondition', message, [section, name]),
      ...laterFunction(raw[name], reader.version),
    })
    conditions.set(name, { is: 'data', value: true })
  }
  return conditions
}
