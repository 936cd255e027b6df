import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud } from '../cloud.ts'
import { type Count, counted, type Wish, wish } from './templates.ts'

/** Who lets stacks live, over APIs of which any may be away. */
export interface World {
  readonly ports: readonly number[]
  readonly cloud: Cloud
  readonly random: () => number
  /** No new lives, and no new wishes, once this is over. */
  readonly over: AbortSignal
  readonly told: Told
}

/** What callers saw. */
export interface Told {
  asked: number
  /** Answers that said nothing, or that the service is away: they were asked for again. */
  away: number
  /** How long somebody waited at most, with all asking again, and what came of it each time. */
  longest: { readonly ms: number; readonly story: readonly string[] }
}

interface Answer {
  readonly status: number
  readonly text: string
  /** How often it was asked until there was this answer. */
  readonly attempts?: number
}

interface Shown {
  readonly stack: {
    readonly id: string
    readonly stack_status: string
    readonly stack_status_reason: string
  }
}

/** For so long a caller asks again while all around it fails. */
const patienceMs = 300_000

/** One stack: made, changed, mostly deleted; asked for by somebody who asks again as long as there is no answer. */
export class Life {
  readonly name: string
  readonly #world: World
  #wish: Wish | undefined
  #id = ''

  constructor(world: World, name: string) {
    this.#world = world
    this.name = name
  }

  /** What of it has to be in the cloud. */
  get count(): Count {
    return this.#wish?.count ?? counted([])
  }

  /** Lives until it is deleted, or stays. */
  async live(): Promise<void> {
    const { random, over } = this.#world
    await this.#create(wish(random, 0))
    for (let turn = 1; turn <= 1 + random() * 3 && !over.aborted; turn++) {
      await this.#rest()
      await this.#update(wish(random, turn))
    }
    await this.#rest()
    // Only what lives when the time is over may stay.
    if (!over.aborted || random() < 0.5) await this.#delete()
  }

  /** Its state once nothing is in progress: `gone` when it was deleted. */
  async settled(withinMs: number): Promise<string> {
    const end = Date.now() + withinMs
    for (let status = ''; ; await pause(500)) {
      const { status: code, text } = await this.#ask('GET', `/stacks/${this.name}/${this.#id}`)
      if (code === 404) return 'gone'
      if (code !== 200) throw new Error(`${this.name}: ${code} ${text}`)
      const { stack } = JSON.parse(text) as Shown
      status = stack.stack_status
      if (status === 'DELETE_COMPLETE') return 'gone'
      if (status.endsWith('_COMPLETE')) return status
      if (status.endsWith('_FAILED') || Date.now() > end) return `${status}: ${stack.stack_status_reason}`
    }
  }

  /** Waits until what was asked is done, or only a moment, so that the next comes into the midst of it. */
  async #rest(): Promise<void> {
    const { random, over } = this.#world
    if (random() < 0.5) return void (await pause(random() * 2000))
    for (let i = 0; i < 60 && !over.aborted; i++) {
      const { status, text } = await this.#ask('GET', `/stacks/${this.name}/${this.#id}`)
      if (status !== 200 || !text.includes('_IN_PROGRESS')) return
      await pause(500)
    }
  }

  async #create(wanted: Wish): Promise<void> {
    this.#wish = wanted
    const body = { stack_name: this.name, template: wanted.template }
    const made = await this.#ask('POST', '/stacks', body)
    if (made.status === 409 && made.attempts === 1)
      throw new Error(`${this.name} was never made: ${made.text}`)
    // An earlier attempt whose answer was lost had been carried out.
    const found = made.status === 409 ? await this.#ask('GET', `/stacks/${this.name}`) : made
    if (found.status !== 201 && found.status !== 200) throw new Error(`create: ${found.status} ${found.text}`)
    this.#id = (JSON.parse(found.text) as Shown).stack.id
  }

  async #update(wanted: Wish): Promise<void> {
    this.#wish = wanted
    const { template } = wanted
    const { status, text } = await this.#ask('PUT', `/stacks/${this.name}/${this.#id}`, { template })
    if (status !== 202) throw new Error(`update: ${status} ${text}`)
  }

  async #delete(): Promise<void> {
    this.#wish = undefined
    const { status, text } = await this.#ask('DELETE', `/stacks/${this.name}/${this.#id}`)
    if (status !== 204 && status !== 404) throw new Error(`delete: ${status} ${text}`)
  }

  /** Asks one API after the other, until one says more than that the service is away. */
  async #ask(method: string, path: string, body?: object): Promise<Answer> {
    const { ports, cloud, random, told } = this.#world
    const since = Date.now()
    const first = Math.floor(random() * ports.length)
    const story: string[] = []
    for (let attempts = 1; ; attempts++) {
      told.asked++
      const port = ports[(first + attempts) % ports.length]
      const answer = await ask(`http://127.0.0.1:${port}/v1/${cloud.projectId}${path}`, {
        method,
        headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      const ms = Date.now() - since
      story.push(`${(ms / 1000).toFixed(1)} s: ${answer?.status ?? 'nothing'} ${wordsOf(answer)}`)
      if (ms > told.longest.ms) told.longest = { ms, story: [`${method} ${path}`, ...story] }
      if (answer !== undefined && answer.status !== 503) return { ...answer, attempts }
      told.away++
      if (Date.now() > since + patienceMs)
        throw new Error(`${method} ${path}: nobody answers: ${answer?.text}`)
      await pause(300)
    }
  }
}

/** What a refusal says. */
const wordsOf = (answer: Answer | undefined): string =>
  answer === undefined || answer.status < 400 ? '' : answer.text.slice(0, 200)

async function ask(url: string, request: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { ...request, redirect: 'follow', signal: AbortSignal.timeout(70_000) })
    return { status: response.status, text: await response.text() }
  } catch {
    return undefined
  }
}
