import { limiter } from '../../base/limiter.ts'
import { abortable } from '../../cloud/abortable.ts'
import { isAway } from '../../cloud/error.ts'
import type { Session } from '../../cloud/service.ts'
import type { Caller } from '../../contract/views.ts'
import type { AnyResource } from '../../plugin/index.ts'
import { hasUnknown, type Shape } from '../../schema/index.ts'
import type { StackRow } from '../../store/rows.ts'
import {
  evaluateProperties,
  type StackDefinition,
  type TemplateProblem,
  type World,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { contextOf } from '../lifecycle/context.ts'
import { readProperties, resolveNames } from '../lifecycle/properties.ts'
import { Hold, type Site } from '../lifecycle/site.ts'
import { freshRow } from '../lifecycle/wanted.ts'
import type { EngineParts } from '../parts.ts'
import { onlookerSite } from './onlooker.ts'

/** How long whoever asks for a stack waits for this at most, and for how many resources clouds are asked at a time. */
const mostMs = 20_000
const mostAtATime = 8

interface Asked {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly world: World
}

/**
 * What is wrong with the resources that their types verify at once, as far as their properties are known. Of what can't be
 * told in time nothing is said: it is verified again when its turn comes.
 */
export async function refusedAtOnce(
  parts: EngineParts,
  caller: Caller,
  { stack, definition, world }: Asked,
): Promise<readonly TemplateProblem[]> {
  const asked = verifiedIn(parts, definition)
  if (asked.length === 0) return []
  const [late, done] = [new AbortController(), new AbortController()]
  parts.clock.sleep(mostMs, done.signal).then(
    () => late.abort(),
    () => {},
  )
  const seen = onlookerSite(parts, caller, { stack, definition, rows: new Map() })
  const site = { ...seen, session: endingWith(seen.session, late.signal), signal: late.signal }
  const { run } = limiter(mostAtATime)
  try {
    const found = await Promise.all(asked.map((one) => run(() => refusalOf(site, world, one))))
    return found.filter((one) => one !== undefined)
  } finally {
    done.abort()
  }
}

interface Verified {
  readonly name: string
  readonly type: AnyResource
}

function verifiedIn({ registry }: EngineParts, definition: StackDefinition): readonly Verified[] {
  return [...definition.resources.values()].flatMap((resource) => {
    const type = typeOf(definition, resource, registry)
    const isAsked = type?.is === 'resource' && type.verifiedAtOnce && resource.externalId === undefined
    return isAsked ? [{ name: resource.name, type }] : []
  })
}

/** The same session, whose requests are given up with the signal. */
const endingWith = (session: Session, signal: AbortSignal): Session => ({
  ...session,
  request: (ask) => session.request({ signal, ...ask }),
})

async function refusalOf(
  site: Site,
  world: World,
  { name, type }: Verified,
): Promise<TemplateProblem | undefined> {
  const { definition, signal } = site
  const { values, faults } = readProperties(type, name, evaluateProperties(definition, name, world))
  if (faults.length > 0 || hasUnknown(values) || signal.aborted) return undefined
  const hold = new Hold(site, freshRow(site, name, []))
  const verify = async () =>
    await type.verify?.(
      contextOf(type, hold, await resolveNames(site, type.properties as Shape, values, true)),
    )
  try {
    await abortable(verify(), signal)
    return undefined
  } catch (error) {
    if (signal.aborted || isAway(error)) return undefined
    if (!(error instanceof Error) || error.name !== 'StackValidationFailed') throw error
    const { words } = definition.template.version
    return { code: 'ConstraintBroken', path: [words.resources, name], message: error.message }
  }
}
