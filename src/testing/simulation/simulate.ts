import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { Random } from '../../simulator/world/random.ts'
import { Chance } from '../chance.ts'
import { type Scenario, scenario, type Worker } from '../scenario.ts'
import type { Interference } from '../yard.ts'
import { end } from './ending.ts'
import { type FaultKind, Faults } from './faults.ts'
import { drawStory, outsideId, type Step, type Story, wordsOf } from './story.ts'
import { Trail } from './trail.ts'
import { cloudTrouble, databaseTrouble, hintTrouble } from './trouble.ts'
import { Users } from './users.ts'
import { encourage } from './waiting.ts'
import { isHeldAtHook, isMadeAgain, strangersIn, watchfulLog, watchWrites } from './witness.ts'

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
const options = {
  ...{ doubtMs: 4000, heartbeatMs: 2000, stackActionTimeoutSeconds: 900 },
  ...{ enableStackAbandon: true, enableStackAdopt: true },
}

/** So often somebody looks, when nothing goes wrong any more, whether anything waits for news, or at a hook. */
const encouragingMs = 5000

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
  readonly #broken: string[] = []

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
      await end({
        ...{ play: this.#play, story: this.#story, users: this.#users, trail: this.trail },
        ...{ leaks: this.#leaks, broken: this.#broken },
        break: (...laws) => this.#break(...laws),
        wait: (stack, mostMs) => this.#wait(stack, mostMs),
      })
    } catch (error) {
      this.#break(`it broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    await this.#stop()
    return this.#broken
  }

  async #stop(): Promise<void> {
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

  /** Waits until nothing is left to do for a stack, but not for ever. In the end nothing waits for news or at a hook. */
  async #wait(stack: string, mostMs: number): Promise<boolean> {
    const { clock, store } = this.#play
    for (let waited = 0; waited < mostMs; waited += 1000) {
      await clock.pass(1000)
      if (this.faults.isCalm && waited % encouragingMs === 0) await encourage(this.#play, stack)
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

  #told(interfere: Interference): Interference {
    return async (ask, act) => {
      if (ask.method === 'GET') return await interfere(ask, act)
      const what = `${ask.method} ${ask.path} ${ask.body === undefined ? '' : JSON.stringify(ask.body)}`
      if (await isMadeAgain(this.#play, ask)) this.#break(`made again: ${what}`)
      if (await isHeldAtHook(this.#play, ask)) this.#break(`done though it waits at a hook: ${what}`)
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
