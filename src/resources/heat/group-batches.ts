import { isMap, sameJson } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
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
  if (creating) {
    checkTime(context, members, { ...batching, present: 0 })
    return growing(members, present, batching)
  }
  const removed = new Set(members.removed)
  const staying = Object.fromEntries(Object.entries(present).filter(([name]) => !removed.has(name)))
  const isOld = Object.keys(staying).some((name) => isOutdated(members, staying, name))
  const isFull = Object.keys(staying).length === members.count
  if (!isOld && (isFull || !isRedefined(context))) return whole(members)
  checkTime(context, members, { ...batching, present: Object.keys(staying).length })
  return rolling(members, staying, { ...batching, failed: context.failed })
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
  { size, pauseSeconds, minInService, failed }: Batching & Pick<GroupContext, 'failed'>,
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
    // What has failed serves nobody, so it is changed before what does.
    .toSorted((a, b) => Number(failed.has(b)) - Number(failed.has(a)))
  const chosen = new Set([...fresh, ...outdated.slice(0, Math.max(0, batch - fresh.length))])
  const resources = Object.fromEntries(
    names.map((name) => [name, chosen.has(name) ? members.define(name) : present[name]]),
  )
  const isLast = names.length === members.count && !names.some((name) => isOutdated(members, resources, name))
  return made(members, resources, isLast ? undefined : { pauseSeconds })
}

/** Whether the members are to be something else than what they were last brought to. */
const isRedefined = ({ applied, props }: GroupContext): boolean =>
  applied.resource_def !== undefined && !sameJson(applied.resource_def, props.resource_def)

/** What would pause longer than the stack has time is refused before it begins. */
function checkTime(
  { timeoutSeconds }: GroupContext,
  { count }: Members,
  batching: Batching & { readonly present: number },
): void {
  const pauses = Math.max(0, batchesTo(count, batching) - 1)
  if (pauses * batching.pauseSeconds < timeoutSeconds) return
  throw failure('ValueError', 'The current update policy will result in stack update timeout.')
}

/** How many batches it takes until all members are new. */
function batchesTo(count: number, { present, size, minInService }: Batching & { present: number }): number {
  let [current, updated, batches] = [present, 0, 0]
  while (!(updated >= current && current === count)) {
    const batch = Math.min(size, Math.max(count - updated, 0))
    const capacity =
      batch + Math.max(Math.min(current, count - batch), Math.min(minInService, count, current))
    updated += batch - Math.max(capacity - Math.max(current, count), 0)
    current = capacity
    batches++
  }
  return batches
}
