import { isMap, type JsonMap } from '../../base/json.ts'
import type { AnyType } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { evaluateExternalId, type StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import type { EngineParts } from '../parts.ts'

/** Under which key a nested resource keeps the document that its child is to be adopted from, until there is the child. */
export const adoptedSecret = 'adopted'

interface Seeding {
  readonly stackId: string
  readonly templateId: string
  readonly definition: StackDefinition
  /** What the document of an abandoned stack says of its resources. */
  readonly resources: JsonMap
}

/**
 * What is known of the resources of a stack that is to be adopted, before any of them is looked at. They are nobody's yet, so
 * that a deletion leaves their objects alone.
 */
export function seedsOf(
  { newId, clock, registry }: Pick<EngineParts, 'newId' | 'clock' | 'registry'>,
  { stackId, templateId, definition, resources }: Seeding,
): readonly ResourceRow[] {
  const now = clock.now()
  return [...definition.resources.values()].flatMap((resource) => {
    const { name, type } = resource
    const said = Object.hasOwn(resources, name) ? resources[name] : undefined
    if (!isMap(said)) return []
    const kind = typeOf(definition, resource, registry)
    const { resource_id: physicalId, metadata, resource_data: data } = said
    // A nested resource is given a stack of its own, whatever is said of another.
    const mayBeSaid = kind?.is !== 'nested' && !isExternal(definition, name)
    const isGiven = typeof physicalId === 'string' && physicalId !== '' && mayBeSaid
    return [
      {
        id: newId(),
        stackId,
        name,
        type,
        physicalId: isGiven ? physicalId : null,
        external: false,
        action: 'INIT',
        status: 'COMPLETE',
        statusReason: '',
        properties: null,
        sealed: definition.usesHidden(name),
        metadata: isMap(metadata) ? (metadata as JsonMap) : {},
        attributes: {},
        reference: null,
        deletionPolicy: 'Retain',
        ...known(kind, { said, data: textsIn(data) }),
        needs: definition.needs.get(name) ?? [],
        templateId,
        replaces: null,
        replacedBy: null,
        intent: null,
        createdAt: now,
        updatedAt: now,
      } satisfies ResourceRow,
    ]
  })
}

/** What the template only looks at was never the abandoned stack's own, and is looked at again by what the template says. */
const isExternal = (definition: StackDefinition, name: string): boolean =>
  evaluateExternalId(definition, name, { reference: () => 'later', attribute: () => 'later' }) !== undefined

interface Said {
  readonly said: Readonly<Record<string, unknown>>
  readonly data: Texts
}

/** What a resource goes on to keep for itself. */
function known(kind: AnyType | undefined, { said, data }: Said): Pick<ResourceRow, 'notes' | 'secrets'> {
  if (kind?.is === 'nested') {
    const told = Object.entries(data).filter(([key]) => kind.told?.includes(key))
    return { notes: Object.fromEntries(told), secrets: childIn(said) }
  }
  // Which of it is a secret, nobody said.
  return { notes: {}, secrets: { ...(kind?.data?.read ?? unchanged)(data), ...childIn(said) } }
}

const unchanged = (data: Texts): Texts => data

type Texts = Readonly<Record<string, string>>

function textsIn(data: unknown): Readonly<Record<string, string>> {
  if (!isMap(data)) return {}
  const texts = Object.entries(data).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.fromEntries(texts)
}

const childIn = ({ resources }: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  isMap(resources) ? { [adoptedSecret]: JSON.stringify(resources) } : {}
