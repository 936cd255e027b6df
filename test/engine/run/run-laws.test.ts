import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type Command,
  clearKey,
  type Goal,
  type Happening,
  type Leaving,
  makeKey,
  Run,
} from '../../../src/engine/run/run.ts'

/** A stack on its way from one template to another, and what chance makes of it. */
interface Story {
  readonly goal: Goal
  /** The wanted resources that are replaced when they are made. */
  readonly replaced: ReadonlySet<string>
  /** Which of what is under way ends next, and how. */
  readonly chances: readonly { readonly pick: number; readonly fails: boolean }[]
  /** After so many ends something else happens. */
  readonly interruption: { readonly after: number; readonly is: Happening } | undefined
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

/** Needs of each name among those before it in some order, so that they make no circle. */
const orderedNeeds = fc
  .tuple(fc.shuffledSubarray(names), fc.array(fc.nat(), { minLength: 7, maxLength: 7 }))
  .map(
    ([order, bits]) =>
      new Map(order.map((name, i) => [name, order.slice(0, i).filter((_, k) => ((bits[i] ?? 0) >> k) & 1)])),
  )

const anyNeeds = fc
  .tuple(fc.subarray(names), fc.array(fc.subarray(names), { minLength: 7, maxLength: 7 }))
  .map(([chosen, needs]) => new Map(chosen.map((name, i) => [name, needs[i] ?? []])))

const chances = fc.array(fc.record({ pick: fc.nat(), fails: fc.boolean() }), { minLength: 40, maxLength: 40 })

interface Shape {
  readonly wanted: ReadonlyMap<string, readonly string[]>
  readonly was: ReadonlyMap<string, readonly string[]>
  readonly replaced: readonly string[]
  readonly pairs: readonly string[]
}

/** Rows are what the stack was; some names have a second row left over from an earlier replacement. */
function goalOf({ wanted, was, pairs }: Shape): Goal {
  const recorded = new Map([...was].filter(([name]) => wanted.has(name)))
  const gone = [...was].filter(([name]) => !wanted.has(name))
  const leaving = [
    ...gone.map(([name, needs]) => ({ id: `${name}-row`, name, needs })),
    ...pairs
      .filter((name) => was.has(name))
      .map((name) => ({ id: `${name}-pair`, name, needs: was.get(name) ?? [] })),
  ]
  return { wanted, recorded, leaving }
}

const storyOf = (needs: fc.Arbitrary<Map<string, string[]>>, fails: boolean): fc.Arbitrary<Story> =>
  fc
    .record({
      wanted: orderedNeeds,
      was: needs,
      replaced: fc.subarray(names),
      pairs: fc.subarray(names),
      chances,
    })
    .map(({ chances: all, replaced, ...shape }) => ({
      goal: goalOf({ ...shape, replaced }),
      replaced: new Set(replaced),
      chances: fails
        ? all.map((one, i) => ({ ...one, fails: one.fails && i % 5 === 0 }))
        : all.map((one) => ({ ...one, fails: false })),
      interruption: undefined,
    }))

interface Told {
  readonly commands: readonly Command[]
  /** The keys of nodes in the order in which they began and ended well. */
  readonly log: readonly string[]
  readonly rows: ReadonlyMap<string, Leaving>
}

/** Plays a story to its end, and keeps the laws that hold for every one: nothing twice, and one end, which is the last. */
function play({ goal, replaced, chances: all, interruption }: Story): Told {
  const run = new Run(goal)
  const rows = new Map(goal.leaving.map((row) => [row.id, row]))
  const commands: Command[] = []
  const log: string[] = []
  const underWay: string[] = []
  const begun = new Set<string>()
  let ended = false

  function take(given: readonly Command[]): void {
    for (const command of given) {
      assert.ok(!ended, `${JSON.stringify(command)} after the end`)
      commands.push(command)
      if (command.do === 'end') {
        assert.equal(underWay.length, 0, 'ended while something was under way')
        ended = true
      } else if (command.do === 'make' || command.do === 'clear') {
        const key = command.do === 'make' ? makeKey(command.name) : clearKey(command.id)
        assert.ok(!begun.has(key), `${key} was begun twice`)
        begun.add(key)
        underWay.push(key)
        log.push(`begin ${key}`)
      }
    }
  }

  function end(key: string, fails: boolean): readonly Command[] {
    log.push(`${fails ? 'fail' : 'done'} ${key}`)
    if (fails) return run.on({ is: 'failed', node: key, reason: key })
    if (key.startsWith('clear:')) return run.on({ is: 'cleared', id: key.slice(6) })
    const name = key.slice(5)
    const needs = goal.recorded.get(name)
    if (!replaced.has(name) || needs === undefined) return run.on({ is: 'made', name })
    const row = { id: `${name}-old`, name, needs }
    rows.set(row.id, row)
    return run.on({ is: 'made', name, replaced: row })
  }

  take(run.begin())
  for (let i = 0; !ended; i++) {
    if (i === interruption?.after) {
      take(run.on(interruption.is))
      continue
    }
    const { pick = 0, fails = false } = all[i] ?? {}
    assert.ok(underWay.length > 0, 'nothing is under way, and it does not end')
    const [key = ''] = underWay.splice(pick % underWay.length, 1)
    take(end(key, fails))
  }
  return { commands, log, rows }
}

const at = (log: readonly string[], entry: string): number => log.indexOf(entry)

/** What began must have come after what it had to wait for. */
function assertAfter(log: readonly string[], later: string, earlier: string): void {
  const began = at(log, `begin ${later}`)
  if (began < 0) return
  const done = at(log, `done ${earlier}`)
  assert.ok(done >= 0 && done < began, `${later} began before ${earlier} was done`)
}

function assertOrder({ log, rows }: Told, { wanted, recorded }: Goal): void {
  for (const [name, needs] of wanted) {
    const there = needs.filter((need) => wanted.has(need))
    for (const need of there) assertAfter(log, makeKey(name), makeKey(need))
  }
  for (const { id, name } of rows.values()) {
    if (wanted.has(name)) assertAfter(log, clearKey(id), makeKey(name))
    const users = [...recorded].filter(([user, needs]) => needs.includes(name) && user !== name)
    for (const [user] of users) assertAfter(log, clearKey(id), makeKey(user))
    const others = [...rows.values()].filter((other) => other.needs.includes(name) && other.id !== id)
    for (const other of others) assertAfter(log, clearKey(id), clearKey(other.id))
  }
}

const runs = { numRuns: 400 }

describe('every run', () => {
  it('keeps the order of needs, making and clearing, and does all there is to do (§3)', () => {
    fc.assert(
      fc.property(storyOf(orderedNeeds, false), (story) => {
        const told = play(story)
        assertOrder(told, story.goal)
        assert.deepEqual(told.commands.at(-1), { do: 'end', as: 'complete', reason: '' })
        for (const name of story.goal.wanted.keys()) assert.ok(at(told.log, `done ${makeKey(name)}`) >= 0)
        for (const id of told.rows.keys()) assert.ok(at(told.log, `done ${clearKey(id)}`) >= 0)
      }),
      runs,
    )
  })

  it('keeps the order whatever fails, and ends with the first failure', () => {
    fc.assert(
      fc.property(storyOf(orderedNeeds, true), (story) => {
        const told = play(story)
        assertOrder(told, story.goal)
        const failure = told.log.find((entry) => entry.startsWith('fail '))?.slice(5)
        const as = failure === undefined ? 'complete' : 'failed'
        assert.deepEqual(told.commands.at(-1), { do: 'end', as, reason: failure ?? '' })
      }),
      runs,
    )
  })

  it('ends, and does nothing twice, even when rows need each other in circles', () => {
    fc.assert(
      fc.property(storyOf(anyNeeds, false), (story) => {
        const { commands, log, rows } = play(story)
        assert.deepEqual(commands.at(-1), { do: 'end', as: 'complete', reason: '' })
        for (const id of rows.keys()) assert.ok(at(log, `done ${clearKey(id)}`) >= 0)
      }),
      runs,
    )
  })

  it('begins nothing more once it was superseded or its time was over', () => {
    const interruption = fc.record({
      after: fc.nat({ max: 6 }),
      is: fc.constantFrom<Happening>(
        { is: 'superseded', cancel: undefined },
        { is: 'superseded', cancel: 'enough' },
        { is: 'timed-out', reason: 'Timed out' },
      ),
    })
    fc.assert(
      fc.property(storyOf(orderedNeeds, true), interruption, (story, interrupted) => {
        const { commands } = play({ ...story, interruption: interrupted })
        const from = commands.findIndex((one) => one.do === 'cancel')
        if (from < 0) return
        assert.ok(commands.slice(from).every((one) => one.do === 'cancel' || one.do === 'end'))
        const last = commands.at(-1)
        assert.ok(last?.do === 'end' && last.as !== 'complete')
      }),
      runs,
    )
  })
})
