import type { NewStackRequest, UpdateRequest } from '../../contract/engine.ts'
import type { Caller, ImaginedResource, ResourceChange, StackView } from '../../contract/views.ts'
import type { EngineParts } from '../parts.ts'
import { abandonedIn, checkName, checkRoom, stackRow, wantedNew } from './create.ts'
import { withContainer } from './files-container.ts'
import { idOfImagined, imagineResources } from './imagine.ts'
import { imaginedOutputs } from './outputs.ts'
import { permitTypes } from './permit.ts'
import { planStack } from './plan-stack.ts'
import { stackView } from './show.ts'
import { liveStackOf } from './stacks.ts'
import { wantedUpdate } from './update.ts'
import { verifyStack } from './verify.ts'

/** The stack and resources that a request would make, or what would be refused; nothing is made. */
export async function previewStack(
  parts: EngineParts,
  caller: Caller,
  given: NewStackRequest,
): Promise<{ readonly stack: StackView; readonly resources: readonly ImaginedResource[] }> {
  checkName(given.name)
  await checkRoom(parts, caller, given.name)
  const ask = await withContainer(parts, caller, given)
  const id = idOfImagined
  const pseudo = { stackName: ask.name, stackId: id, projectId: caller.projectId }
  const abandoned = abandonedIn(parts, ask)
  const { definition, types } = wantedNew(parts, { ask, pseudo, ...(abandoned && { abandoned }) })
  permitTypes(parts, caller, types)
  const stack = stackRow(parts, caller, { ask, id, templateId: '', credentialId: null })
  await verifyStack(parts, caller, { stack, definition })
  const resources = await imagineResources(parts, caller, { stack, definition })
  return { stack: { ...stackView(stack, definition), outputs: imaginedOutputs(definition) }, resources }
}

/** What an update would do to each resource, and why: the plan that the engine then carries out. */
export async function previewUpdate(
  parts: EngineParts,
  caller: Caller,
  ask: UpdateRequest & { readonly showNested: boolean },
): Promise<readonly ResourceChange[]> {
  const stack = await liveStackOf(parts, ask.stack)
  const { wanted, before } = await wantedUpdate(parts, caller, { ask, stack })
  permitTypes(parts, caller, wanted.types)
  const { showNested, converge = false } = ask
  const planning = { definition: wanted.definition, before, showNested }
  return await planStack(parts, caller, { stack: { ...stack, converge }, ...planning })
}
