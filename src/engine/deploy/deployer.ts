import { messageOf } from '../../base/problem.ts'
import type { EngineParts } from '../parts.ts'
import { type Deployment, deploy } from './deployment.ts'

/** Takes up the deployments that wait for an engine, and says all the while that this engine is alive. */
export interface Deployer {
  /** Says that the engine is there, and begins to take up work. */
  start(): Promise<void>
  /** Gives up what is under way, for others to go on with, and says goodbye. */
  stop(): Promise<void>
  /** The stacks that this engine is deploying now. */
  readonly stacks: readonly string[]
}

export function deployer(parts: EngineParts): Deployer {
  const { store, clock, log, options, hints } = parts
  const mine = new Map<string, Deployment>()
  /** Deployments that broke off here though this engine owns them: to be taken up again. */
  const broken = new Set<string>()
  const taking = new Map<string, Promise<void>>()
  const stopped = new AbortController()
  let heart: Promise<void> = Promise.resolve()

  /** Takes a deployment up, or has the one that is under way look for news. One attempt at a time for each stack. */
  function attend(stackId: string): Promise<void> {
    const before = taking.get(stackId) ?? Promise.resolve()
    const attempt = before
      .then(() => attendNow(stackId))
      .catch((error: unknown) => {
        log.warn({ stack: stackId, error: messageOf(error) }, 'A deployment could not be looked at')
      })
    taking.set(stackId, attempt)
    void attempt.then(() => taking.get(stackId) === attempt && taking.delete(stackId))
    return attempt
  }

  async function attendNow(stackId: string): Promise<void> {
    if (stopped.signal.aborted) return
    const under = mine.get(stackId)
    if (under !== undefined) return await under.look()
    const deployment = await store.deployment(stackId)
    if (deployment === undefined || !deployment.pending) return void broken.delete(stackId)
    if (deployment.engineId !== null && !broken.has(stackId) && !(await isDead(deployment.engineId))) return
    const owner = await store.claim(deployment, parts.id)
    if (owner === undefined) return
    broken.delete(stackId)
    const begun = deploy(parts, owner)
    mine.set(stackId, begun)
    void begun.ended.then((left) => {
      mine.delete(stackId)
      if (left === 'lost') broken.add(stackId)
      // Something may have been asked while this one ended.
      if (left === 'done') void attend(stackId)
    })
  }

  async function isDead(engineId: string): Promise<boolean> {
    if (engineId === parts.id) return false
    if (options.alone) return true
    const engine = (await store.engines()).find(({ id }) => id === engineId)
    return engine === undefined || engine.seenAt < clock.now() - options.deadAfterMs
  }

  async function beat(startedAt: number): Promise<void> {
    await store.heartbeat({ id: parts.id, host: options.host, startedAt, seenAt: clock.now() })
    const deadBefore = options.alone ? Number.POSITIVE_INFINITY : clock.now() - options.deadAfterMs
    for (const { stackId, engineId } of await store.claimable(deadBefore)) {
      if (engineId !== parts.id || broken.has(stackId)) void attend(stackId)
    }
    for (const stackId of [...mine.keys(), ...broken]) void attend(stackId)
  }

  async function live(startedAt: number): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        await beat(startedAt)
      } catch (error) {
        log.error({ error: messageOf(error) }, 'The store can not be reached')
      }
      await clock.sleep(options.heartbeatMs, stopped.signal).catch(() => {})
    }
  }

  return {
    async start() {
      const startedAt = clock.now()
      await store.heartbeat({ id: parts.id, host: options.host, startedAt, seenAt: startedAt })
      hints.onWork((stackId) => void attend(stackId))
      heart = live(startedAt)
    },
    async stop() {
      stopped.abort()
      await heart
      for (const deployment of mine.values()) deployment.stop()
      await Promise.all([...mine.values()].map(({ ended }) => ended))
      await store.forgetEngine(parts.id).catch(() => {})
    },
    get stacks() {
      return [...mine.keys()]
    },
  }
}
