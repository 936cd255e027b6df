import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  actKey,
  type Command,
  clearKey,
  type Goal,
  type Leaving,
  makeKey,
  Run,
} from '../../../src/engine/run/run.ts'

type Needs = Readonly<Record<string, readonly string[]>>

interface Sketch {
  readonly wanted?: Needs
  /** What the rows that stay were made with; as wanted, if not said. */
  readonly recorded?: Needs
  /** Leaving rows by ID; a row's name is its ID without what follows a dash. */
  readonly leaving?: Needs
  /** What is acted on, each after those; and whether it goes on after failures. */
  readonly acting?: Needs
  readonly goesOn?: boolean
}

const leavingRow = (id: string, needs: readonly string[]): Leaving => ({
  id,
  name: id.split('-')[0] ?? id,
  needs,
})

function goal({ wanted = {}, recorded = wanted, leaving = {}, acting, goesOn = false }: Sketch): Goal {
  return {
    wanted: new Map(Object.entries(wanted)),
    recorded: new Map(Object.entries(recorded)),
    leaving: Object.entries(leaving).map(([id, needs]) => leavingRow(id, needs)),
    ...(acting && { acting: new Map(Object.entries(acting)), goesOn }),
  }
}

/** Commands as words: `make a`, `clear b-old`, `end complete`. */
const words = (commands: readonly Command[]): readonly string[] => commands.map(wordsOf)

function wordsOf(command: Command): string {
  switch (command.do) {
    case 'make':
      return `make ${command.name}`
    case 'clear':
      return `clear ${command.id}`
    case 'act':
      return `act ${command.name}`
    case 'cancel':
      return `cancel: ${command.reason}`
    case 'end':
      return `end ${command.as}${command.reason && `: ${command.reason}`}`
  }
}

/** A run that is spoken to in words. */
function tell(sketch: Sketch) {
  const run = new Run(goal(sketch))
  return {
    run,
    begin: () => words(run.begin()),
    made: (name: string, replaced?: Leaving) =>
      words(run.on({ is: 'made', name, ...(replaced && { replaced }) })),
    acted: (name: string) => words(run.on({ is: 'acted', name })),
    actFailed: (name: string) => words(run.on({ is: 'failed', node: actKey(name), reason: `${name} broke` })),
    cleared: (id: string) => words(run.on({ is: 'cleared', id })),
    makeFailed: (name: string) =>
      words(run.on({ is: 'failed', node: makeKey(name), reason: `${name} broke` })),
    clearFailed: (id: string) => words(run.on({ is: 'failed', node: clearKey(id), reason: `${id} stuck` })),
    superseded: (cancel?: string) => words(run.on({ is: 'superseded', cancel })),
    timedOut: () => words(run.on({ is: 'timed-out', reason: 'Timed out' })),
  }
}

describe('a run', () => {
  it('makes a resource once all that it needs is made, and all at once what needs nothing (§3)', () => {
    const { begin, made } = tell({ wanted: { net: [], subnet: ['net'], key: [], server: ['subnet', 'key'] } })
    assert.deepEqual(begin(), ['make net', 'make key'])
    assert.deepEqual(made('net'), ['make subnet'])
    assert.deepEqual(made('key'), [])
    assert.deepEqual(made('subnet'), ['make server'])
    assert.deepEqual(made('server'), ['end complete'])
  })

  it('is over at once when there is nothing to do', () => {
    assert.deepEqual(tell({}).begin(), ['end complete'])
  })

  it('makes a resource once, however often it is said to need another', () => {
    const { begin, made } = tell({ wanted: { a: [], b: ['a', 'a'] } })
    assert.deepEqual(begin(), ['make a'])
    assert.deepEqual(made('a'), ['make b'])
  })

  it('takes no notice of needs that are not there', () => {
    assert.deepEqual(tell({ wanted: { a: ['gone', 'a'] } }).begin(), ['make a'])
  })

  it('tells how far it has come', () => {
    const { run, begin, made } = tell({ wanted: { a: [], b: ['a'] }, leaving: { old: [] } })
    begin()
    assert.deepEqual(run.progress, { total: 3, done: 0 })
    made('a')
    assert.deepEqual(run.progress, { total: 3, done: 1 })
  })

  describe('clearing what is left over', () => {
    it('clears in the reverse order of making (§3)', () => {
      const { begin, cleared } = tell({ leaving: { net: [], subnet: ['net'], server: ['subnet'], key: [] } })
      assert.deepEqual(begin(), ['clear server', 'clear key'])
      assert.deepEqual(cleared('server'), ['clear subnet'])
      assert.deepEqual(cleared('key'), [])
      assert.deepEqual(cleared('subnet'), ['clear net'])
      assert.deepEqual(cleared('net'), ['end complete'])
    })

    it('clears what is not wanted any more once those that used it do without', () => {
      const { begin, made, cleared } = tell({
        wanted: { server: [] },
        recorded: { server: ['volume'] },
        leaving: { volume: [] },
      })
      assert.deepEqual(begin(), ['make server'])
      assert.deepEqual(made('server'), ['clear volume'])
      assert.deepEqual(cleared('volume'), ['end complete'])
    })

    it('clears a replaced object after all that was made with it has gone over to the new one (§3)', () => {
      const { begin, made, cleared } = tell({ wanted: { net: [], port: ['net'], other: [] } })
      assert.deepEqual(begin(), ['make net', 'make other'])
      assert.deepEqual(made('other'), [])
      assert.deepEqual(made('net', leavingRow('net-old', [])), ['make port'])
      assert.deepEqual(made('port', leavingRow('port-old', ['net'])), ['clear port-old'])
      assert.deepEqual(cleared('port-old'), ['clear net-old'])
      assert.deepEqual(cleared('net-old'), ['end complete'])
    })

    it('clears a replaced object at once when nothing uses it', () => {
      const { begin, made } = tell({ wanted: { a: [] } })
      begin()
      assert.deepEqual(made('a', leavingRow('a-old', [])), ['clear a-old'])
    })

    it('clears a leftover of an earlier replacement once its name is made', () => {
      const { begin, made } = tell({ wanted: { a: [] }, leaving: { 'a-old': [] } })
      assert.deepEqual(begin(), ['make a'])
      assert.deepEqual(made('a'), ['clear a-old'])
    })

    it('goes on with a need that turned round between two templates', () => {
      const { begin, made, cleared } = tell({ wanted: { a: [], b: ['a'] }, recorded: { a: ['b'], b: [] } })
      assert.deepEqual(begin(), ['make a'])
      assert.deepEqual(made('a', leavingRow('a-old', ['b'])), ['make b', 'clear a-old'])
      assert.deepEqual(made('b', leavingRow('b-old', [])), [])
      assert.deepEqual(cleared('a-old'), ['clear b-old'])
      assert.deepEqual(cleared('b-old'), ['end complete'])
    })

    it('cuts a knot of rows that need each other, and leaves none behind', () => {
      const { begin, cleared } = tell({ leaving: { a: ['b'], b: ['a'], c: ['a'] } })
      assert.deepEqual(begin(), ['clear c'])
      assert.deepEqual(cleared('c'), ['clear a'])
      assert.deepEqual(cleared('a'), ['clear b'])
      assert.deepEqual(cleared('b'), ['end complete'])
    })
  })

  describe('failing', () => {
    it('begins nothing more, lets what is under way end, and tells of the first failure', () => {
      const { begin, made, makeFailed } = tell({ wanted: { a: [], b: [], c: [], d: ['b'] } })
      begin()
      assert.deepEqual(makeFailed('a'), [])
      assert.deepEqual(made('b'), [])
      assert.deepEqual(makeFailed('c'), ['end failed: a broke'])
    })

    it('goes on clearing what hangs on no failure when nothing is to be made', () => {
      const { begin, cleared, clearFailed } = tell({
        leaving: { net: [], port: ['net'], key: [], user: ['key'] },
      })
      begin()
      assert.deepEqual(clearFailed('port'), [])
      assert.deepEqual(cleared('user'), ['clear key'])
      assert.deepEqual(cleared('key'), ['end failed: port stuck'])
    })

    it('fails when what is wanted needs itself in a circle, and clears nothing for it', () => {
      const { begin } = tell({ wanted: { a: ['b'], b: ['a'] }, leaving: { 'a-old': [] } })
      assert.deepEqual(begin(), ['end failed: the resources need each other in a circle'])
    })
  })

  describe('acting on what is there', () => {
    it('goes in the order that the goal says', () => {
      const { begin, acted } = tell({ acting: { server: ['port'], port: ['net'], net: [], other: [] } })
      assert.deepEqual(begin(), ['act net', 'act other'])
      assert.deepEqual(acted('net'), ['act port'])
      assert.deepEqual(acted('other'), [])
      assert.deepEqual(acted('port'), ['act server'])
      assert.deepEqual(acted('server'), ['end complete'])
    })

    it('begins nothing more after a failure, and lets what is under way end', () => {
      const { begin, acted, actFailed } = tell({ acting: { a: [], b: [], c: ['b'] } })
      begin()
      assert.deepEqual(actFailed('a'), [])
      assert.deepEqual(acted('b'), ['end failed: a broke'])
    })

    it('goes on with everything after a failure where it is to, and tells of all that failed', () => {
      const { begin, acted, actFailed } = tell({ acting: { a: [], b: ['a'], c: ['b'] }, goesOn: true })
      assert.deepEqual(begin(), ['act a'])
      assert.deepEqual(actFailed('a'), ['act b'])
      assert.deepEqual(acted('b'), ['act c'])
      assert.deepEqual(actFailed('c'), ['end failed: a broke; c broke'])
    })

    it('tells of the first failures, and how many more there are', () => {
      const names = Array.from({ length: 12 }, (_, i) => `r${i}`)
      const acting = Object.fromEntries(names.map((name) => [name, []]))
      const { begin, actFailed } = tell({ acting, goesOn: true })
      begin()
      const last = names.map((name) => actFailed(name)).at(-1)
      assert.match(String(last), /^end failed: r0 broke; .*; r9 broke; and 2 more$/)
    })

    it('is complete at once where there is nothing to act on', () => {
      assert.deepEqual(tell({ acting: {} }).begin(), ['end complete'])
    })
  })

  describe('being overtaken', () => {
    it('begins nothing more once it is superseded, and waits for what is under way', () => {
      const { begin, made, superseded } = tell({ wanted: { a: [], b: ['a'], c: [] } })
      begin()
      assert.deepEqual(superseded(), [])
      assert.deepEqual(made('a'), [])
      assert.deepEqual(made('c'), ['end superseded: a newer target was given'])
    })

    it('does not wait in vain when the stack is to go (§6)', () => {
      const { begin, makeFailed, superseded } = tell({ wanted: { a: [] } })
      begin()
      assert.deepEqual(superseded('no more'), ['cancel: no more'])
      assert.deepEqual(makeFailed('a'), ['end superseded: a newer target was given'])
    })

    it('is superseded even if something failed before', () => {
      const { begin, made, makeFailed, superseded } = tell({ wanted: { a: [], b: [] } })
      begin()
      makeFailed('a')
      superseded()
      assert.deepEqual(made('b'), ['end superseded: a newer target was given'])
    })

    it('cancels what is under way when its time is over', () => {
      const { begin, makeFailed, timedOut } = tell({ wanted: { a: [], b: ['a'] } })
      begin()
      assert.deepEqual(timedOut(), ['cancel: Timed out'])
      assert.deepEqual(makeFailed('a'), ['end failed: Timed out'])
    })

    it('does not begin when its time was over before', () => {
      const { begin, timedOut } = tell({ wanted: { a: [] } })
      assert.deepEqual(timedOut(), ['cancel: Timed out', 'end failed: Timed out'])
      assert.deepEqual(begin(), [])
    })
  })

  it('listens to nothing once it has ended, nor to what it did not ask for', () => {
    const { begin, made, cleared, superseded, timedOut } = tell({ wanted: { a: [], b: ['a'] } })
    begin()
    assert.deepEqual(made('b'), [])
    assert.deepEqual(cleared('nothing'), [])
    assert.deepEqual(made('a'), ['make b'])
    assert.deepEqual(made('a', leavingRow('a-old', [])), [])
    assert.deepEqual(made('b'), ['end complete'])
    assert.deepEqual([...superseded('no more'), ...timedOut(), ...made('b')], [])
  })
})
