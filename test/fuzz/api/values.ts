import type { Json, JsonMap } from '../../../src/base/json.ts'
import type { Chance } from '../../../src/testing/chance.ts'
import { oddTexts } from '../corpus.ts'
import type { Schema } from './operations.ts'

const words: readonly string[] = [
  ...[
    'CREATE',
    'COMPLETE',
    'FAILED',
    'CREATE_COMPLETE',
    'IN_PROGRESS',
    'asc',
    'desc',
    'stack_name',
    'event_time',
  ],
  ...[
    'creation_time',
    'resource_type',
    'size',
    'web',
    'cfn',
    'hot',
    'OS::Heat::RandomString',
    'SUPPORTED',
    '99001',
  ],
]

const kinds = ['string', 'integer', 'boolean', 'array', 'object', 'null'] as const

/** A value that fits a schema. */
export function fitting(schema: Schema, chance: Chance): Json {
  if (schema.enum !== undefined) return chance.one(schema.enum)
  const { type = chance.one(kinds) } = schema
  switch (typeof type === 'string' ? type : chance.one(type)) {
    case 'integer':
      return chance.one([schema.minimum ?? 0, 1, 2, 50, schema.maximum ?? 1440])
    case 'boolean':
      return chance.is(0.5)
    case 'array':
      return Array.from({ length: chance.below(4) }, () => fitting(schema.items ?? {}, chance))
    case 'object':
      return objectOf(schema, chance)
    case 'null':
      return null
    default:
      return chance.is(0.2) ? 'x'.repeat(schema.maxLength ?? 255) : chance.one(words)
  }
}

function objectOf({ properties = {} }: Schema, chance: Chance): JsonMap {
  const some = chance.some(Object.entries(properties), 0.5)
  const declared = some.map(([key, schema]): [string, Json] => [key, fitting(schema, chance)])
  return {
    ...Object.fromEntries(declared),
    ...(chance.is(0.2) && { [chance.one(words)]: chance.one(words) }),
  }
}

/** A value that most likely fits nothing. */
export function odd(chance: Chance): Json {
  const kind = chance.below(5)
  if (kind === 0) return chance.one<Json>([null, true, -1, 0, 1.5, 1e308, 2 ** 53, [], {}, [[]], { a: null }])
  if (kind === 1) return [odd(chance), odd(chance)]
  if (kind === 2) return { [chance.one(oddTexts)]: odd(chance) }
  return chance.one(kind === 3 ? words : oddTexts)
}
