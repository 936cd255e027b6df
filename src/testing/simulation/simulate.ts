import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { StackIdentity } from '../../contract/views.ts'
import { Random } from '../../simulator/world/random.ts'
import { Chance } from '../chance.ts'
import { anna, type Scenario, scenario, type Worker } from '../scenario.ts'
import type { Interference } from '../yard.ts'
import { type FaultKind, Faults } from './faults.ts'
import {
  differences,
  impossibleEvents,
  looksOf,
  restless,
  type Tree,
  treeOf,
  unended,
  wrongOwners,
} from './laws.ts'
import { drawStory, outsideId, type Step, type Story } from './story.ts'
import { parameters, templateWords } from './templates.ts'
import { Trail } from './trail.ts'
import { cloudTrouble, databaseTrouble, hintTrouble } from './trouble.ts'
import { Users } from './users.ts'
import { isMadeAgain, strangersIn, tablesWithSecret, watchfulLog, watchWrites } from './witness.ts'

export interface Simulated {
  readonly seed: number
  /** The laws that were broken; none, if all is well. */
  readonly broken: readonly string[]
  readonly trail: readonly string[]
  readonly faults: ReadonlyMap<FaultKind, number>
  /** How many steps its story has. */
  readonly steps: number
}

export interface SimulationOptions {
  /** Only so many steps of the story happen. */
  readonly steps?: number
  readonly without?: ReadonlySet<FaultKind>
}

/** Plays the story of a seed, with all that goes wrong in it, and looks whether the laws held. The same seed, the same run. */
export async function simulate(seed: number, options: SimulationOptions = {}): Promise<Simulated> {
  const story = drawStory(seed)
  const told = await Simulation.begin(story, options)
  const broken = await told.run()
  return {
    seed,
    broken,
    trail: told.trail.lines,
    faults: told.faults.counts,
    steps: story.steps.length,
  }
}

/** Engines look long enough for lost requests, and give up soon what would take for ever. */
const options = { doubtMs: 4000, heartbeatMs: 2000, stackActionTimeoutSeconds: 900 }

/** So long may it take to come to an end when nothing goes wrong any more. */
const patienceMs = 600_000

interface Beginning extends SimulationOptions {
  readonly leaks: string[]
}

class Simulation {
  readonly faults: Faults
  readonly trail: Trail
  readonly #story: Story
  readonly #steps: readonly Step[]
  readonly #play: Scenario
  readonly #users: Users
  readonly #chance: Chance
  /** What was told that nobody may be told. */
  readonly #leaks: readonly string[]
  #workers: Worker[] = []
  #broken: string[] = []

  static async begin(story: Story, { steps, without }: SimulationOptions): Promise<Simulation> {
    const random = new Random(story.seed * 7 + 5)
    let first: string | undefined = outsideId
    const leaks: string[] = []
    const play = await scenario({
      random: () => random.fraction(),
      newId() {
        const id = first ?? random.uuid()
        first = undefined
        return id
      },
      options,
      log: watchfulLog(leaks),
    })
    await watchWrites(play.database)
    return new Simulation(story, play, {
      ...{ leaks },
      ...(without && { without }),
      ...(steps !== undefined && { steps }),
    })
  }

  private constructor(story: Story, play: Scenario, { steps, without, leaks }: Beginning) {
    this.#leaks = leaks
    this.#story = story
    this.#steps = story.steps.slice(0, steps)
    this.#play = play
    this.#chance = new Chance(story.seed * 13 + 1)
    this.trail = new Trail(play.clock)
    this.faults = new Faults({
      seed: story.seed,
      ...(without && { without }),
      onFault: (kind) => this.trail.say(`  ! ${kind}`),
    })
    const engines = () => this.#workers.filter(({ life }) => !life.isOver)
    this.#users = new Users({ play, faults: this.faults, trail: this.trail, engines }, story.seed)
    const { hints, clock } = play
    hints.carry = hintTrouble(this.faults, clock)
  }

  /** Answers which laws were broken. */
  async run(): Promise<readonly string[]> {
    try {
      await this.#play.clock.until(this.#makeOutside())
      Object.assign(this.#play.yard.pace, this.#story.pace)
      this.#play.yard.interfere = this.#told(cloudTrouble(this.faults, this.#play))
      for (let i = 0; i < this.#story.engines; i++) void this.#start()
      for (const step of this.#steps) await this.#perform(step)
      await this.#calm()
      await this.#checkEnd()
    } catch (error) {
      this.#break(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    await this.#end()
    return this.#broken
  }

  async #end(): Promise<void> {
    this.faults.calm()
    for (const { life } of this.#workers) life.thaw()
    await this.#play.end().catch((error: unknown) => this.#break(`it does not stop: ${messageOf(error)}`))
  }

  #break(...laws: readonly string[]): void {
    for (const law of laws) this.trail.say(`BROKEN: ${law}`)
    this.#broken.push(...laws)
  }

  async #makeOutside(): Promise<void> {
    const body = { thing: { name: 'outside' } }
    await this.#play.yard.session().request({ service: ['yard'], method: 'POST', path: '/things', body })
  }

  /** Starts an engine; one that can't reach its database is started again, as operators' systems do. */
  async #start(): Promise<void> {
    const { clock } = this.#play
    let skewMs = this.#chance.is(0.3) ? this.#chance.below(8000) - 4000 : 0
    const worker: Worker = this.#play.engine({
      trouble: {
        ...databaseTrouble(this.faults, clock),
        witness: async (tx) => this.#break(...(await strangersIn(tx, worker.id))),
      },
      skew: () => skewMs,
    })
    this.#jumps.set(worker, (ms) => {
      skewMs += ms
    })
    this.trail.say(`${worker.id} starts`)
    try {
      await worker.deployer.start()
      this.#workers.push(worker)
    } catch (error) {
      worker.life.end()
      this.trail.say(`${worker.id} can't start: ${messageOf(error)}`)
      await clock.sleep(1000)
      await this.#start()
    }
  }

  readonly #jumps = new Map<Worker, (ms: number) => void>()

  async #perform(step: Step): Promise<void> {
    await this.#play.clock.pass(step.afterMs)
    switch (step.does) {
      case 'wait':
        await this.#wait(step.stack, 120_000)
        return
      case 'kill':
      case 'freeze':
      case 'jump':
        return this.#befall(step)
      default:
        this.trail.say(`> ${wordsOf(step)}`)
        this.#users.ask(step)
    }
  }

  #befall(step: Extract<Step, { engine: number }>): void {
    const alive = this.#workers.filter(({ life }) => !life.isOver)
    const worker = alive[step.engine % Math.max(1, alive.length)]
    if (worker === undefined) return
    const { clock } = this.#play
    if (step.does === 'kill' && this.faults.tell('engine killed')) {
      this.trail.say(`${worker.id} dies ${step.moments} moments from here`)
      worker.life.endAfter(step.moments)
      void clock.sleep(step.heirAfterMs).then(() => this.#start())
    }
    if (step.does === 'freeze' && this.faults.tell('engine frozen')) {
      this.trail.say(`${worker.id} is frozen for ${step.forMs} ms`)
      worker.life.freeze()
      void clock.sleep(step.forMs).then(() => worker.life.thaw())
    }
    if (step.does === 'jump' && this.faults.tell('clock jumped')) {
      this.trail.say(`the clock of ${worker.id} jumps by ${step.byMs} ms`)
      this.#jumps.get(worker)?.(step.byMs)
    }
  }

  /** Waits until nothing is left to do for a stack, but not for ever. */
  async #wait(stack: string, mostMs: number): Promise<boolean> {
    const { clock, store } = this.#play
    for (let waited = 0; waited < mostMs; waited += 1000) {
      await clock.pass(1000)
      if (this.#users.isWaiting) continue
      const row = await store.stackByName('project', stack)
      if (row === undefined || (await store.deployment(row.id))?.pending !== true) return true
    }
    return false
  }

  /** Nothing goes wrong any more, and what was on its way arrives. */
  async #calm(): Promise<void> {
    const { clock, yard } = this.#play
    this.faults.calm()
    yard.failing.clear()
    this.trail.say('nothing goes wrong any more')
    for (const { life } of this.#workers) {
      life.endAfter(Number.POSITIVE_INFINITY)
      life.thaw()
    }
    if (this.#workers.every(({ life }) => life.isOver)) await clock.until(this.#start())
    for (let waited = 0; waited < 300 && this.#users.isWaiting; waited++) await clock.pass(1000)
    await clock.pass(10_000)
  }

  async #checkEnd(): Promise<void> {
    const stacks = [...this.#story.last.keys()]
    for (const stack of stacks) await this.#settle(stack)
    await this.#checkLaws(stacks, false)
    for (const stack of stacks) await this.#checkTarget(stack)
    this.#break(...this.#users.faults)
    if (this.#broken.length > 0) return
    for (const stack of stacks) await this.#bring(stack)
    await this.#checkLaws(stacks, true)
    if (this.#broken.length > 0) return
    const looks = await this.#looks(stacks)
    await this.#clear(stacks)
    await this.#checkFresh(stacks, looks)
  }

  async #settle(stack: string): Promise<void> {
    if (!(await this.#wait(stack, patienceMs))) this.#break(`${stack} does not come to an end`)
    // Nobody waits for the end of what was made twice.
    await this.#play.clock.pass(this.#play.yard.pace.deleteMs)
  }

  async #trees(stacks: readonly string[]): Promise<readonly Tree[]> {
    const { store } = this.#play
    const rows = await Promise.all(stacks.map((stack) => store.stackByName('project', stack)))
    return await Promise.all(rows.flatMap((row) => (row === undefined ? [] : [treeOf(this.#play, row.id)])))
  }

  async #checkLaws(stacks: readonly string[], sound: boolean): Promise<void> {
    const trees = await this.#trees(stacks)
    for (const { name, action, status, statusReason } of trees.flatMap((tree) => tree.stacks))
      this.trail.say(`${name} is ${action}_${status}: ${statusReason}`)
    this.#break(...trees.flatMap(unended), ...wrongOwners(this.#play, trees, sound))
    this.#break(...this.#play.yard.disorder)
    if (sound) this.#break(...trees.flatMap(restless))
    this.#break(...this.#leaks, ...(await tablesWithSecret(this.#play.database)))
    this.#break(...(await impossibleEvents(this.#play)))
  }

  /** That a stack is what was asked of it last. */
  async #checkTarget(stack: string): Promise<void> {
    const { store } = this.#play
    const row = await store.stackByName('project', stack)
    if (row?.action === 'ROLLBACK') return
    const template = row && (await store.template(row.templateId))
    const mark = template && row.action !== 'DELETE' ? String(template.template.description) : undefined
    const possible = this.#users.possible(stack)
    if (possible.length > 0 && !possible.includes(mark))
      this.#break(`${stack} is of template ${mark}, though it was to be one of ${possible.join(', ')}`)
  }

  /** Brings a stack to its last template, by whatever call that takes. */
  async #bring(stack: string): Promise<void> {
    const { play, identity } = { play: this.#play, identity: await this.#identity(stack) }
    const template = this.#story.last.get(stack) ?? {}
    this.trail.say(`> at last ${stack} becomes ${templateWords(template)}`)
    if (identity === undefined) await play.create(stack, template, { parameters })
    else {
      const { action } = (await play.store.stack(identity.id)) ?? {}
      if (action === 'SUSPEND') {
        await play.clock.until(play.calls.resumeStack(anna, { stack: identity }))
        await this.#settle(stack)
      }
      if (action === 'DELETE') {
        await play.delete(identity)
        await this.#settle(stack)
        await play.create(stack, template, { parameters })
      } else await play.update(identity, template, { parameters, disableRollback: true })
    }
    await this.#settle(stack)
    await this.#complete(stack)
  }

  async #complete(stack: string): Promise<void> {
    const row = await this.#play.store.stackByName('project', stack)
    if (row?.status !== 'COMPLETE')
      this.#break(
        `${stack} is ${row?.action}_${row?.status}, though nothing goes wrong: ${row?.statusReason}`,
      )
  }

  async #identity(stack: string): Promise<StackIdentity | undefined> {
    const row = await this.#play.store.stackByName('project', stack)
    return row && { id: row.id, name: row.name, projectId: row.projectId }
  }

  async #looks(stacks: readonly string[]): Promise<readonly Readonly<Record<string, string>>[]> {
    const looks = []
    for (const stack of stacks) {
      const identity = await this.#identity(stack)
      looks.push(identity === undefined ? {} : await looksOf(this.#play, identity))
    }
    return looks
  }

  async #clear(stacks: readonly string[]): Promise<void> {
    for (const stack of stacks) {
      const identity = await this.#identity(stack)
      if (identity !== undefined) await this.#play.delete(identity)
      await this.#settle(stack)
      if ((await this.#identity(stack)) !== undefined) this.#break(`${stack} can't be deleted`)
    }
    this.#break(...wrongOwners(this.#play, [], true), ...this.#play.yard.disorder)
  }

  /** That a stack which came through all that is just what its template makes of nothing. */
  async #checkFresh(
    stacks: readonly string[],
    looks: readonly Readonly<Record<string, string>>[],
  ): Promise<void> {
    for (const stack of stacks) {
      await this.#play.create(stack, this.#story.last.get(stack) ?? {}, { parameters })
      await this.#settle(stack)
      await this.#complete(stack)
    }
    const fresh = await this.#looks(stacks)
    for (const index of stacks.keys()) this.#break(...differences(looks[index] ?? {}, fresh[index] ?? {}))
  }

  #told(interfere: Interference): Interference {
    return async (ask, act) => {
      if (ask.method === 'GET') return await interfere(ask, act)
      const what = `${ask.method} ${ask.path} ${ask.body === undefined ? '' : JSON.stringify(ask.body)}`
      if (await isMadeAgain(this.#play, ask)) this.#break(`made again: ${what}`)
      try {
        const reply = await interfere(ask, act)
        this.trail.say(`  ${what} -> ${idIn(reply.body)}`)
        return reply
      } catch (error) {
        this.trail.say(`  ${what} -> ${messageOf(error)}`)
        throw error
      }
    }
  }
}

const idIn = (body: unknown): string => String((body as { thing?: JsonMap })?.thing?.id ?? 'done')

function wordsOf(step: Step): string {
  if (!('stack' in step)) return step.does
  const rollback = 'rollback' in step && step.rollback ? ' with rollback' : ''
  const what = 'template' in step ? `: ${templateWords(step.template)}` : ''
  const parameters = 'parameters' in step ? ` ${JSON.stringify(step.parameters)}` : ''
  return `${step.does} ${step.stack}${rollback}${parameters}${what}`
}
