import type { StackRow } from '../contract/rest/index.ts'
import type { HearthClient, StackListQuery } from './hearth-client.ts'

/** Asks for page after page until `limit` stacks are there, or there are no more. Without a limit: one request for all. */
export async function allStacks(
  client: HearthClient,
  query: StackListQuery = {},
): Promise<readonly StackRow[]> {
  const { limit, ...rest } = query
  if (limit === undefined || limit === 0) return (await client.listStacks(rest)).stacks
  const rows: StackRow[] = []
  let marker = query.marker
  while (rows.length < limit) {
    const page = await client.listStacks({
      ...rest,
      limit: limit - rows.length,
      ...(marker !== undefined && { marker }),
    })
    const last = page.stacks.at(-1)
    if (last === undefined || last.id === marker) break
    rows.push(...page.stacks)
    marker = last.id
  }
  return rows
}
