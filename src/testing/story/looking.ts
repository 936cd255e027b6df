import { sameJson } from '../../base/json.ts'
import { hookNames } from '../../engine/lifecycle/hooks.ts'
import type { ResourceRow } from '../../store/index.ts'
import { resourceIn, type Thing } from '../yard.ts'
import { readResource } from './read-resource.ts'
import { type CarryOut, type Phrase, stackOf, type Telling } from './telling.ts'

function claim(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(otherwise)
}

const nameOf = ({ name }: Pick<Thing, 'name'>): string => (name === '' ? 'nameless' : resourceIn(name))

const ends: CarryOut = async (telling, { stack = '', state = '', words = '' }) => {
  const { play } = telling
  const row = await play.settled(stackOf(telling, stack))
  const now = `${row.action}_${row.status}`
  claim(now === state, `it is ${now}: ${row.statusReason}`)
  claim(row.statusReason.includes(words), `it says: ${row.statusReason}`)
}

const remember: CarryOut = (telling) => {
  telling.before = new Map(telling.play.yard.things.map((one) => [nameOf(one), one]))
}

/** That the yard holds what is said, and nothing else; of each thing only what is said counts. */
const thereAre: CarryOut = ({ play }, _said, block) => {
  const there = [...play.yard.things]
  for (const line of block) {
    const index = there.findIndex((thing) => isLike(play.yard.things, thing, line))
    const alike = play.yard.things.map((one) => `${nameOf(one)} ${JSON.stringify(one)}`).join('\n')
    claim(index >= 0, `there is no ${line} among\n${alike}`)
    there.splice(index, 1)
  }
  claim(
    there.length === 0,
    `there are more: ${there.map((one) => `${nameOf(one)} ${one.status}`).join(', ')}`,
  )
}

function isLike(all: readonly Thing[], thing: Thing, line: string): boolean {
  const [name, { properties }] = readResource(line)
  if (nameOf(thing) !== name) return false
  const {
    base = [],
    follows: _after,
    ...rest
  } = properties as {
    base?: readonly { get_resource: string }[]
    follows?: unknown
  }
  const bases = thing.base.map((id) => all.find((one) => one.id === id)).map((one) => one && nameOf(one))
  if (
    base.length > 0 &&
    !sameJson(
      bases,
      base.map((one) => one.get_resource),
    )
  )
    return false
  return Object.entries(rest).every(([key, value]) => sameJson(thing[key], value))
}

const counts: Readonly<Record<string, number>> = { never: 0, once: 1, twice: 2, 'three times': 3 }

const done: CarryOut = ({ play }, { resource = '', deed = '', count = 'once' }) => {
  const verb = { made: 'create', changed: 'update', deleted: 'delete' }[deed] ?? deed
  const found = play.yard.deeds.filter(
    (one) => one.startsWith(`${verb} `) && nameOf({ name: one.slice(7) }) === resource,
  )
  claim(found.length === (counts[count] ?? 1), `it was ${deed} ${found.length} times`)
}

const order: CarryOut = ({ play }, { first = '', second = '', firstDeed = 'made', secondDeed = 'made' }) => {
  const deeds = play.yard.deeds.map((one) => `${one.slice(0, 6)} ${nameOf({ name: one.slice(7) })}`)
  const verb = (deed: string) => (deed === 'made' ? 'create' : 'delete')
  const [a, b] = [
    deeds.lastIndexOf(`${verb(firstDeed)} ${first}`),
    deeds.lastIndexOf(`${verb(secondDeed)} ${second}`),
  ]
  claim(a >= 0 && b >= 0 && a < b, `it was not so: ${deeds.join(', ')}`)
}

const same: CarryOut = ({ play, before }, { resource = '', is }) => {
  const was = before.get(resource)?.id
  claim(was !== undefined, 'it was not there when it was last remembered')
  claim((play.yard.of(resource)?.id === was) === (is === 'the same'), `it is not ${is}`)
}

async function rowsOf(telling: Telling, resource: string): Promise<readonly ResourceRow[]> {
  const trees = await Promise.all([...telling.stacks.values()].map(({ id }) => telling.play.store.tree(id)))
  const rows = await Promise.all(trees.flat().map(({ id }) => telling.play.store.resources(id)))
  return rows.flat().filter(({ name }) => name === resource)
}

const once: CarryOut = async (telling, { resource = '', state = '' }) => {
  const { play } = telling
  const states: Readonly<Record<string, () => boolean | Promise<boolean>>> = {
    begun: async () => (await rowsOf(telling, resource)).some(({ status }) => status === 'IN_PROGRESS'),
    complete: async () =>
      (await rowsOf(telling, resource)).some(
        ({ action, status }) => action !== 'INIT' && status === 'COMPLETE',
      ),
    waiting: async () => (await rowsOf(telling, resource)).some(isWaiting),
    there: () => play.yard.of(resource) !== undefined,
    gone: () => play.yard.of(resource) === undefined,
  }
  const isTrue = states[state]
  if (isTrue !== undefined) await play.when(isTrue)
}

/** Whether it waits to be told something, or at a hook. */
const isWaiting = ({ notes }: ResourceRow): boolean =>
  ['waits since', ...hookNames].some((note) => notes[note] !== undefined)

const stateOf: CarryOut = async (telling, { resource = '', state = '', words = '' }) => {
  const rows = await rowsOf(telling, resource)
  const found = rows.map(({ action, status, statusReason }) => `${action}_${status}: ${statusReason}`)
  claim(
    found.some((one) => one.startsWith(state) && one.includes(words)),
    `it is ${found.join(', ')}`,
  )
}

const events: CarryOut = async (telling, { resource = '', stack = '', states = '' }) => {
  const all = await telling.play.events(stackOf(telling, stack))
  const own = all.filter((one) => one.startsWith(`${resource} `)).map((one) => one.slice(resource.length + 1))
  claim(own.join(', ') === states, `it went through ${own.join(', ')}`)
}

/** What holds at the end of every story: nothing in the wrong order, nothing nobody's, nothing IN_PROGRESS. */
const inOrder: CarryOut = async ({ play, stacks, left }) => {
  claim(play.yard.disorder.length === 0, play.yard.disorder.join('; '))
  const trees = await Promise.all([...stacks.values()].map(({ id }) => play.store.tree(id)))
  const underWay = trees.flat().filter(({ status }) => status === 'IN_PROGRESS')
  claim(underWay.length === 0, `${underWay.map(({ name, action }) => `${name} is ${action}_IN_PROGRESS`)}`)
  const rows = (await Promise.all(trees.flat().map(({ id }) => play.store.resources(id)))).flat()
  const owned = new Set(rows.flatMap(({ physicalId, notes }) => [physicalId, notes.second]))
  const orphans = play.yard.things.filter((one) => !owned.has(one.id) && !left.has(nameOf(one)))
  claim(
    orphans.length === 0,
    `${orphans.map(nameOf).join(', ')} ${orphans.length === 1 ? 'is' : 'are'} nobody's`,
  )
}

/** What can be seen. */
export const looking: readonly Phrase[] = [
  [/^(?<stack>\w+) ends as (?<state>[A-Z_]+)(?:: (?<words>.*))?$/, ends],
  [/^that is remembered$/, remember],
  [/^there (?:is|are)$/, thereAre],
  [/^there is nothing$/, (telling) => thereAre(telling, {}, [])],
  [/^(?<resource>\w+) was (?<count>never|once|twice|three times) (?<deed>made|changed|deleted)$/, done],
  [/^(?<resource>\w+) was (?<deed>made|changed|deleted) (?<count>once|twice|three times)$/, done],
  [
    /^(?<second>\w+) was (?<secondDeed>made|deleted) after (?<first>\w+) was (?<firstDeed>made|deleted)$/,
    order,
  ],
  [/^(?<resource>\w+) is (?<is>the same|another) as before$/, same],
  [/^(?<resource>\w+) is (?<state>[A-Z_]+)(?:: (?<words>.*))?$/, stateOf],
  [/^(?<resource>\w+) of (?<stack>\w+) went through (?<states>[A-Z_, ]+)$/, events],
  [/^once (?<resource>\w+) is (?<state>begun|complete|waiting|there|gone)$/, once],
  [/^(?<resource>\w+) may stay behind$/, ({ left }, { resource = '' }) => void left.add(resource)],
  [/^in the end all is in order$/, inOrder],
]
