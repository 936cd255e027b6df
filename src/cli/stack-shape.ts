import type { HearthClient, StackArgument } from '../client/index.ts'
import type { StackReply } from '../contract/rest/index.ts'
import type { Output } from './render/output.ts'

const first = [
  'id',
  'stack_name',
  'description',
  'creation_time',
  'updated_time',
  'stack_status',
  'stack_status_reason',
]

/** A stack in brief: what it is and how it is. */
export async function shortStack(client: HearthClient, stack: StackArgument): Promise<Output> {
  const reply = await client.showStack(stack, { resolveOutputs: false })
  return { shows: 'one', fields: fieldsOf(reply.stack, first) }
}

/** All that is known of a stack. */
export function wholeStack(stack: StackReply, { outputs }: { readonly outputs: boolean }): Output {
  const order = [...first, 'parameters', ...(outputs ? ['outputs'] : []), 'links']
  const others = Object.keys(stack).filter(
    (key) => !order.includes(key) && key !== 'template_description' && key !== 'outputs',
  )
  return { shows: 'one', fields: fieldsOf(stack, [...order, ...others]) }
}

const fieldsOf = (stack: StackReply, names: readonly string[]): readonly (readonly [string, unknown])[] =>
  names.map((name) => [name, new Map<string, unknown>(Object.entries(stack)).get(name) ?? null])
