import type { JsonMap } from '../../base/json.ts'
import type { StackQuery } from '../../contract/engine.ts'
import { NotFound } from '../../contract/problems.ts'
import type { Caller, OutputView, StackIdentity, StackSummary, StackView } from '../../contract/views.ts'
import type { StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { maskedEnvironment } from './masked.ts'
import { outputsOf } from './outputs.ts'
import { definitionOf, identityOf, stackOf, templateOf } from './stacks.ts'

interface Asked {
  readonly stack: StackIdentity
}

export async function showStack(
  parts: EngineParts,
  caller: Caller,
  ask: Asked & { readonly resolveOutputs: boolean },
): Promise<StackView> {
  const stack = await stackOf(parts, ask.stack)
  const definition = await definitionOf(parts, stack)
  const isShown = ask.resolveOutputs && stack.deletedAt === null
  const outputs = isShown
    ? await outputsOf(parts, stack, { caller, definition, names: [...definition.outputs.keys()] })
    : undefined
  const users = await parts.store.stackProject(stack.rootId)
  const stackUserProjectId = users?.projectId ?? stack.projectId
  return { ...stackView(stack, definition), stackUserProjectId, ...(outputs && { outputs }) }
}

/** A stack as it is shown, but for its outputs. */
export function stackView(stack: StackRow, definition: StackDefinition): StackView {
  const { description } = definition.template
  const parameters = [...definition.parameters].map(([name, { text }]) => [name, text] as const)
  return {
    ...summaryOf(stack),
    description: description || 'No description',
    templateDescription: description || 'No description',
    parameters: Object.fromEntries(parameters),
    disableRollback: stack.disableRollback,
    timeoutMins: stack.timeoutMins,
  }
}

/** A stack as a list has it. */
export function summaryOf(stack: StackRow): StackSummary {
  const { action, status, statusReason, createdAt, updatedAt, deletedAt, tags } = stack
  return {
    identity: identityOf(stack),
    description: '',
    action,
    status,
    statusReason,
    createdAt,
    updatedAt,
    deletedAt,
    owner: stack.userName,
    parent: stack.parentId,
    stackUserProjectId: stack.projectId,
    tags,
  }
}

export async function listStacks(
  parts: EngineParts,
  caller: Caller,
  ask: StackQuery,
): Promise<readonly StackSummary[]> {
  const rows = await parts.store.listStacks(scopeOf(caller, ask), ask, parts.options.hiddenStackTags)
  return rows.map(summaryOf)
}

export async function countStacks(parts: EngineParts, caller: Caller, ask: StackQuery): Promise<number> {
  return await parts.store.countStacks(scopeOf(caller, ask), ask, parts.options.hiddenStackTags)
}

/** Whose stacks are listed; that somebody else than an administrator may ask for everybody's is for the API to have checked. */
const scopeOf = ({ projectId, isAdmin }: Caller, { globalTenant }: StackQuery): string | undefined =>
  isAdmin || globalTenant ? undefined : projectId

export async function showTemplate(parts: EngineParts, _caller: Caller, ask: Asked): Promise<JsonMap> {
  return (await templateOf(parts, await stackOf(parts, ask.stack))).template
}

export async function showFiles(
  parts: EngineParts,
  _caller: Caller,
  ask: Asked,
): Promise<Readonly<Record<string, string>>> {
  return (await templateOf(parts, await stackOf(parts, ask.stack))).files
}

/** A stack's environment, with the values of hidden parameters masked. */
export async function showEnvironment(parts: EngineParts, _caller: Caller, ask: Asked): Promise<JsonMap> {
  const stack = await stackOf(parts, ask.stack)
  const row = await templateOf(parts, stack)
  const { hiddenParameterNames } = parts.definitions.of(stack, row)
  return {
    parameters: {},
    parameter_defaults: {},
    resource_registry: {},
    event_sinks: [],
    encrypted_param_names: [],
    ...maskedEnvironment(row.environment, hiddenParameterNames),
  }
}

export async function listOutputs(
  parts: EngineParts,
  _caller: Caller,
  ask: Asked,
): Promise<readonly OutputView[]> {
  const stack = await stackOf(parts, ask.stack)
  const { outputs } = await definitionOf(parts, stack)
  return [...outputs].map(([output_key, { description }]) => ({
    output_key,
    description: description || 'No description given',
  }))
}

export async function showOutput(
  parts: EngineParts,
  caller: Caller,
  ask: Asked & { readonly key: string },
): Promise<OutputView> {
  const stack = await stackOf(parts, ask.stack)
  const definition = await definitionOf(parts, stack)
  if (!definition.outputs.has(ask.key))
    throw NotFound({ message: `Specified output key ${ask.key} not found.` })
  const [output] = await outputsOf(parts, stack, { caller, definition, names: [ask.key] })
  if (output === undefined) throw new Error(`the output ${ask.key} came to nothing`)
  return output
}
