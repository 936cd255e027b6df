import { messageOf } from '../../base/problem.ts'
import type { ResourceRow, StackRow, TemplateRow } from '../../store/rows.ts'
import { type Ownership, OwnershipLost } from '../../store/store.ts'
import { Stopping } from '../lifecycle/failure.ts'
import { journal } from '../lifecycle/journal.ts'
import type { Site } from '../lifecycle/site.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import { type Target, targetOf, wantsNothing } from '../plan/goal.ts'
import { needsOf } from '../plan/needs.ts'
import { conclude, type Outcome } from './conclude.ts'
import { drive } from './drive.ts'

/** How a deployment left this engine: it is done, another engine has it, or it was given up for any engine to take. */
export type Leave = 'done' | 'lost' | 'released'

/** A stack's deployment while this engine owns it. */
export interface Deployment {
  readonly stackId: string
  readonly ended: Promise<Leave>
  /** Looks whether something new is asked of the stack. */
  look(): Promise<void>
  /** Stops waiting for clouds, lets requests under way end, and gives the deployment up for another engine. */
  stop(): void
}

/** Brings a stack to what is asked of it, again and again while something new is asked meanwhile. */
export function deploy(parts: EngineParts, owner: Ownership): Deployment {
  const control = new AbortController()
  const watch: Watch = { request: 0, superseded: () => {} }

  async function work(): Promise<Leave> {
    try {
      for (;;) {
        const now = await load(parts, owner, watch)
        if (now === undefined) return 'lost'
        const outcome = await turn(now)
        if (control.signal.aborted) return await giveUp()
        if (await conclude(parts, { owner, stack: now.stack, request: now.request, outcome })) return 'done'
      }
    } catch (error) {
      if (!(error instanceof OwnershipLost)) {
        parts.log.error(
          { stack: owner.stackId, error: messageOf(error) },
          'A deployment broke off; it will be taken up again',
        )
      }
      return 'lost'
    }
  }

  async function turn(now: Loaded): Promise<Outcome> {
    const { site, target, stop } = prepare(parts, { now, owner, outer: control.signal })
    const superseded = async (): Promise<void> => {
      const stack = await parts.store.stack(owner.stackId)
      steer.superseded(stack !== undefined && wantsNothing(stack))
    }
    const steer = drive(site, target, stop)
    watch.superseded = superseded
    return await steer.ended
  }

  async function giveUp(): Promise<Leave> {
    await parts.store.release(owner)
    return 'released'
  }

  return {
    stackId: owner.stackId,
    ended: work(),
    stop: () => control.abort(new Stopping()),
    async look() {
      const deployment = await parts.store.deployment(owner.stackId)
      if (deployment === undefined || watch.request === 0 || deployment.request === watch.request) return
      await watch.superseded()
    },
  }
}

interface Watch {
  /** The number of the request that is being worked on. */
  request: number
  superseded: () => Promise<void> | void
}

interface Loaded {
  readonly stack: StackRow
  readonly template: TemplateRow
  readonly rows: readonly ResourceRow[]
  readonly request: number
  readonly askedAt: number
}

async function load(
  { store }: EngineParts,
  { stackId, engineId, fence }: Ownership,
  watch: Watch,
): Promise<Loaded | undefined> {
  const deployment = await store.deployment(stackId)
  if (deployment === undefined || deployment.engineId !== engineId || deployment.fence !== fence)
    return undefined
  // Read after the request number, so that a target given in between is seen as newer, never missed.
  const stack = await store.stack(stackId)
  const template = stack && (await store.template(stack.templateId))
  if (stack === undefined || template === undefined) throw new Error(`stack ${stackId} is not stored whole`)
  watch.request = deployment.request
  return {
    stack,
    template,
    rows: await store.resources(stackId),
    request: deployment.request,
    askedAt: deployment.askedAt,
  }
}

interface Preparing {
  readonly now: Loaded
  readonly owner: Ownership
  readonly outer: AbortSignal
}

function prepare(
  parts: EngineParts,
  { now, owner, outer }: Preparing,
): { site: Site; target: Target; stop: AbortController } {
  const { stack, template, rows, askedAt } = now
  const stop = new AbortController()
  const cancel = () => stop.abort(outer.reason)
  if (outer.aborted) cancel()
  else outer.addEventListener('abort', cancel, { once: true })
  const definition = parts.definitions.of(stack, template)
  const kept = targetOf(stack, rows, definition.needs).kept
  const needs = wantsNothing(stack) ? definition.needs : needsOf(definition, parts.registry, worldOf(kept))
  const target = targetOf(stack, rows, needs)
  const seconds =
    stack.timeoutMins === null ? parts.options.stackActionTimeoutSeconds : stack.timeoutMins * 60
  const site: Site = {
    parts,
    stack,
    definition,
    facade: template.facade,
    session: lazySession(parts, stack),
    journal: journal({ parts, stack, owner, onLost: (error) => stop.abort(error) }),
    signal: stop.signal,
    deadline: askedAt + seconds * 1000,
    askedAt,
    rows: new Map(target.kept),
    found: new Map(),
    ownIds: new Set(
      rows.flatMap(({ physicalId, reference }) => [physicalId, reference].filter((id) => id !== null)),
    ),
  }
  return { site, target, stop }
}

/** The stack's session, opened when a resource first asks something of a cloud: many stacks never do. */
function lazySession(parts: EngineParts, stack: StackRow): Site['session'] {
  let opened: Promise<Site['session']> | undefined
  const open = async () => {
    const credential =
      stack.credentialId === null ? undefined : await parts.store.credential(stack.credentialId)
    return parts.access.forStack(credential?.document ?? {}, stack.projectId)
  }
  const session = () => {
    opened ??= open()
    return opened
  }
  return {
    projectId: stack.projectId,
    userId: stack.userId,
    request: async (ask) => await (await session()).request(ask),
    offers: async (types) => await (await session()).offers(types),
  }
}
