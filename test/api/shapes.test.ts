import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Links } from '../../src/api/links.ts'
import {
  eventReply,
  eventRow,
  rawResource,
  resourceChanges,
  resourceReply,
  stackPreview,
  stackReply,
  stackRow,
} from '../../src/api/shapes.ts'
import type { ResourceChange } from '../../src/contract/views.ts'
import { event, resource, summary, view } from './kit.ts'

const links = new Links('http://h/v1')
const self = { href: 'http://h/v1/p1/stacks/web/s1', rel: 'self' }

test('a row of a list of stacks', () => {
  assert.deepEqual(stackRow(summary, links), {
    id: 's1',
    links: [self],
    stack_name: 'web',
    description: '',
    stack_status: 'CREATE_COMPLETE',
    stack_status_reason: 'Stack CREATE completed successfully',
    creation_time: '2026-01-31T09:30:00Z',
    updated_time: null,
    deletion_time: null,
    stack_owner: 'ada',
    parent: null,
    stack_user_project_id: null,
    tags: null,
  })
  assert.equal(stackRow(summary, links, { withProject: true }).project, 'p1')
  assert.deepEqual(stackRow({ ...summary, tags: ['a'] }, links).tags, ['a'])
})

test('a stack in full', () => {
  const { links: _links, stack_status: _status, ...rest } = stackReply(view, links)
  assert.deepEqual(rest, {
    id: 's1',
    stack_name: 'web',
    description: 'No description',
    template_description: 'No description',
    stack_status_reason: 'Stack CREATE completed successfully',
    creation_time: '2026-01-31T09:30:00Z',
    updated_time: null,
    deletion_time: null,
    stack_owner: 'ada',
    parent: null,
    stack_user_project_id: null,
    tags: [],
    parameters: { 'OS::stack_id': 's1', size: '3' },
    outputs: [{ output_key: 'url', description: 'No description given', output_value: 'http://a/' }],
    notification_topics: [],
    capabilities: [],
    disable_rollback: true,
    timeout_mins: null,
  })
})

test('outputs that were not asked for are not there; one that failed has the value null', () => {
  const { outputs: _outputs, ...without } = view
  assert.equal('outputs' in stackReply(without, links), false)
  const failed = { output_key: 'a', description: '', output_error: 'no' }
  assert.deepEqual(stackReply({ ...view, outputs: [failed] }, links).outputs, [
    { ...failed, output_value: null },
  ])
})

test('a preview has resources and no status', () => {
  const preview = stackPreview(view, [resource], links)
  assert.equal('stack_status' in preview, false)
  assert.equal('stack_status_reason' in preview, false)
  assert.deepEqual(preview.resources, [rawResource(resource)])
})

test('a resource with its links', () => {
  const nested = { projectId: 'p1', name: 'web-child', id: 's2' }
  assert.deepEqual(
    resourceReply({ ...resource, nested, parentResource: 'group', attributes: { a: 1 } }, links),
    {
      resource_name: 'server',
      logical_resource_id: 'server',
      physical_resource_id: 'nova-1',
      resource_type: 'OS::Nova::Server',
      resource_status: 'CREATE_COMPLETE',
      resource_status_reason: 'state changed',
      creation_time: '2026-01-31T09:30:00Z',
      updated_time: '2026-01-31T09:30:01Z',
      required_by: ['ip'],
      links: [
        { href: 'http://h/v1/p1/stacks/web/s1/resources/server', rel: 'self' },
        { href: 'http://h/v1/p1/stacks/web/s1', rel: 'stack' },
        { href: 'http://h/v1/p1/stacks/web-child/s2', rel: 'nested' },
      ],
      parent_resource: 'group',
      attributes: { a: 1 },
    },
  )
})

test('a resource in a preview shows what the engine knows', () => {
  const raw = rawResource({ ...resource, properties: { name: 'x' } })
  assert.deepEqual(raw.resource_identity, {
    tenant: 'p1',
    stack_name: 'web',
    stack_id: 's1',
    path: '/resources/server',
  })
  assert.deepEqual(raw.stack_identity, { tenant: 'p1', stack_name: 'web', stack_id: 's1', path: '' })
  assert.equal(raw.resource_action, 'CREATE')
  assert.equal(raw.resource_status, 'COMPLETE')
  assert.deepEqual([raw.properties, raw.attributes, raw.metadata], [{ name: 'x' }, {}, {}])
})

test('a resource that is not begun yet has no times in a preview', () => {
  const { creation_time, updated_time } = rawResource({ ...resource, action: 'INIT' })
  assert.deepEqual([creation_time, updated_time], [null, null])
  assert.equal(rawResource(resource).creation_time, '2026-01-31T09:30:00Z')
})

test('a plan is grouped by what is done, changes inside nested stacks included', () => {
  const change = (
    name: string,
    does: ResourceChange['does'],
    nested?: readonly ResourceChange[],
  ): ResourceChange => ({
    resource: { ...resource, name },
    does,
    because: 'so',
    properties: [],
    perhaps: false,
    ...(nested && { nested }),
  })
  const grouped = resourceChanges([
    change('a', 'leave'),
    change('b', 'update', [change('b1', 'create'), change('b2', 'replace', [change('b21', 'delete')])]),
    change('c', 'create'),
  ])
  const names = Object.fromEntries(
    Object.entries(grouped).map(([group, members]) => [
      group,
      members.map((each: { resource_name: string }) => each.resource_name),
    ]),
  )
  assert.deepEqual(names, {
    unchanged: ['a'],
    updated: ['b'],
    replaced: ['b2'],
    added: ['b1', 'c'],
    deleted: ['b21'],
  })
  assert.equal(grouped.updated[0]?.change_reason, 'so')
})

test('an event as a row, and in full', () => {
  const rootStack = { projectId: 'p1', name: 'root', id: 's0' }
  const row = eventRow({ ...event, rootStack }, links)
  assert.deepEqual(row, {
    id: 'e1',
    links: [
      { href: 'http://h/v1/p1/stacks/web/s1/resources/server/events/e1', rel: 'self' },
      { href: 'http://h/v1/p1/stacks/web/s1/resources/server', rel: 'resource' },
      { href: 'http://h/v1/p1/stacks/web/s1', rel: 'stack' },
      { href: 'http://h/v1/p1/stacks/root/s0', rel: 'root_stack' },
    ],
    event_time: '2026-01-31T09:30:00Z',
    resource_name: 'server',
    logical_resource_id: 'server',
    resource_status: 'CREATE_COMPLETE',
    resource_status_reason: 'state changed',
    physical_resource_id: 'nova-1',
  })
  const full = eventReply({ ...event, resourceProperties: { a: 1 } }, links)
  assert.equal(full.resource_type, 'OS::Nova::Server')
  assert.deepEqual(full.resource_properties, { a: 1 })
})
