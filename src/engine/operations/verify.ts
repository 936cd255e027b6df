import { Problem } from '../../base/problem.ts'
import { isCloudError, wordsOf } from '../../cloud/error.ts'
import type { AnyService, CloudFinder, Session } from '../../cloud/service.ts'
import { RequestLimitExceeded, ResourceTypeUnavailable, Unavailable } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import { formats, momentIn, nearest, type Shape, told, UNKNOWN } from '../../schema/index.ts'
import type { StackRow } from '../../store/rows.ts'
import {
  evaluateProperties,
  pathText,
  placed,
  type StackDefinition,
  suggestion,
  type TemplateProblem,
  type World,
  withoutSecrets,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { inCloud } from '../definition/zones.ts'
import { lookupsIn, readProperties } from '../lifecycle/properties.ts'
import type { EngineParts } from '../parts.ts'
import { refuseIf } from './refuse.ts'
import { refusedAtOnce } from './verify-at-once.ts'
import { missingExternals } from './verify-external.ts'

const unknownWorld: World = { reference: () => UNKNOWN, attribute: () => UNKNOWN }

/** Checks a stack against the clouds: its services are there, and what it names exists. Refuses it with all that is amiss. */
export async function verifyStack(
  parts: EngineParts,
  caller: Caller,
  { stack, definition: wanted }: { readonly stack: StackRow; readonly definition: StackDefinition },
): Promise<void> {
  const session = parts.access.forCaller(caller)
  const definition = await inCloud(parts, session, wanted)
  checkSize(parts, definition)
  await checkServices(parts, definition, session)
  const sought = [...parameterLookups(parts, definition), ...propertyLookups(parts, definition)]
  const answers = new Map<string, Promise<string | undefined>>()
  const problems = await Promise.all(
    sought.map(async ({ finder, value, path, say }): Promise<TemplateProblem | undefined> => {
      const key = `${finder.name} ${value}`
      const asked = answers.get(key) ?? refusalOf(finder, session, value)
      answers.set(key, asked)
      const refusal = await asked
      return refusal === undefined ? undefined : { code: 'ConstraintBroken', path, message: say(refusal) }
    }),
  )
  const found = [
    ...unknownConstraints(parts, definition),
    ...expired(parts, definition),
    ...(await missingExternals(parts, { definition, session, world: unknownWorld })),
    ...(await refusedAtOnce(parts, caller, { stack, definition, world: unknownWorld })),
    ...problems.filter((one) => one !== undefined),
  ]
  refuseIf(placed(withoutSecrets(found, definition.parameters), definition.template))
}

function checkSize({ options }: EngineParts, { resources }: StackDefinition): void {
  const most = options.maxResourcesPerStack
  if (most >= 0 && resources.size > most)
    throw RequestLimitExceeded({ message: 'Maximum resources per stack exceeded.' })
}

/** Refuses a stack with resources of services that are not there. */
export async function checkServices(
  { registry }: EngineParts,
  definition: StackDefinition,
  session: Session,
): Promise<void> {
  const used = new Map<AnyService, string>()
  for (const resource of definition.resources.values()) {
    const type = typeOf(definition, resource, registry)
    if (type?.is !== 'resource') continue
    for (const service of Object.values(type.uses as Readonly<Record<string, AnyService>>)) {
      if (!used.has(service)) used.set(service, type.type)
    }
  }
  for (const [service, type] of used) {
    if (await reachable(session.offers(service.types))) continue
    const reason = `${service.name} ${service.types[0]} endpoint is not in service catalog.`
    throw ResourceTypeUnavailable({ service: service.name, type, reason })
  }
}

async function reachable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isCloudError(error, 'unavailable')) throw Unavailable({ message: wordsOf(error) })
    throw error
  }
}

interface Sought {
  readonly finder: CloudFinder
  readonly value: string
  readonly path: readonly (string | number)[]
  readonly say: (refusal: string) => string
}

/** A constraint that nobody knows lets no value through. */
function unknownConstraints(
  { finders }: EngineParts,
  { parameters }: StackDefinition,
): readonly TemplateProblem[] {
  return [...parameters].flatMap(([name, { value, declaration }]) =>
    declaration.constraints.flatMap((constraint): readonly TemplateProblem[] => {
      if (constraint.is !== 'custom_constraint') return []
      const { name: wanted, description } = constraint
      if (finders.has(wanted) || Object.hasOwn(formats, wanted)) return []
      const options = declaration.hidden ? { secret: true as const } : {}
      const said = `"${told(value, options)}" does not validate ${wanted} (constraint not found)`
      return [
        {
          code: 'ConstraintBroken',
          path: ['parameters', name],
          message: `Parameter '${name}' is invalid: ${description ?? said}`,
          ...hintAbout(wanted, [...finders.keys(), ...Object.keys(formats)]),
        },
      ]
    }),
  )
}

/** The parameters that should say when something ends, and say a moment that is over. */
function expired({ clock }: EngineParts, { parameters }: StackDefinition): readonly TemplateProblem[] {
  return [...parameters].flatMap(
    ([
      name,
      {
        value,
        declaration: { constraints, hidden },
      },
    ]) => {
      const rule = constraints.find((one) => one.is === 'custom_constraint' && one.name === 'expiration')
      const end = momentIn(String(value).trim())
      if (rule === undefined || end === undefined || end > clock.now()) return []
      const seen = told(value, hidden ? { secret: true } : {})
      const said = `Error validating value '${seen}': Expiration ${seen} is invalid: Expiration time is out of date.`
      const message = `Parameter '${name}' is invalid: ${rule.description ?? said}`
      return [{ code: 'ConstraintBroken', path: ['parameters', name], message }]
    },
  )
}

function hintAbout(wanted: string, known: readonly string[]) {
  const meant = nearest(wanted, known)
  if (meant !== undefined) return suggestion(meant)
  return {
    hint: 'There is no such custom constraint here: Heat may have one that asks a service which Hearth does not know yet',
  }
}

function parameterLookups({ finders }: EngineParts, definition: StackDefinition): readonly Sought[] {
  return [...definition.parameters].flatMap(([name, { value, declaration }]) =>
    declaration.constraints.flatMap((constraint) => {
      const finder = constraint.is === 'custom_constraint' ? finders.get(constraint.name) : undefined
      if (finder === undefined) return []
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      const say = (refusal: string) => `Parameter '${name}' is invalid: ${constraint.description ?? refusal}`
      return values.flatMap((one) =>
        typeof one === 'string' && one !== ''
          ? [{ finder, value: one, path: ['parameters', name], say }]
          : [],
      )
    }),
  )
}

function propertyLookups({ registry }: EngineParts, definition: StackDefinition): readonly Sought[] {
  return [...definition.resources.values()].flatMap((resource) => {
    const type = typeOf(definition, resource, registry)
    if (type?.is !== 'resource' || resource.externalId !== undefined) return []
    const { values } = readProperties(
      type,
      resource.name,
      evaluateProperties(definition, resource.name, unknownWorld),
    )
    return lookupsIn(type.properties as Shape, values).map(({ finder, value, path }) => {
      const place = ['resources', resource.name, 'properties', ...path]
      return {
        finder,
        value,
        path: place,
        say: (refusal: string) => `Property error: ${pathText(place)}: ${refusal}`,
      }
    })
  })
}

async function refusalOf(finder: CloudFinder, session: Session, value: string): Promise<string | undefined> {
  try {
    await finder.lookup(session, value)
    return undefined
  } catch (error) {
    if (!isCloudError(error)) throw error
    if (error.kind === 'unavailable') throw Unavailable({ message: wordsOf(error) })
    if (error.kind === 'unauthorized')
      throw new Problem('Unauthorized', 'Authentication required', { status: 401, cause: error })
    return `Error validating value '${value}': ${error.message}`
  }
}
