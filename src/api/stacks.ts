import type { JsonMap } from '../base/json.ts'
import type { AnyEndpoint } from '../contract/endpoint.ts'
import type { StackQuery } from '../contract/engine.ts'
import { DirectionUnknown } from '../contract/problems.ts'
import { type LinkReply, type StackRow, stacks } from '../contract/rest/index.ts'
import { type Asked, answer, conditionsIn, type Route, stackIn } from './route.ts'
import { outputReply, resourceChanges, stackPreview, stackReply, stackRow } from './shapes.ts'
import { adoptedIn, changesNothing, readTags, stackNameIn, stackRequest } from './stack-request.ts'

const list = answer(stacks.listStacks, async ({ path, query, caller, engine, policy, links, here }) => {
  if (query.global_tenant) policy.check('stacks:global_index', caller, path)
  const ask = stackQuery(query)
  const found = await engine.listStacks(caller, ask)
  const count = query.with_count ? await engine.countStacks(caller, ask) : undefined
  const withProject = caller.isAdmin || query.global_tenant === true
  const rows = found.map((stack) => stackRow(stack, links, { withProject }))
  const next = nextPage(rows, query.limit, here)
  return { stacks: rows, ...(next && { links: [next] }), ...(count !== undefined && { count }) }
})

type ListQuery = Asked<typeof stacks.listStacks>['query']

/** Conditions that are another name for another one. */
const aliases: Readonly<Record<string, string>> = {
  stack_name: 'name',
  stack_action: 'action',
  stack_status: 'status',
  stack_owner: 'username',
  parent: 'owner_id',
}

function stackQuery(query: ListQuery): StackQuery {
  const filters: Record<string, readonly string[]> = {}
  for (const [key, values] of Object.entries(conditionsIn(stacks.stackFilters, query))) {
    const name = aliases[key] ?? key
    filters[name] = [...(filters[name] ?? []), ...values]
  }
  return {
    ...(query.limit !== undefined && { limit: query.limit }),
    ...(query.marker !== undefined && { marker: query.marker }),
    ...(query.sort_keys && { sortKeys: query.sort_keys }),
    ...direction(query.sort_dir),
    ...(Object.keys(filters).length > 0 && { filters }),
    ...(query.show_deleted && { showDeleted: true }),
    ...(query.show_nested && { showNested: true }),
    ...(query.show_hidden && { showHidden: true }),
    ...(query.global_tenant && { globalTenant: true }),
    ...(query.tags && { tags: readTags(query.tags) }),
    ...(query.tags_any && { tagsAny: readTags(query.tags_any) }),
    ...(query.not_tags && { notTags: readTags(query.not_tags) }),
    ...(query.not_tags_any && { notTagsAny: readTags(query.not_tags_any) }),
  }
}

/** Upwards or downwards. */
export function direction(text: string | undefined): { readonly sortDir?: 'asc' | 'desc' } {
  const word = text?.toLowerCase()
  if (word === undefined) return {}
  if (word === 'asc' || word === 'desc') return { sortDir: word }
  throw DirectionUnknown({})
}

/** Where the list goes on, if this page is full. */
function nextPage(
  rows: readonly StackRow[],
  limit: number | undefined,
  { path, query }: Asked<AnyEndpoint>['here'],
): LinkReply | undefined {
  const last = rows.at(-1)
  if (!limit || !last || rows.length !== limit) return undefined
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const text of typeof value === 'string' ? [value] : (value ?? [])) parameters.append(key, text)
  }
  parameters.set('marker', last.id)
  return { rel: 'next', href: `${path}?${parameters}` }
}

const detail = answer(stacks.detailStacks, async ({ caller, engine, links }) => {
  const found = await engine.listStacks(caller, {})
  return { stacks: found.map((stack) => stackRow(stack, links)) }
})

const create = answer(stacks.createStack, async ({ body, caller, engine, links, settings, header }) => {
  const stack = await engine.createStack(caller, await newStack(body, settings))
  header('location', links.stackHref(stack))
  return { stack: { id: stack.id, links: [links.stack(stack)] } }
})

const preview = answer(stacks.previewStack, async ({ body, caller, engine, links, settings }) => {
  const { stack, resources } = await engine.previewStack(caller, await newStack(body, settings))
  return { stack: stackPreview(stack, resources, links) }
})

/** A new stack keeps what it made when its creation fails, unless the request says otherwise. */
async function newStack(body: JsonMap, settings: Asked<AnyEndpoint>['settings']) {
  const name = stackNameIn(body)
  return {
    disableRollback: true,
    ...(await stackRequest(body, 'create', settings)),
    ...adoptedIn(body),
    name,
  }
}

const show = answer(stacks.showStack, async ({ path, query, caller, engine, links }) => {
  const resolveOutputs = query.resolve_outputs ?? true
  return {
    stack: stackReply(await engine.showStack(caller, { stack: stackIn(path), resolveOutputs }), links),
  }
})

const update = answer(stacks.updateStack, async ({ path, body, caller, engine, settings }) => {
  const wish = await stackRequest(body, 'update', settings)
  await engine.updateStack(caller, { stack: stackIn(path), existing: false, ...wish })
  return null
})

const patch = answer(
  stacks.patchStack,
  async ({ path, body, caller, engine, policy, settings }) => {
    policy.check(changesNothing(body) ? 'stacks:update_no_change' : 'stacks:update_patch', caller, path)
    const wish = await stackRequest(body, 'patch', settings)
    await engine.updateStack(caller, { stack: stackIn(path), existing: true, ...wish })
    return null
  },
  { checksPolicy: true },
)

const previewUpdate = answer(
  stacks.previewUpdate,
  async ({ path, query, body, caller, engine, settings }) => {
    const wish = await stackRequest(body, 'update', settings)
    const ask = { stack: stackIn(path), existing: false, showNested: query.show_nested ?? false, ...wish }
    return { resource_changes: resourceChanges(await engine.previewUpdate(caller, ask)) }
  },
)

const previewPatch = answer(stacks.previewPatch, async ({ path, query, body, caller, engine, settings }) => {
  const wish = await stackRequest(body, 'patch', settings)
  const ask = { stack: stackIn(path), existing: true, showNested: query.show_nested ?? false, ...wish }
  return { resource_changes: resourceChanges(await engine.previewUpdate(caller, ask)) }
})

const remove = answer(stacks.deleteStack, async ({ path, caller, engine }) => {
  await engine.deleteStack(caller, { stack: stackIn(path) })
  return null
})

const exported = answer(stacks.exportStack, ({ path, caller, engine }) =>
  engine.exportStack(caller, { stack: stackIn(path) }),
)

const abandon = answer(stacks.abandonStack, ({ path, caller, engine }) =>
  engine.abandonStack(caller, { stack: stackIn(path) }),
)

const template = answer(stacks.showTemplate, ({ path, caller, engine }) =>
  engine.showTemplate(caller, { stack: stackIn(path) }),
)

const environment = answer(stacks.showEnvironment, ({ path, caller, engine }) =>
  engine.showEnvironment(caller, { stack: stackIn(path) }),
)

const files = answer(stacks.showFiles, ({ path, caller, engine }) =>
  engine.showFiles(caller, { stack: stackIn(path) }),
)

const listOutputs = answer(stacks.listOutputs, async ({ path, caller, engine }) => {
  const outputs = await engine.listOutputs(caller, { stack: stackIn(path) })
  return { outputs: outputs.map(({ output_key, description }) => ({ output_key, description })) }
})

const showOutput = answer(stacks.showOutput, async ({ path, caller, engine }) => ({
  output: outputReply(await engine.showOutput(caller, { stack: stackIn(path), key: path.output_key })),
}))

/** What answers for stacks, but for look-ups. */
export const stackRoutes: readonly Route[] = [
  list,
  detail,
  create,
  preview,
  show,
  update,
  patch,
  previewUpdate,
  previewPatch,
  remove,
  exported,
  abandon,
  template,
  environment,
  files,
  listOutputs,
  showOutput,
]
