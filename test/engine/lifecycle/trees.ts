import assert from 'node:assert/strict'
import type { JsonMap } from '../../../src/base/json.ts'
import type { SnapshotView, StackIdentity } from '../../../src/contract/views.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { group } from '../templates.ts'

/** A template of one thing, which stands for its stack. */
export const inner = (size: number) => `
heat_template_version: 2021-04-16
resources:
  x: {type: Test::Thing, properties: {size: ${size}}}
outputs:
  OS::stack_id: {value: {get_resource: x}}
`

/** What a stack is given with `My::Own`, which stands for that template. */
export const own = (size = 1) => ({
  environment: { resource_registry: { 'My::Own': 'own.yaml' } },
  files: { 'own.yaml': inner(size) },
})

/** So many of them, three stacks deep. */
export const deep = (count: number, more: JsonMap = {}): JsonMap =>
  group(1, {
    type: 'OS::Heat::ResourceGroup',
    properties: { count, resource_def: { type: 'My::Own' }, ...more },
  })

/** A stack that was made. */
export async function created(
  play: Scenario,
  template: JsonMap,
  more: object = own(),
): Promise<StackIdentity> {
  const stack = await play.create('web', template, more)
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
  return stack
}

/** Brings a stack to a template. */
export async function updated(
  play: Scenario,
  stack: StackIdentity,
  template: JsonMap,
  more = own(),
): Promise<void> {
  await play.update(stack, template, more)
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
}

/** A snapshot that was taken of a stack. */
export async function taken(play: Scenario, stack: StackIdentity): Promise<SnapshotView> {
  const { id } = await play.clock.until(play.calls.createSnapshot(anna, { stack }))
  assert.equal((await play.settled(stack)).status, 'COMPLETE')
  return await play.clock.until(play.calls.showSnapshot(anna, { stack, snapshot: id }))
}

/** What a document tells of a resource inside it, by the way to it. */
export const inside = (document: JsonMap | null | undefined, ...path: readonly string[]): JsonMap =>
  path.reduce((map, key) => (map.resources as Record<string, JsonMap>)[key] ?? {}, document ?? {})

/** The names of the members of a group, which are in the stack that is its child. */
export async function membersOf(play: Scenario, stack: { id: string }, ...path: readonly string[]) {
  let id = stack.id
  for (const name of path) id = (await play.row({ id }, name)).physicalId ?? ''
  return (await play.rows({ id })).map(({ name }) => name).sort()
}
