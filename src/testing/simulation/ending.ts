import type { JsonMap } from '../../base/json.ts'
import type { StackIdentity } from '../../contract/views.ts'
import { anna, type Scenario } from '../scenario.ts'
import {
  type Abandoned,
  isFree,
  isTakenOver,
  isTakingOver,
  isWhole,
  missingOf,
  notTakenOver,
  thingsIn,
} from './abandoned.ts'
import {
  differences,
  idsOf,
  impossibleEvents,
  looksOf,
  restless,
  type Tree,
  treeOf,
  unended,
  wrongOwners,
} from './laws.ts'
import { outsideId, type Story } from './story.ts'
import { parameters, templateWords } from './templates.ts'
import { storedEvents, wrongSignals } from './told-laws.ts'
import type { Trail } from './trail.ts'
import type { Users } from './users.ts'
import { encourage } from './waiting.ts'
import { tablesWithSecret } from './witness.ts'

/** A story of which all steps were told, and nothing goes wrong any more. */
export interface Told {
  readonly play: Scenario
  readonly story: Story
  readonly users: Users
  readonly trail: Trail
  /** What was told that nobody may be told. */
  readonly leaks: readonly string[]
  /** The laws that were broken so far. */
  readonly broken: readonly string[]
  readonly break: (...laws: readonly string[]) => void
  /** Waits until nothing is left to do for a stack, but not for ever; answers whether that came about. */
  readonly wait: (stack: string, mostMs: number) => Promise<boolean>
}

/** So long may it take to come to an end when nothing goes wrong any more. */
const patienceMs = 600_000

/** Looks whether the laws held, brings every stack to its last template, deletes it, and makes it afresh. */
export async function end(told: Told): Promise<void> {
  await new Ending(told).run()
}

class Ending {
  readonly #told: Told
  readonly #play: Scenario
  readonly #stacks: readonly string[]
  /** What was abandoned and never taken over as a whole. */
  #left: readonly Abandoned[] = []

  constructor(told: Told) {
    this.#told = told
    this.#play = told.play
    this.#stacks = [...told.story.last.keys()]
  }

  async run(): Promise<void> {
    const { users, broken } = this.#told
    for (const stack of this.#stacks) await this.#settle(stack)
    for (const one of users.abandoned)
      if (!(await isTakenOver(this.#play, one))) this.#left = [...this.#left, one]
    await this.#checkLaws(false)
    for (const stack of this.#stacks) await this.#checkTarget(stack)
    this.#break(...users.faults, ...(await missingOf(this.#play, users.abandoned)))
    if (broken.length > 0) return
    for (const one of this.#left) await this.#takeBack(one)
    this.#left = []
    for (const stack of this.#stacks) await this.#bring(stack)
    await this.#checkLaws(true)
    if (broken.length > 0) return
    const looks = await this.#looks()
    await this.#clear()
    await this.#checkFresh(looks)
  }

  #break(...laws: readonly string[]): void {
    this.#told.break(...laws)
  }

  async #settle(stack: string): Promise<void> {
    // Bad news is turned into good ones before it can make anything fail.
    await encourage(this.#play, stack)
    if (!(await this.#told.wait(stack, patienceMs))) this.#break(`${stack} does not come to an end`)
    // Nobody waits for the end of what was made twice.
    await this.#play.clock.pass(this.#play.yard.pace.deleteMs)
  }

  async #trees(): Promise<readonly Tree[]> {
    const { store } = this.#play
    const rows = await Promise.all(this.#stacks.map((stack) => store.stackByName('project', stack)))
    return await Promise.all(rows.flatMap((row) => (row === undefined ? [] : [treeOf(this.#play, row.id)])))
  }

  async #checkLaws(sound: boolean): Promise<void> {
    const trees = await this.#trees()
    const { users, leaks, trail } = this.#told
    for (const { name, action, status, statusReason } of trees.flatMap((tree) => tree.stacks))
      trail.say(`${name} is ${action}_${status}: ${statusReason}`)
    const documents = JSON.stringify(this.#left.map(({ document }) => document))
    // What of a stack that failed is told of nowhere may be anything.
    const isBlurred = this.#left.some(({ document }) => document.status !== 'COMPLETE')
    const isLeft = (id: string) => isBlurred || documents.includes(id)
    this.#break(...trees.flatMap(unended), ...wrongOwners(this.#play, trees, { sound, isLeft }))
    this.#break(...this.#play.yard.disorder)
    if (sound) this.#break(...trees.flatMap(restless))
    this.#break(...leaks, ...(await tablesWithSecret(this.#play.database)))
    const events = await storedEvents(this.#play)
    this.#break(...impossibleEvents(events), ...wrongSignals(events, users.said))
  }

  /** That a stack is what was asked of it last. */
  async #checkTarget(stack: string): Promise<void> {
    const { store } = this.#play
    const row = await store.stackByName('project', stack)
    if (row?.action === 'ROLLBACK') return
    const template = row && (await store.template(row.templateId))
    const mark = template && row.action !== 'DELETE' ? String(template.template.description) : undefined
    const possible = this.#told.users.possible(stack)
    if (possible.length > 0 && !possible.includes(mark))
      this.#break(`${stack} is of template ${mark}, though it was to be one of ${possible.join(', ')}`)
  }

  /** What was abandoned is taken over; under another name if its own is taken, and then it is deleted. */
  async #takeBack(one: Abandoned): Promise<void> {
    const { clock, calls, yard } = this.#play
    await this.#forget(one)
    if (await isTakingOver(this.#play, one.heir, [one])) return await this.#mend(one)
    if (!(await isFree(this.#play, one)) || !isWhole(this.#play, one)) return await this.#tidyUp(one)
    const isNameTaken = (await this.#identity(one.stack)) !== undefined
    const name = isNameTaken ? `${one.stack}-again` : one.stack
    this.#told.trail.say(`> at last what is left of ${one.stack} is adopted as ${name}`)
    const made = yard.deeds.length
    const adopt = JSON.stringify(one.document)
    const heir = await clock.until(
      calls.createStack(anna, { name, adopt, parameters, disableRollback: true }),
    )
    one.heir = heir.id
    await this.#settle(name)
    await this.#complete(name)
    this.#break(...(await notTakenOver(this.#play, one)))
    if (yard.deeds.length > made)
      this.#break(`${name} was adopted, and not only looked at: ${yard.deeds.slice(made).join(', ')}`)
    if (isNameTaken) await this.#delete(name)
  }

  /** A stack that could not be forgotten whole is abandoned again. */
  async #forget({ stack, document }: Abandoned): Promise<void> {
    const { clock, calls } = this.#play
    const identity = await this.#identity(stack)
    if (identity === undefined || identity.id !== document.id) return
    await clock.until(calls.abandonStack(anna, { stack: identity }))
    await this.#settle(stack)
    if ((await this.#identity(stack))?.id === document.id) this.#break(`${stack} can't be abandoned`)
  }

  /** What could not all be taken over is, by an update to the very same. */
  async #mend(one: Abandoned): Promise<void> {
    const { stack, document, heir } = one
    const identity = await this.#identity(stack)
    const { action } = (await this.#play.store.stack(heir ?? '')) ?? {}
    if (identity === undefined || identity.id !== heir || action !== 'ADOPT') return await this.#tidyUp(one)
    this.#told.trail.say(`> at last ${stack} takes over the rest of what was abandoned`)
    const environment = document.environment as JsonMap
    const more = { environment, parameters, disableRollback: true }
    await this.#play.update(identity, document.template as JsonMap, more)
    await this.#settle(stack)
    await this.#complete(stack)
    this.#break(...(await notTakenOver(this.#play, one)))
  }

  /** Somebody takes away by hand what an abandoned stack left and no other has. */
  async #tidyUp({ stack, document }: Abandoned): Promise<void> {
    const { yard, users } = this.#play
    const owned = new Set((await this.#trees()).flatMap(({ rows }) => rows.flatMap(idsOf)))
    const all = document.status === 'COMPLETE' ? thingsIn(document) : yard.things.map(({ id }) => id)
    this.#told.trail.say(`> at last what is left of ${stack} is taken away by hand`)
    for (const id of all) if (!owned.has(id) && id !== outsideId) yard.takeAway(id)
    const told = JSON.stringify(document)
    for (const [name, { id }] of users.users) if (told.includes(id)) users.users.delete(name)
  }

  /** Brings a stack to its last template, by whatever call that takes. */
  async #bring(stack: string): Promise<void> {
    const { play, identity } = { play: this.#play, identity: await this.#identity(stack) }
    const template = this.#last(stack)
    this.#told.trail.say(`> at last ${stack} becomes ${templateWords(template)}`)
    if (identity === undefined) await play.create(stack, template, { parameters })
    else {
      const { action } = (await play.store.stack(identity.id)) ?? {}
      if (action === 'SUSPEND') {
        await play.clock.until(play.calls.resumeStack(anna, { stack: identity }))
        await this.#settle(stack)
      }
      if (action === 'DELETE') {
        await this.#delete(stack)
        await play.create(stack, template, { parameters })
      } else await play.update(identity, template, { parameters, disableRollback: true })
    }
    await this.#settle(stack)
    await this.#complete(stack)
  }

  #last(stack: string): JsonMap {
    return this.#told.story.last.get(stack) ?? {}
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

  async #looks(): Promise<readonly Readonly<Record<string, string>>[]> {
    const looks = []
    for (const stack of this.#stacks) {
      const identity = await this.#identity(stack)
      looks.push(identity === undefined ? {} : await looksOf(this.#play, identity))
    }
    return looks
  }

  async #delete(stack: string): Promise<void> {
    const identity = await this.#identity(stack)
    if (identity !== undefined) await this.#play.delete(identity)
    await this.#settle(stack)
    if ((await this.#identity(stack)) !== undefined) this.#break(`${stack} can't be deleted`)
  }

  async #clear(): Promise<void> {
    for (const stack of this.#stacks) await this.#delete(stack)
    const { yard, users } = this.#play
    this.#break(...wrongOwners(this.#play, [], { sound: true, isLeft: () => false }), ...yard.disorder)
    for (const [name] of users.users) this.#break(`the user ${name} is nobody's`)
  }

  /** That a stack which came through all that is just what its template makes of nothing. */
  async #checkFresh(looks: readonly Readonly<Record<string, string>>[]): Promise<void> {
    for (const stack of this.#stacks) {
      await this.#play.create(stack, this.#last(stack), { parameters })
      await this.#settle(stack)
      await this.#complete(stack)
    }
    const fresh = await this.#looks()
    for (const index of this.#stacks.keys())
      this.#break(...differences(looks[index] ?? {}, fresh[index] ?? {}))
  }
}
