import type { JsonMap } from '../../base/json.ts'
import type { StackIdentity } from '../../contract/views.ts'
import type { ResourceRow, StackRow } from '../../store/index.ts'
import type { EventRecord } from '../../store/tables.ts'
import { anna, type Scenario } from '../scenario.ts'
import { resourceIn, type Thing } from '../yard.ts'
import { outsideId } from './story.ts'
import { secretValue } from './templates.ts'
import { isAside } from './told-laws.ts'

/** A stack's whole tree as it is recorded. */
export interface Tree {
  readonly stacks: readonly StackRow[]
  readonly rows: readonly ResourceRow[]
  /** What its snapshots say, as text. */
  readonly snapshots: string
}

export async function treeOf({ store }: Scenario, rootId: string): Promise<Tree> {
  const stacks = await store.tree(rootId)
  const rows = (await Promise.all(stacks.map(({ id }) => store.resources(id)))).flat()
  const snapshots = await Promise.all(stacks.map(({ id }) => store.snapshots(id)))
  return { stacks, rows, snapshots: JSON.stringify(snapshots) }
}

/** That every stack has come to an end. */
export function unended({ stacks }: Tree): readonly string[] {
  return stacks
    .filter(({ status }) => status === 'IN_PROGRESS')
    .map(({ name, action, status }) => `the stack ${name} stays ${action}_${status}`)
}

/** What may be otherwise than it is in the end. */
export interface Leniency {
  /** Nothing failed, so that nothing is left to look for. */
  readonly sound: boolean
  /** Whether a thing of that ID may be nobody's: it was left by an abandoned stack. */
  readonly isLeft: (id: string) => boolean
}

/** That each thing in the yard belongs to one resource, and each recorded one is there. */
export function wrongOwners(
  play: Scenario,
  trees: readonly Tree[],
  { sound, isLeft }: Leniency,
): readonly string[] {
  const rows = trees.flatMap((tree) => tree.rows).filter(({ type }) => type.startsWith('Test::'))
  const owned = rows.filter(({ external }) => !external).flatMap(idsOf)
  const doubles = owned.filter((id, index) => owned.indexOf(id) !== index)
  const noted = JSON.stringify([trees.map(({ snapshots }) => snapshots), rows.map(({ notes }) => notes)])
  // What a snapshot made is known by its ID, or by its mark as long as it is in doubt.
  const isCopy = ({ id, mark }: Thing) =>
    typeof mark === 'string' &&
    (noted.includes(id) || noted.includes(mark) || noted.includes(mark.split('.')[0] ?? ''))
  const nobodys = (one: Thing) =>
    !owned.includes(one.id) && one.id !== outsideId && !isCopy(one) && !isLeft(one.id)
  const orphans = play.yard.things.filter(nobodys)
  const there = new Set(play.yard.things.map(({ id }) => id))
  const missing = owned.filter((id) => !there.has(id))
  return [
    ...doubles.map((id) => `the thing ${id} belongs to two resources`),
    ...orphans
      .filter((one) => mayNot(one, rows, sound))
      .map((one) => `${one.name} (${one.id}, ${one.status}) is nobody's`),
    ...(sound ? missing.map((id) => `${id} is recorded and not there`) : []),
    ...(there.has(outsideId) ? [] : ['the thing that was only adopted is gone']),
  ]
}

/** What is taken over has its notes among its secrets. */
export const idsOf = ({ physicalId, notes, secrets }: ResourceRow): readonly string[] =>
  [physicalId, notes.second ?? secrets.second].filter((id) => typeof id === 'string')

/** What a deletion retained may stay, and what a failed resource still has in mind to look for. */
function mayNot(thing: Thing, rows: readonly ResourceRow[], sound: boolean): boolean {
  const name = resourceIn(thing.name)
  if (name === 'kept') return false
  if (sound) return true
  const own = rows.filter((row) => row.name === name || thing.name === '')
  return !own.some(({ intent, notes }) => intent !== null || Object.keys(notes).length > 0)
}

/** That nothing of a complete stack is unfinished. */
export function restless({ rows }: Tree): readonly string[] {
  return rows
    .filter(
      ({ status, intent, replaces, replacedBy }) =>
        status !== 'COMPLETE' || intent !== null || replaces !== null || replacedBy !== null,
    )
    .map(({ name, action, status, intent }) => `${name} is ${action}_${status} ${JSON.stringify(intent)}`)
}

/** What a stack is, in words that are the same for every stack of its template. */
export async function looksOf(
  play: Scenario,
  stack: StackIdentity,
): Promise<Readonly<Record<string, string>>> {
  const { stacks, rows } = await treeOf(play, stack.id)
  const names = new Map<string, string>()
  const paths = pathsOf(stacks)
  for (const row of rows) {
    const path = `${paths.get(row.stackId)}/${row.name}`
    for (const id of [...idsOf(row), row.id]) names.set(id, path)
  }
  const plain = (value: unknown): string =>
    JSON.stringify(value).replaceAll(
      /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/g,
      (id) => names.get(id) ?? 'some ID',
    )
  const things = new Map(play.yard.things.map((one) => [one.id, one]))
  const looks = rows.map((row) => {
    const { name, type, deletionPolicy, metadata, properties, needs } = row
    const live = idsOf(row).map((id) => looksOfThing(things.get(id)))
    const recorded = { type, deletionPolicy, metadata, properties, needs: [...needs].sort() }
    return [`${paths.get(row.stackId)}/${name}`, plain({ ...recorded, live })] as const
  })
  const { outputs } = await play.clock.until(play.calls.showStack(anna, { stack, resolveOutputs: true }))
  return { ...Object.fromEntries(looks.sort()), outputs: plain(outputs) }
}

function pathsOf(stacks: readonly StackRow[]): ReadonlyMap<string, string> {
  const byId = new Map(stacks.map((one) => [one.id, one]))
  const pathOf = ({ parentId, parentResourceName }: StackRow): string => {
    const parent = parentId === null ? undefined : byId.get(parentId)
    return parent === undefined ? '' : `${pathOf(parent)}/${parentResourceName}`
  }
  return new Map(stacks.map((one) => [one.id, pathOf(one)]))
}

function looksOfThing(thing: Thing | undefined): JsonMap | undefined {
  if (thing === undefined) return undefined
  const { id: _id, name: _name, created_at: _at, other: _other, ...rest } = thing
  const entries = Object.entries(rest).filter(([, value]) => value !== null && value !== undefined)
  return Object.fromEntries(entries.sort()) as JsonMap
}

/** Where two stacks look different that should look alike. */
export function differences(
  stack: Readonly<Record<string, string>>,
  fresh: Readonly<Record<string, string>>,
): readonly string[] {
  return [...new Set([...Object.keys(stack), ...Object.keys(fresh)])]
    .filter((name) => stack[name] !== fresh[name])
    .map((name) => `${name} is ${stack[name] ?? 'not there'}, and fresh it is ${fresh[name] ?? 'not there'}`)
}

/** That what happened to each resource, and to each stack, can have happened: nothing ends that was not begun. */
export function impossibleEvents(events: readonly EventRecord[]): readonly string[] {
  const begun = new Map<string, number>()
  const wrong: string[] = []
  for (const event of events) {
    const { stack_id, resource_name, action, status, status_reason } = event
    const key = `${stack_id} ${resource_name} ${action}`
    if (status_reason.includes(secretValue))
      wrong.push(`the secret is told: ${resource_name} ${status_reason}`)
    if (isAside(event)) continue
    if (status === 'IN_PROGRESS') begun.set(key, (begun.get(key) ?? 0) + 1)
    // Of what can't be checked nothing else is told.
    if (status !== 'COMPLETE' || status_reason.includes('not supported')) continue
    const left = (begun.get(key) ?? 0) - 1
    begun.set(key, left)
    if (left < 0) wrong.push(`${resource_name} is ${action}_${status} more often than it was begun`)
  }
  return wrong
}
