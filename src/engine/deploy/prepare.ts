import { once } from '../../base/once.ts'
import type { Origin } from '../../base/tracing.ts'
import type { ResourceRow, SnapshotRow, StackRow, TemplateRow } from '../../store/rows.ts'
import type { Ownership } from '../../store/store.ts'
import { ownerOf } from '../credentials.ts'
import { formerDefinitions } from '../definition/former.ts'
import { inCloud } from '../definition/zones.ts'
import { journal } from '../lifecycle/journal.ts'
import type { Site } from '../lifecycle/site.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import { actOf } from '../plan/acts.ts'
import { actingOn, nothingOf, type Target, targetOf, wantsNothing } from '../plan/goal.ts'
import { keptOf } from '../plan/kept.ts'
import { needsOf } from '../plan/needs.ts'
import { careful, guardOf } from './careful-session.ts'
import { ownerSession } from './owner-session.ts'

/** A stack as it was read for one run. */
export interface Loaded {
  readonly stack: StackRow
  readonly template: TemplateRow
  readonly rows: readonly ResourceRow[]
  /** The snapshot that is being taken of it, if one is. */
  readonly snapshot: SnapshotRow | undefined
  /** The number of the request that is worked on, and when it was made. */
  readonly request: number
  readonly askedAt: number
  /** Whose request it is, where that is known. */
  readonly origin: Origin | undefined
}

interface Preparing {
  readonly now: Loaded
  readonly owner: Ownership
  /** Stops the waiting for what is under way. */
  readonly stop: AbortController
  /** Aborted when something newer is asked. */
  readonly newer: AbortSignal
  /** Aborted when the deployment is given up without an end. */
  readonly lost: AbortController
}

/** Sets up what a run needs: what is to be done, and the place where it is done. */
export async function prepare(
  parts: EngineParts,
  { now, owner, stop, newer, lost }: Preparing,
): Promise<{ site: Site; target: Target }> {
  const { stack, template, rows, askedAt, snapshot } = now
  const guard = guardOf(parts, { owner, lost: lost.signal })
  const session = careful(guard, ownerSession(parts, stack))
  const definition = await inCloud(parts, session, parts.definitions.of(stack, template))
  const target = wantsNothing(stack) ? nothingOf(rows, await unwanted(parts, stack)) : wanted()
  const seconds =
    stack.timeoutMins === null ? parts.options.stackActionTimeoutSeconds : stack.timeoutMins * 60

  function giveUp(error: unknown): void {
    lost.abort()
    stop.abort(error)
  }

  function wanted(): Target {
    const kept = keptOf(rows, { definition, registry: parts.registry, templateId: stack.templateId })
    const needs = needsOf(definition, parts.registry, worldOf(kept))
    const act = actOf(stack.action)
    return act === undefined ? targetOf(rows, needs, kept) : actingOn(act, needs, kept)
  }

  const made = target.goal.wanted.size === 0 ? [] : target.kept.values()
  const site: Site = {
    parts,
    stack,
    definition,
    former: await formerDefinitions(parts, stack, { rows: made, wantedTemplateId: stack.templateId }),
    facade: template.facade,
    session,
    owner: once(() => ownerOf(parts, stack)),
    guard,
    journal: journal({ parts, stack, owner, rows, onLost: giveUp }),
    signal: stop.signal,
    newer,
    deadline: askedAt + seconds * 1000,
    askedAt,
    request: now.request,
    ...(snapshot && { snapshotId: snapshot.id }),
    rows: new Map(target.kept),
    found: new Map(),
    ownIds: new Set(
      rows.flatMap(({ physicalId, reference }) => [physicalId, reference].filter((id) => id !== null)),
    ),
  }
  return { site, target }
}

/** A stack that goes back to nothing may be wanted again; its snapshots go with the stack only. */
const unwanted = async ({ store }: EngineParts, { id, action }: StackRow): Promise<readonly SnapshotRow[]> =>
  action === 'DELETE' ? await store.snapshots(id) : []
