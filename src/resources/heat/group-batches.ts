import { isMap, sameJson } from '../../base/json.ts'
import type { ChildTemplate } from '../../plugin/index.ts'
import { type GroupContext, type Members, removedNote } from './group-members.ts'

type Definitions = Readonly<Record<string, unknown>>

interface Batching {
  readonly size: number
  readonly pauseSeconds: number
  readonly minInService: number
}

const phaseNote = 'batching'

/** The template that a group's child stack gets next: all members at once, or so many at a time as its policy says. */
export function nextBatch(context: GroupContext, members: Members): ChildTemplate {
  const present = definitionsIn(context.before)
  const creating = context.before === undefined || context.notes.get(phaseNote) === 'create'
  const batching = batchingOf(context, creating ? 'batch_create' : 'rolling_update')
  if (batching === undefined) return whole(members)
  if (creating) return growing(members, present, batching)
  if (!Object.keys(present).some((name) => isOutdated(members, present, name))) return whole(members)
  checkTime(context, members, batching)
  return rolling(members, present, batching)
}

function batchingOf(
  { updatePolicy }: GroupContext,
  policy: 'batch_create' | 'rolling_update',
): Batching | undefined {
  const said = updatePolicy[policy]
  if (!isMap(said)) return undefined
  const number = (key: string, byDefault: number): number => Number(said[key] ?? byDefault)
  return {
    size: Math.max(1, number('max_batch_size', 1)),
    pauseSeconds: number('pause_time', 0),
    minInService: number('min_in_service', 0),
  }
}

const definitionsIn = (template: Definitions | undefined): Definitions =>
  isMap(template?.resources) ? template.resources : {}

function whole(members: Members): ChildTemplate {
  const names = members.names(members.count)
  return made(members, Object.fromEntries(names.map((name) => [name, members.define(name)])))
}

function made(
  members: Members,
  resources: Definitions,
  more?: { pauseSeconds: number },
  phase = '',
): ChildTemplate {
  return {
    template: { heat_template_version: '2015-04-30', resources },
    notes: { [removedNote]: members.removed.join(','), [phaseNote]: phase },
    ...(more && { more }),
  }
}

function growing(members: Members, present: Definitions, { size, pauseSeconds }: Batching): ChildTemplate {
  const names = members.names(Math.min(members.count, Object.keys(present).length + size))
  if (names.length >= members.count) return whole(members)
  return made(
    members,
    Object.fromEntries(names.map((name) => [name, members.define(name)])),
    { pauseSeconds },
    'create',
  )
}

const isOutdated = (members: Members, present: Definitions, name: string): boolean =>
  !sameJson(present[name], members.define(name))

/** One batch of a rolling update. Members beyond the count may be lent, so that enough of them stay in service. */
function rolling(
  members: Members,
  present: Definitions,
  { size, pauseSeconds, minInService }: Batching,
): ChildTemplate {
  const current = Object.keys(present).length
  // Members that are only lent don't count.
  const own = members.names(members.count)
  const updated = own.filter(
    (name) => Object.hasOwn(present, name) && !isOutdated(members, present, name),
  ).length
  const batch = Math.min(size, Math.max(members.count - updated, 0))
  const kept = Math.min(minInService, members.count, current)
  const capacity = batch + Math.max(Math.min(current, members.count - batch), kept)
  const names = members.names(capacity)
  const fresh = names.filter((name) => !Object.hasOwn(present, name))
  const outdated = own
    .filter((name) => Object.hasOwn(present, name) && isOutdated(members, present, name))
    .reverse()
  const chosen = new Set([...fresh, ...outdated.slice(0, Math.max(0, batch - fresh.length))])
  const resources = names.map((name) => [name, chosen.has(name) ? members.define(name) : present[name]])
  return made(members, Object.fromEntries(resources), { pauseSeconds })
}

/** An update that would pause longer than the stack has time is refused before it begins. */
function checkTime(
  { timeoutSeconds }: GroupContext,
  members: Members,
  { size, pauseSeconds }: Batching,
): void {
  const pauses = Math.ceil(members.count / size) - 1
  if (pauses * pauseSeconds < timeoutSeconds) return
  const error = new Error('The current update policy will result in stack update timeout.')
  error.name = 'ValueError'
  throw error
}
