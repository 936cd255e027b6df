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
export function facadeProblems(
  type: string,
  { facade, provider, path }: Replacement,
): readonly TemplateProblem[] {
  if (facade === undefined) return []
  const wanted = Object.entries(facade.properties).map(([name, field]) =>
    mismatch(name, field, provider.properties[name]),
  )
  const demanded = Object.entries(provider.properties).map(
    ([name, { options }]) =>
      options.required &&
      !Object.hasOwn(facade.properties, name) &&
      `Provider requires property ${name} unknown in facade TYPE`,
  )
  const given = Object.keys(facade.attributes).map(
    (name) =>
      name !== 'show' &&
      !Object.hasOwn(provider.attributes, name) &&
      `Attribute ${name} for facade TYPE missing in provider`,
  )
  return [...wanted, ...demanded, ...given]
    .filter((message) => typeof message === 'string')
    .map((message) => ({ code: 'FacadeMismatch', message: message.replace('TYPE', () => type), path }))
}

function mismatch(name: string, field: Field, provided: Field | undefined): string | false {
  if (provided === undefined) {
    return field.options.required === true && `Required property ${name} for facade TYPE missing in provider`
  }
  if (kindAsParameter(field) === provided.kind) return false
  return `Property ${name} type mismatch between facade TYPE (${nameOf(field.kind)}) and provider (${nameOf(provided.kind)})`
}

/** Parameters know no integers, and a property of any kind has no parameter type of its own. */
const kindAsParameter = ({ kind }: Field): Kind => (kind === 'integer' ? 'number' : kind)

const nameOf = (kind: Kind): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
