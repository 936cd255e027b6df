import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { Fleet } from '../fleet.ts'
import { Life, type World } from './life.ts'
import { type Mishap, toProcesses, toServers } from './mishaps.ts'
import { type Count, counted, kinds } from './templates.ts'

export interface ChaosOptions {
  readonly seconds: number
  readonly seed: number
  /** How many stacks live at a time. */
  readonly stacks: number
}

/** What came of it, for the record. */
export interface Report {
  readonly lives: number
  readonly asked: number
  readonly away: number
  readonly longestWaitSeconds: number
  readonly mishaps: Readonly<Record<string, number>>
  readonly objects: Count
  /** How long after the last mishap the last stack had ended. */
  readonly settledSeconds: number
}

/** How long everything may take to end once nothing fails any more. */
const settleMs = 240_000

/**
 * Has stacks live on a site of three engines and two APIs, a broker and a database, while processes are killed and frozen,
 * and servers and networks fail. Then every stack must have ended well, and the cloud must have what they say, once.
 */
export async function chaos({ seconds, seed, stacks }: ChaosOptions): Promise<Report> {
  const fleet = await Fleet.open({ engines: 3, apis: 2 })
  try {
    const over = AbortSignal.timeout(seconds * 1000)
    const world: World = {
      ports: fleet.apis.map((api) => fleet.member(api).port ?? 0),
      cloud: await fleet.cloud(),
      random: seeded(seed + 2),
      over,
      told: { asked: 0, away: 0, longest: { ms: 0, story: [] } },
    }
    const happened: Record<string, number> = {}
    const befalling = [toProcesses, toServers].map((mishaps, i) =>
      befall(fleet, { mishaps, happened, over, random: seeded(seed + i) }),
    )
    const [lives] = await Promise.all([populate(world, stacks), ...befalling])
    const since = Date.now()
    const ends = await Promise.all(lives.map(async (life) => [life, await life.settled(settleMs)] as const))
    const settledSeconds = Math.round((Date.now() - since) / 1000)
    const unwell = ends.filter(([, end]) => end !== 'gone' && !end.endsWith('_COMPLETE'))
    assert.deepEqual(
      unwell.map(([{ name }, end]) => `${name} ${end}`),
      [],
      fleet.log(),
    )
    const objects = await census(fleet, lives)
    const { asked, away, longest } = world.told
    console.log(longest.story.join('\n'))
    const longestWaitSeconds = Math.round(longest.ms / 1000)
    return {
      lives: lives.length,
      asked,
      away,
      longestWaitSeconds,
      mishaps: happened,
      objects,
      settledSeconds,
    }
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error })
  } finally {
    await fleet.close()
  }
}

/** Keeps so many stacks alive until the time is over; answers all that ever lived. */
async function populate(world: World, stacks: number): Promise<readonly Life[]> {
  const lives: Life[] = []
  const place = async (first: number): Promise<void> => {
    // Not all in one moment: a site's load comes over time.
    await pause((first / stacks) * 10_000)
    do {
      const life = new Life(world, `c${lives.length}x`)
      lives.push(life)
      await life.live()
    } while (!world.over.aborted)
  }
  await Promise.all(Array.from({ length: stacks }, (_, i) => place(i)))
  return lives
}

interface Befalling {
  readonly mishaps: readonly Mishap[]
  /** How often what has happened. */
  readonly happened: Record<string, number>
  readonly random: () => number
  readonly over: AbortSignal
}

/** Lets one thing after another happen, by chance. */
async function befall(fleet: Fleet, { mishaps, happened, random, over }: Befalling): Promise<void> {
  await pause(3000)
  while (!over.aborted) {
    const mishap = mishaps[Math.floor(random() * mishaps.length)]
    if (mishap === undefined) return
    happened[mishap.name] = (happened[mishap.name] ?? 0) + 1
    console.log(`${new Date().toISOString().slice(11, 19)} ${mishap.name}`)
    await mishap.happen(fleet, random)
    await pause(random() * 4000)
  }
}

/** Compares what there is in the cloud with what the stacks that live say there is. */
async function census(fleet: Fleet, lives: readonly Life[]): Promise<Count> {
  const all = fleet.simulator.census() as Record<string, readonly { readonly name?: string }[]>
  const names = (kind: string) => (all[kind] ?? []).map(({ name }) => name ?? '')
  const attachments = (all.volumes ?? []) as readonly { name: string; attachments: readonly object[] }[]
  const listed: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(kinds.map((kind) => [kind, names(kind)])),
    attachments: attachments.flatMap(({ name, attachments: own }) => own.map(() => name)),
  }
  const countOf = (name: string): Count =>
    counted(
      kinds.map((kind) => ({
        [kind]: (listed[kind] ?? []).filter((one) => one.startsWith(`${name}-`)).length,
      })),
    )
  const wrong = lives.flatMap(({ name, count }) => {
    const there = countOf(name)
    return kinds
      .filter((kind) => there[kind] !== count[kind])
      .map((kind) => `${name}: ${there[kind]} ${kind} instead of ${count[kind]}`)
  })
  assert.deepEqual(wrong, [], fleet.log())
  return counted(lives.map(({ count }) => count))
}

/** Random numbers that a seed repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
