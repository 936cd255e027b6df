import type { Field, Kind } from '../../schema/index.ts'
import type { TypeFacts } from '../catalog.ts'
import type { TemplatePath, TemplateProblem } from '../problem.ts'

/** A type that is known, and the template that the environment puts in its place. */
export interface Replacement {
  readonly facade: TypeFacts | undefined
  readonly provider: TypeFacts
  readonly path: TemplatePath
}

/** Why a template can't stand in for the resource type whose place it takes. */
export function facadeProblems(type: string, { facade, provider, path }: Replacement): readonly TemplateProblem[] {
  if (facade === undefined) return []
  const messages: string[] = []
  for (const [name, field] of Object.entries(facade.properties)) {
    const provided = provider.properties[name]
    if (provided === undefined) {
      if (field.options.required) messages.push(`Required property ${name} for facade ${type} missing in provider`)
    } else if (kindAsParameter(field) !== provided.kind) {
      messages.push(
        `Property ${name} type mismatch between facade ${type} (${nameOf(field.kind)}) and provider (${nameOf(provided.kind)})`,
      )
    }
  }
  for (const [name, field] of Object.entries(provider.properties)) {
    if (field.options.required && !Object.hasOwn(facade.properties, name)) {
      messages.push(`Provider requires property ${name} unknown in facade ${type}`)
    }
  }
  for (const name of Object.keys(facade.attributes)) {
    if (name !== 'show' && !Object.hasOwn(provider.attributes, name)) {
      messages.push(`Attribute ${name} for facade ${type} missing in provider`)
    }
  }
  return messages.map((message) => ({ code: 'FacadeMismatch', message, path }))
}

/** Parameters know no integers, and a property of any kind has no parameter type of its own. */
const kindAsParameter = ({ kind }: Field): Kind => (kind === 'integer' ? 'number' : kind)

const nameOf = (kind: Kind): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
