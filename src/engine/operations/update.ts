import { sameJson } from '../../base/json.ts'
import type { UpdateRequest } from '../../contract/engine.ts'
import { ActionInProgress, ImmutableParameterModified, NotSupported } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { CredentialRow, StackRow, TemplateRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { stackEvent } from '../lifecycle/journal.ts'
import type { EngineParts } from '../parts.ts'
import { templateRow } from './create.ts'
import { liveStackOf, templateOf } from './stacks.ts'
import { verifyStack } from './verify.ts'
import { type WantedStack, wantedStack } from './wanted.ts'

/** How often a change of a stack's target is tried again because another came between. */
const attempts = 5

/** Gives a stack a new target. It may be under way to another: its owner lets what runs end and goes on from there. */
export async function updateStack(parts: EngineParts, caller: Caller, ask: UpdateRequest): Promise<void> {
  const stack = await liveStackOf(parts, ask.stack)
  const { wanted, before } = await wantedUpdate(parts, ask, stack)
  await verifyStack(parts, wanted.definition, parts.access.forCaller(caller))
  refuseImmutable(before, wanted.definition)
  const template = templateRow(parts, stack.id, wanted)
  await retarget(parts, ask.stack.id, {
    template,
    next: (row) => updatedRow(parts, row, { ask, templateId: template.id }),
    credential: await credentialFor(parts, caller, stack),
  })
}

/** What an update asks for, and what the stack is meant to be now. */
export async function wantedUpdate(
  parts: EngineParts,
  ask: UpdateRequest,
  stack: StackRow,
): Promise<{ readonly wanted: WantedStack; readonly before: StackDefinition }> {
  refuseAction(stack)
  const row = await templateOf(parts, stack)
  const pseudo = { stackName: stack.name, stackId: stack.id, projectId: stack.projectId }
  const present = ask.existing && { present: { row, clearParameters: ask.clearParameters ?? [] } }
  return { wanted: wantedStack(parts, { ask, pseudo, ...present }), before: parts.definitions.of(stack, row) }
}

function refuseAction({ action }: StackRow): void {
  if (action === 'SUSPEND') throw NotSupported({ feature: 'Updating a stack when it is suspended' })
  if (action === 'DELETE') throw NotSupported({ feature: 'Updating a stack when it is deleting' })
}

function refuseImmutable(before: StackDefinition, after: StackDefinition): void {
  const changed = [...after.parameters].filter(([name, { declaration, value }]) => {
    const known = before.parameters.get(name)
    return declaration.immutable && known !== undefined && !sameJson(known.value, value)
  })
  if (changed.length > 0) throw ImmutableParameterModified({ keys: changed.map(([name]) => name).join(', ') })
}

/** The user who updates answers for what follows; a stack whose last user is the same keeps what it has. */
async function credentialFor(
  { access, newId }: EngineParts,
  caller: Caller,
  stack: StackRow,
): Promise<CredentialRow | undefined> {
  if (stack.credentialId !== null && stack.userId === caller.userId) return undefined
  return { id: newId(), document: await access.defer(caller) }
}

interface Updating {
  readonly ask: UpdateRequest
  readonly templateId: string
}

function updatedRow({ clock }: EngineParts, stack: StackRow, { ask, templateId }: Updating): StackRow {
  const tags = ask.tags ?? (ask.existing ? stack.tags : [])
  return {
    ...stack,
    action: 'UPDATE',
    status: 'IN_PROGRESS',
    statusReason: 'Stack UPDATE started',
    templateId,
    previousTemplateId: lastGoodTemplate(stack),
    disableRollback: ask.disableRollback ?? stack.disableRollback,
    timeoutMins: ask.timeoutMins === undefined ? stack.timeoutMins : ask.timeoutMins || null,
    tags,
    updatedAt: clock.now(),
  }
}

/** What a failed update goes back to: the template that last was complete, or else the one in force. */
function lastGoodTemplate({ action, status, templateId, previousTemplateId }: StackRow): string {
  const good = status === 'COMPLETE' && action !== 'ROLLBACK'
  return good ? templateId : (previousTemplateId ?? templateId)
}

interface Retargeting {
  readonly template?: TemplateRow
  readonly next: (stack: StackRow) => StackRow
  readonly credential?: CredentialRow | undefined
}

/** Stores a new target for a stack as it then is, and tells the engines. */
export async function retarget(
  parts: EngineParts,
  stackId: string,
  { template, next, credential }: Retargeting,
): Promise<void> {
  const { store, clock, hints } = parts
  for (let attempt = 0; attempt < attempts; attempt++) {
    const deployment = await store.deployment(stackId)
    const stack = await store.stack(stackId)
    if (stack === undefined || deployment === undefined)
      throw new Error(`stack ${stackId} is not stored whole`)
    const row = { ...next(stack), ...(credential && { credentialId: credential.id }) }
    const targeting = {
      stack: row,
      askedAt: clock.now(),
      seen: deployment.request,
      events: [stackEvent(parts, row)],
    }
    if (
      await store.retarget({ ...targeting, ...(template && { template }), ...(credential && { credential }) })
    ) {
      hints.work(stackId)
      return
    }
  }
  throw ActionInProgress({ stack: stackId, action: 'UPDATE' })
}
