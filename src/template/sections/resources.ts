import { type Json, type JsonMap, own } from '../../base/json.ts'
import { kindOf, wordOf } from '../../base/text.ts'
import type { Expression } from '../expression.ts'
import { isNothing } from '../nothing.ts'
import { readCondition, readValue } from '../parse/expression.ts'
import type { DeletionPolicy, ResourceDefinition } from '../template.ts'
import { laterFunction } from '../versions/hints.ts'
import { lastVersion } from '../versions/index.ts'
import type { Version } from '../versions/version.ts'
import { invalid, isJsonMap, type SectionReader, stranger } from './section.ts'

/** Reads the resources that a template defines. */
export function readResources(
  raw: Json | undefined,
  reader: SectionReader,
): ReadonlyMap<string, ResourceDefinition> {
  const resources = new Map<string, ResourceDefinition>()
  const section = reader.words.resources
  if (raw === undefined || raw === null) return resources
  if (!isJsonMap(raw)) {
    reader.problems.push(
      invalid(
        'InvalidResource',
        `"${section}" must contain a map of resource maps. Found a [${kindOf(raw)}] instead`,
        [section],
      ),
    )
    return resources
  }
  for (const name of Object.keys(raw)) {
    const resource = readResource(name, raw[name] ?? null, reader)
    if (resource !== undefined) resources.set(name, resource)
  }
  return resources
}

function readResource(name: string, raw: Json, reader: SectionReader): ResourceDefinition | undefined {
  const { words, problems } = reader
  const path = [words.resources, name]
  if (name.includes('/')) problems.push(invalid('InvalidResource', 'Resource name may not contain "/"', path))
  if (!isNothing(raw) && !isJsonMap(raw)) {
    const kind = `Found a [<class '${kindOf(raw)}'>] instead`
    const message =
      reader.version.type === 'cfn'
        ? `Resources must contain Resource. ${kind}`
        : `"${words.resources}" must contain a map of resource maps. ${kind}`
    problems.push(invalid('InvalidResource', message, path))
    return undefined
  }
  const written = isJsonMap(raw) ? raw : {}
  if (!reader.version.openResources) reportStrangers(name, written, reader)
  const type = readType(name, written, reader)
  return type === undefined ? undefined : { name, type, ...readParts(name, written, reader) }
}

function readType(
  name: string,
  raw: JsonMap,
  { version, words, problems }: SectionReader,
): string | undefined {
  const key = words.resource.type
  const type = own(raw, key)
  if (typeof type === 'string' && type !== '') return type
  const path = [words.resources, name]
  if (isNothing(type)) {
    // The words depend on whether the key is there, for they come from two of Heat's checks.
    const isAbsent = version.type === 'hot' && (type === undefined || Object.keys(raw).length === 0)
    const message = isAbsent
      ? `Each resource must contain a ${key} key.`
      : 'Each Resource must contain a Type key.'
    problems.push(invalid('InvalidResource', message, path))
  } else
    problems.push({
      ...invalid('InvalidResource', `Resource ${name} ${key} type must be string`, [...path, key]),
      offends: 'value',
      expected: 'a string',
    })
  return undefined
}

function reportStrangers(name: string, raw: JsonMap, { version, words, problems }: SectionReader): void {
  const known: readonly unknown[] = Object.values(words.resource)
  for (const key of Object.keys(raw)) {
    if (known.includes(key)) continue
    const message = isOfLater(key, version)
      ? `Invalid keyword(s) inside a resource definition: ${key}`
      : `"${key}" is not a valid keyword inside a resource definition`
    const problem = invalid('InvalidResource', message, [words.resources, name, key])
    problems.push(stranger(problem, key, version, (one) => one.words.resource))
  }
}

/** Whether a version that came later has a key; Heat has other words for these. */
const isOfLater = (key: string, { type }: Version): boolean =>
  lastVersion(type, ({ words }) => (Object.values(words.resource) as readonly unknown[]).includes(key)) !==
  undefined

function readParts(
  name: string,
  raw: JsonMap,
  reader: SectionReader,
): Omit<ResourceDefinition, 'name' | 'type'> {
  const { resource } = reader.words
  const field = (key: string | undefined) => readField(name, raw, { key, reader })
  const properties = field(resource.properties)
  const metadata = field(resource.metadata)
  const updatePolicy = field(resource.updatePolicy)
  const externalId = readExternalId(name, raw, reader)
  const condition = readConditionOf(name, raw, reader)
  const description = own(raw, resource.description)
  if (description !== undefined && typeof description !== 'string') {
    complain(reader, { name, key: resource.description, value: description }, 'type must be string')
  }
  return {
    dependsOn: readDependsOn(name, raw, reader),
    ...readDeletionPolicy(name, raw, reader),
    ...(externalId && { externalId, deletionPolicy: 'Retain' }),
    ...(properties && { properties }),
    ...(metadata && { metadata }),
    ...(updatePolicy && { updatePolicy }),
    ...(condition && { condition }),
    ...(typeof description === 'string' && { description }),
  }
}

interface Field {
  readonly key: string | undefined
  readonly reader: SectionReader
}

/** One of the fields of a resource, as it was written. */
interface WrittenField {
  readonly name: string
  readonly key: string
  readonly value: Json
}

function complain(
  { version, words, problems }: SectionReader,
  { name, key, value }: WrittenField,
  message: string,
): void {
  problems.push({
    ...invalid('InvalidResource', `Resource ${name} ${key} ${message}`, [words.resources, name, key]),
    offends: 'value',
    ...laterFunction(value, version),
  })
}

/** A map, or a function that gives one. */
function readField(name: string, raw: JsonMap, { key, reader }: Field): Expression | undefined {
  const value = own(raw, key)
  if (key === undefined || value === undefined) return undefined
  if (isJsonMap(value)) return readValue(value, [reader.words.resources, name, key], reader)
  complain(reader, { name, key, value }, 'type must be object')
  return undefined
}

function readExternalId(name: string, raw: JsonMap, reader: SectionReader): Expression | undefined {
  const key = reader.words.resource.externalId
  const value = own(raw, key)
  if (key === undefined || value === undefined) return undefined
  const id = readValue(value, [reader.words.resources, name, key], reader)
  if (id.is === 'call' || typeof value === 'string') return id
  complain(reader, { name, key, value }, 'type must be string')
  return undefined
}

const conditionKinds = {
  hot: 'type must be string_or_boolean',
  cfn: 'type must be string or boolean',
} as const

function readConditionOf(name: string, raw: JsonMap, reader: SectionReader): Expression | undefined {
  const key = reader.words.resource.condition
  const value = own(raw, key)
  if (key === undefined || value === undefined) return undefined
  const condition = readCondition(value, [reader.words.resources, name, key], reader)
  if (condition.is === 'call' || typeof value === 'string' || typeof value === 'boolean') return condition
  complain(reader, { name, key, value }, conditionKinds[reader.version.type])
  return undefined
}

function readDependsOn(name: string, raw: JsonMap, reader: SectionReader): readonly string[] {
  const key = reader.words.resource.dependsOn
  const value = own(raw, key)
  if (value === undefined) return []
  if (typeof value === 'string') return [value]
  if (!Array.isArray(value)) {
    complain(reader, { name, key, value }, 'type must be list or string')
    return []
  }
  const names = value.filter((one: Json): one is string => typeof one === 'string')
  if (names.length < value.length) complain(reader, { name, key, value }, 'must be a list of strings')
  return names
}

function readDeletionPolicy(
  name: string,
  raw: JsonMap,
  reader: SectionReader,
): Pick<ResourceDefinition, 'deletionPolicy' | 'deletionPolicyCall'> {
  const key = reader.words.resource.deletionPolicy
  const value = own(raw, key)
  if (value === undefined) return { deletionPolicy: 'Delete' }
  const path = [reader.words.resources, name, key]
  const policy = readValue(value, path, reader)
  if (policy.is === 'call') return { deletionPolicy: 'Delete', deletionPolicyCall: policy }
  if (typeof value !== 'string') complain(reader, { name, key, value }, 'type must be string')
  const known = deletionPolicy(value, reader.version.deletionPolicies)
  if (known !== undefined) return { deletionPolicy: known }
  if (typeof value !== 'string') return { deletionPolicy: 'Delete' }
  const problem = invalid('InvalidDeletionPolicy', `Invalid deletion policy "${wordOf(value)}"`, path)
  const policies = ({ deletionPolicies }: Version) =>
    Object.fromEntries(Object.keys(deletionPolicies).map((word) => [word, word]))
  reader.problems.push(stranger(problem, wordOf(value), reader.version, policies))
  return { deletionPolicy: 'Delete' }
}

/** The deletion policy that a version means by a word. */
export function deletionPolicy(
  word: unknown,
  policies: Readonly<Record<string, DeletionPolicy>>,
): DeletionPolicy | undefined {
  return typeof word === 'string' ? own(policies, word) : undefined
}
