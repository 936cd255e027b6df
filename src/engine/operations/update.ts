import type { UpdateRequest } from '../../contract/engine.ts'
import { ImmutableParameterModified, NotSupported } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import { changedImmutables, type StackDefinition } from '../../template/index.ts'
import { passesTrustOn, renewedCredential } from '../credentials.ts'
import type { EngineParts } from '../parts.ts'
import { begun } from '../plan/begin.ts'
import { templateRow } from './create.ts'
import { withContainer } from './files-container.ts'
import { permitDefinition, permitTypes } from './permit.ts'
import { lastGoodTemplate, retarget } from './retarget.ts'
import { templateOf } from './stacks.ts'
import { verifyStack } from './verify.ts'
import { type WantedStack, wantedStack } from './wanted.ts'

/** Gives a stack a new target. It may be under way to another: its owner lets what runs end and goes on from there. */
export async function updateStack(parts: EngineParts, caller: Caller, ask: UpdateRequest): Promise<void> {
  await retarget(parts, ask.stack, async (stack) => {
    const { wanted, before } = await wantedUpdate(parts, caller, { ask, stack })
    permitDefinition(parts, caller, before)
    permitTypes(parts, caller, wanted.types)
    await verifyStack(parts, caller, { stack, definition: wanted.definition })
    refuseImmutable(before, wanted.definition)
    const template = templateRow(parts, stack.id, wanted)
    const passedOn = passesTrustOn(parts, wanted.types)
    const credential = await renewedCredential(parts, caller, stack, passedOn)
    return { stack: updatedRow(parts, stack, { ask, templateId: template.id }), template, credential }
  })
}

/** What an update asks for, and what the stack is meant to be now. */
export async function wantedUpdate(
  parts: EngineParts,
  caller: Caller,
  { ask: given, stack }: { readonly ask: UpdateRequest; readonly stack: StackRow },
): Promise<{ readonly wanted: WantedStack; readonly before: StackDefinition }> {
  refuseAction(stack)
  const row = await templateOf(parts, stack)
  const ask = await withContainer(parts, caller, given)
  const pseudo = { stackName: stack.name, stackId: stack.id, projectId: stack.projectId }
  const present = ask.existing && { present: { row, clearParameters: ask.clearParameters ?? [] } }
  return { wanted: wantedStack(parts, { ask, pseudo, ...present }), before: parts.definitions.of(stack, row) }
}

function refuseAction({ action }: StackRow): void {
  if (action === 'SUSPEND') throw NotSupported({ feature: 'Updating a stack when it is suspended' })
  if (action === 'DELETE') throw NotSupported({ feature: 'Updating a stack when it is deleting' })
}

function refuseImmutable(before: StackDefinition, after: StackDefinition): void {
  const changed = changedImmutables(before, after)
  if (changed.length > 0) throw ImmutableParameterModified({ keys: changed.join(', ') })
}

interface Updating {
  readonly ask: UpdateRequest
  readonly templateId: string
}

function updatedRow({ clock }: EngineParts, stack: StackRow, { ask, templateId }: Updating): StackRow {
  const tags = ask.tags ?? (ask.existing ? stack.tags : [])
  return {
    ...begun(stack, 'UPDATE', clock.now()),
    templateId,
    previousTemplateId: lastGoodTemplate(stack),
    disableRollback: ask.disableRollback ?? stack.disableRollback,
    keepsObjects: false,
    converge: ask.converge ?? false,
    timeoutMins: ask.timeoutMins === undefined ? stack.timeoutMins : ask.timeoutMins || null,
    tags,
  }
}
