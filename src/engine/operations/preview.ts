import type { NewStackRequest, UpdateRequest } from '../../contract/engine.ts'
import type { Caller, ResourceChange, ResourceView, StackView } from '../../contract/views.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { abandonedIn, checkName, checkRoom, stackRow, wantedNew } from './create.ts'
import { planStack } from './plan-stack.ts'
import { resourceView } from './resources.ts'
import { stackView } from './show.ts'
import { liveStackOf } from './stacks.ts'
import { wantedUpdate } from './update.ts'
import { verifyStack } from './verify.ts'

/** The stack and resources that a request would make, or what would be refused; nothing is made. */
export async function previewStack(
  parts: EngineParts,
  caller: Caller,
  ask: NewStackRequest,
): Promise<{ readonly stack: StackView; readonly resources: readonly ResourceView[] }> {
  checkName(ask.name)
  await checkRoom(parts, caller, ask.name)
  const id = parts.newId()
  const pseudo = { stackName: ask.name, stackId: id, projectId: caller.projectId }
  const abandoned = abandonedIn(parts, ask)
  const { definition } = wantedNew(parts, { ask, pseudo, ...(abandoned && { abandoned }) })
  await verifyStack(parts, definition, parts.access.forCaller(caller))
  const stack = stackRow(parts, caller, { ask, id, templateId: '', credentialId: null })
  const resources = [...definition.resources.keys()].map((name) =>
    resourceView({ stack, definition, name, row: undefined, requiredBy: usersOf(definition, name) }),
  )
  return { stack: stackView(stack, definition), resources }
}

const usersOf = ({ needs }: StackDefinition, name: string): readonly string[] =>
  [...needs].filter(([, list]) => list.includes(name)).map(([user]) => user)

/** What an update would do to each resource, and why: the plan that the engine then carries out. */
export async function previewUpdate(
  parts: EngineParts,
  caller: Caller,
  ask: UpdateRequest & { readonly showNested: boolean },
): Promise<readonly ResourceChange[]> {
  const stack = await liveStackOf(parts, ask.stack)
  const { wanted, before } = await wantedUpdate(parts, ask, stack)
  const { showNested, converge = false } = ask
  const planning = { definition: wanted.definition, before, showNested }
  return await planStack(parts, caller, { stack: { ...stack, converge }, ...planning })
}
