import type { AnyType } from '../../src/plugin/index.ts'
import { allTypes } from '../../src/resources/index.ts'
import type { Field } from '../../src/schema/index.ts'
import { fieldList } from './fields.ts'

const folder = 'resource-types'

/** A page for each resource type, and one that lists them. */
export function resourceTypePages(): readonly (readonly [path: string, text: string])[] {
  const sorted = [...allTypes]
    .filter(({ support }) => support !== 'HIDDEN')
    .sort((a, b) => (a.type < b.type ? -1 : 1))
  const list = sorted
    .map(({ type, summary }) => `- [${type}](${folder}/${pageOf(type)}): ${summary}\n`)
    .join('')
  return [
    ['resource-types.md', `# Resource types\n\n${list}`],
    ...sorted.map((one) => [`${folder}/${pageOf(one.type)}`, page(one)] as const),
  ]
}

const pageOf = (type: string): string => `${type.replaceAll('::', '-')}.md`

function page(type: AnyType): string {
  const { properties, attributes } = type
  return [
    `# ${type.type}`,
    [type.summary, ...notesOf(type)].join(' '),
    '## Properties',
    sectionOf(fieldList(properties, { changes: true })),
    ...replacementWords(Object.values(properties)),
    '## Attributes',
    sectionOf(fieldList({ ...attributes, ...showOf(type) })),
    ...(type.is === 'nested' && type.updatePolicy
      ? ['## update_policy', fieldList(type.updatePolicy).trimEnd()]
      : []),
  ]
    .join('\n\n')
    .concat('\n')
}

const sectionOf = (list: string): string => (list === '' ? 'None.' : list.trimEnd())

function replacementWords(fields: readonly Field[]): readonly string[] {
  const replacing = fields.filter(({ options }) => !options.updatable && !options.immutable)
  if (replacing.length === 0) return []
  return [
    `A change of any ${replacing.length < fields.length ? 'other property' : 'property'} replaces the resource.`,
  ]
}

function notesOf(type: AnyType): readonly string[] {
  return [
    ...(type.since === undefined ? [] : [`Since ${type.since}.`]),
    ...(type.support === undefined || type.support === 'SUPPORTED' ? [] : [`${type.support}.`]),
    ...(type.is === 'nested' ? ['Its resources are those of a stack of its own.'] : []),
    ...(type.open ? ['It takes any property and gives any attribute.'] : []),
  ]
}

/** What every object that lives in a cloud can be asked for besides. */
const showOf = (type: AnyType) =>
  type.is === 'resource' && type.lives
    ? { show: { kind: 'map', description: 'Everything the cloud tells of it.', options: {} } as const }
    : {}
