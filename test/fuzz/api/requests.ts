import type { Json, JsonMap } from '../../../src/base/json.ts'
import type { Chance } from '../../../src/testing/chance.ts'
import { templates as corpus, oddPieces, oddTexts } from '../corpus.ts'
import { mutated, spoiled } from '../mutate.ts'
import type { Known, Values } from './known.ts'
import { type Operation, operations, type Parameter } from './operations.ts'
import { environments, templates } from './stacks.ts'
import { fitting, odd } from './values.ts'

/** A request that is to be sent. */
export interface Request {
  readonly operation: Operation
  readonly method: string
  readonly path: string
  readonly who: 'member' | 'admin' | 'nobody' | 'forger'
  readonly body?: string
  readonly contentType?: string
  /** What stands in the braces of its address. */
  readonly values: Values
}

/** What is drawn from: chance, what is known, the project, and how a new stack is called. */
export interface Drawing {
  readonly chance: Chance
  readonly known: Known
  readonly projectId: string
  readonly newName: string
}

/** Operations without which there is nothing to ask the others about. */
const fruitful = [
  'createStack',
  'createStack',
  'listResources',
  'listEvents',
  'listOutputs',
  'createSnapshot',
]

/** One operation with values that are mostly right. */
export function drawRequest(drawing: Drawing): Request {
  const { chance } = drawing
  const fruit = chance.is(0.3) ? chance.one(fruitful) : undefined
  return requestFor(operations.find(({ id }) => id === fruit) ?? chance.one(operations), drawing)
}

/** A request that makes a stack. */
export function firstRequest(drawing: Drawing): Request {
  const operation = operations.find(({ id }) => id === 'createStack')
  if (operation === undefined) throw new TypeError('the document has no createStack')
  const template = drawing.chance.one(templates)
  const body = JSON.stringify({ stack_name: drawing.newName, template })
  return {
    ...requestFor(operation, drawing),
    method: operation.method,
    who: 'member',
    body,
    ...{ path: `/v1/${drawing.projectId}/stacks` },
    contentType: 'application/json',
  }
}

function requestFor(operation: Operation, drawing: Drawing): Request {
  const { chance } = drawing
  const values = pathValues(operation, drawing)
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encoded(values[name] ?? '', chance),
  )
  const query = queryText(operation, drawing)
  const body = operation.body && drawBody(operation.body, drawing)
  return {
    operation,
    method: chance.is(0.03)
      ? chance.one(['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE', 'POST', 'GET'])
      : operation.method,
    path: `${path}${query}`,
    who: chance.is(0.9) ? 'member' : chance.one(['admin', 'admin', 'nobody', 'forger'] as const),
    ...(body !== undefined && {
      body,
      contentType: chance.is(0.95)
        ? 'application/json'
        : chance.one(['text/plain', 'text/xml', 'application/jsonp']),
    }),
    values,
  }
}

function pathValues({ parameters }: Operation, { chance, known, projectId }: Drawing): Values {
  const places = parameters.filter((one) => one.in === 'path' && one.name !== 'project_id')
  const drawn = known.draw(
    places.map(({ name }) => name),
    chance,
  )
  const values = places.map(({ name, example = '' }): readonly [string, string] => {
    if (chance.is(0.06)) return [name, chance.is(0.5) ? chance.one(oddTexts) : known.any(chance)]
    return [name, drawn[name] ?? example]
  })
  return { project_id: chance.is(0.02) ? chance.one(oddTexts) : projectId, ...Object.fromEntries(values) }
}

/** Rarely, what no client would send. */
const encoded = (text: string, chance: Chance): string =>
  chance.is(0.01)
    ? chance.one(['%zz', '%ff%fe', '%00', '%2F..%2F'])
    : encodeURIComponent(text.slice(0, 3000).toWellFormed())

function queryText({ parameters }: Operation, drawing: Drawing): string {
  const { chance } = drawing
  const some = chance.some(
    parameters.filter((one) => one.in === 'query'),
    0.12,
  )
  const pairs = some.flatMap((one) => valuesOf(one, drawing).map((value) => [one.name, value] as const))
  if (chance.is(0.03)) pairs.push([chance.one(oddTexts).toWellFormed(), chance.one(oddPieces).toWellFormed()])
  const query = new URLSearchParams(
    pairs.map(([key, value]): [string, string] => [key, value.toWellFormed()]),
  )
  return query.size === 0 ? '' : `?${query}`
}

function valuesOf({ name, schema, explode }: Parameter, { chance, known }: Drawing): readonly string[] {
  // It is there to take its time.
  if (name === 'wait') return [chance.one(['0', '1', '-1', 'soon'])]
  if (chance.is(0.15)) return [chance.one(oddTexts).slice(0, 2000)]
  if (name === 'marker' || chance.is(0.1)) return [known.any(chance)]
  const value = fitting(schema, chance)
  if (!Array.isArray(value)) return [String(value)]
  return explode ? value.map(String) : [value.join(',')]
}

function drawBody({ schema, example = {} }: NonNullable<Operation['body']>, drawing: Drawing): string {
  const { chance } = drawing
  const kind = chance.below(20)
  if (kind === 0) return spoiled(JSON.stringify(filled(example, drawing)), chance)
  if (kind === 1) return JSON.stringify(odd(chance))
  if (kind < 4) return JSON.stringify(mutated(filled(example, drawing), chance))
  if (kind < 8) return JSON.stringify(filled(fitting(schema, chance) as JsonMap, drawing))
  if (kind < 10) return JSON.stringify(withOdd(filled(example, drawing), chance))
  return JSON.stringify(filled(example, drawing))
}

/** The same with a stack name that is free, a template and environment that mean something, and IDs that are known. */
function filled(body: JsonMap, { chance, known, newName }: Drawing): JsonMap {
  const template = chance.is(0.85)
    ? chance.one(templates)
    : mutated(chance.one([...templates, ...corpus]), chance)
  const { parameters, environment, files, ...rest } = body
  const own: Record<string, Json | undefined> = {
    ...('template' in body && { template: chance.is(0.9) ? template : JSON.stringify(template) }),
    ...('stack_name' in body && { stack_name: newName }),
    ...(environment !== undefined && { environment: chance.one(environments) }),
    ...(parameters !== undefined && chance.is(0.2) && { parameters }),
    ...(files !== undefined && chance.is(0.5) && { files }),
  }
  const ids = Object.keys(body).flatMap((key) => {
    const id = known.one(key, chance)
    return id === undefined ? [] : [[key, id] as const]
  })
  const adopted = 'stack_name' in body && chance.is(0.1) ? known.one('adopt_stack_data', chance) : undefined
  if (adopted !== undefined)
    return { stack_name: newName, adopt_stack_data: chance.is(0.7) ? adopted : spoiled(adopted, chance) }
  return { ...rest, ...Object.fromEntries(ids), ...own } as JsonMap
}

function withOdd(body: JsonMap, chance: Chance): JsonMap {
  const keys = Object.keys(body)
  return keys.length === 0
    ? { [chance.one(oddTexts)]: odd(chance) }
    : { ...body, [chance.one(keys)]: odd(chance) }
}
