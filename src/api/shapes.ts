import { isoSeconds } from '../base/clock.ts'
import type {
  ChangedResource,
  EventReply,
  EventRow,
  IdentityReply,
  ImaginedResourceReply,
  OutputReply,
  RawResource,
  ResourceChangesReply,
  ResourceReply,
  SnapshotReply,
  StackPreview,
  StackReply,
  StackRow,
} from '../contract/rest/index.ts'
import type {
  EventView,
  ImaginedResource,
  OutputView,
  ResourceChange,
  ResourceView,
  SnapshotView,
  StackIdentity,
  StackSummary,
  StackView,
} from '../contract/views.ts'
import type { Links } from './links.ts'

const moment = (ms: number | null): string | null => (ms === null ? null : isoSeconds(ms))

/** A stack as a row of a list; whose it is, is told only if asked. */
export function stackRow(stack: StackSummary, links: Links, { withProject = false } = {}): StackRow {
  return {
    id: stack.identity.id,
    links: [links.stack(stack.identity)],
    ...(withProject && { project: stack.identity.projectId }),
    stack_name: stack.identity.name,
    description: stack.description,
    stack_status: `${stack.action}_${stack.status}`,
    stack_status_reason: stack.statusReason,
    creation_time: isoSeconds(stack.createdAt),
    updated_time: moment(stack.updatedAt),
    deletion_time: moment(stack.deletedAt),
    stack_owner: stack.owner,
    parent: stack.parent,
    stack_user_project_id: stack.stackUserProjectId,
    tags: stack.tags.length > 0 ? stack.tags : null,
  }
}

/** A stack in full, in the order in which clients show its fields. */
export function stackReply(stack: StackView, links: Links): StackReply {
  const { stack_owner, parent, stack_user_project_id, tags: _tags, ...row } = stackRow(stack, links)
  return {
    ...row,
    description: stack.templateDescription,
    template_description: stack.templateDescription,
    parameters: stack.parameters,
    ...(stack.outputs && { outputs: stack.outputs.map(outputReply) }),
    notification_topics: [],
    capabilities: [],
    disable_rollback: stack.disableRollback,
    timeout_mins: stack.timeoutMins,
    stack_owner,
    parent,
    stack_user_project_id,
    tags: stack.tags,
  }
}

/** A stack that is only imagined: it has no status yet. */
export function stackPreview(
  stack: StackView,
  resources: readonly ImaginedResource[],
  links: Links,
): StackPreview {
  const { stack_status: _status, stack_status_reason: _reason, ...rest } = stackReply(stack, links)
  return { ...rest, stack_user_project_id: null, resources: resources.map(imagined) }
}

const imagined = (one: ImaginedResource): ImaginedResourceReply =>
  Array.isArray(one) ? one.map(imagined) : rawResource(one as ResourceView)

/** An output with its value, which is null if it could not be told. */
export const outputReply = (output: OutputView): OutputReply => ({
  ...output,
  output_value: output.output_value ?? null,
})

/** A resource with its links. */
export function resourceReply(resource: ResourceView, links: Links): ResourceReply {
  const { stack, name, nested } = resource
  return {
    resource_name: name,
    logical_resource_id: name,
    physical_resource_id: resource.physicalId,
    resource_type: resource.type,
    resource_status: `${resource.action}_${resource.status}`,
    resource_status_reason: resource.statusReason,
    creation_time: isoSeconds(resource.createdAt),
    updated_time: isoSeconds(resource.updatedAt),
    required_by: resource.requiredBy,
    links: [
      links.resource(stack, name),
      links.stack(stack, 'stack'),
      ...(nested ? [links.stack(nested, 'nested')] : []),
    ],
    ...(resource.parentResource !== undefined && { parent_resource: resource.parentResource }),
    ...(resource.description !== undefined && { description: resource.description }),
    ...(resource.attributes && { attributes: resource.attributes }),
  }
}

const identity = ({ projectId, name, id }: StackIdentity, path = ''): IdentityReply => ({
  tenant: projectId,
  stack_name: name,
  stack_id: id,
  path,
})

/** A resource as previews show it. */
export function rawResource(resource: ResourceView): RawResource {
  const { stack, name, nested } = resource
  const isBegun = resource.action !== 'INIT'
  return {
    resource_name: name,
    resource_type: resource.type,
    resource_action: resource.action,
    resource_status: resource.status,
    resource_status_reason: resource.statusReason,
    resource_identity: identity(stack, `/resources/${name}`),
    stack_identity: identity(stack),
    stack_name: stack.name,
    physical_resource_id: resource.physicalId,
    creation_time: isBegun ? isoSeconds(resource.createdAt) : null,
    updated_time: isBegun ? isoSeconds(resource.updatedAt) : null,
    required_by: resource.requiredBy,
    description: resource.description ?? '',
    attributes: resource.attributes ?? {},
    properties: resource.properties ?? {},
    metadata: resource.metadata ?? {},
    ...(resource.parentResource !== undefined && { parent_resource: resource.parentResource }),
    ...(nested && { nested_stack_id: identity(nested) }),
  }
}

const groups = {
  leave: 'unchanged',
  update: 'updated',
  replace: 'replaced',
  create: 'added',
  delete: 'deleted',
} as const satisfies Record<ResourceChange['does'], keyof ResourceChangesReply>

/** A plan, grouped by what is done; the changes inside nested stacks stand among the others. */
export function resourceChanges(changes: readonly ResourceChange[]): ResourceChangesReply {
  const grouped: Record<keyof ResourceChangesReply, ChangedResource[]> = {
    unchanged: [],
    updated: [],
    replaced: [],
    added: [],
    deleted: [],
  }
  const pending = [...changes].reverse()
  for (let change = pending.pop(); change; change = pending.pop()) {
    grouped[groups[change.does]].push(changedResource(change))
    pending.push(...(change.nested ?? []).toReversed())
  }
  return grouped
}

const changedResource = ({ resource, because, properties, perhaps }: ResourceChange): ChangedResource => ({
  ...rawResource(resource),
  change_reason: because,
  property_changes: properties,
  change_uncertain: perhaps,
})

/** An event as a row of a list. */
export function eventRow(event: EventView, links: Links): EventRow {
  const { stack, resourceName } = event
  return {
    id: event.id,
    links: [
      links.event(stack, resourceName, event.id),
      links.resource(stack, resourceName, 'resource'),
      links.stack(stack, 'stack'),
      ...(event.rootStack ? [links.stack(event.rootStack, 'root_stack')] : []),
    ],
    event_time: isoSeconds(event.time),
    resource_name: resourceName,
    logical_resource_id: resourceName,
    resource_status: `${event.action}_${event.status}`,
    resource_status_reason: event.statusReason,
    physical_resource_id: event.physicalId || null,
  }
}

/** An event in full. */
export const eventReply = (event: EventView, links: Links): EventReply => ({
  ...eventRow(event, links),
  resource_type: event.resourceType,
  resource_properties: event.resourceProperties ?? {},
})

/** A snapshot of a stack. */
export const snapshotReply = (snapshot: SnapshotView): SnapshotReply => ({
  id: snapshot.id,
  name: snapshot.name,
  action: snapshot.action,
  status: snapshot.status,
  status_reason: snapshot.statusReason || null,
  data: snapshot.data,
  creation_time: isoSeconds(snapshot.createdAt),
})
