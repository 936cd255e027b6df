import type {
  ChangedResource,
  PropertyChangeReply,
  RawResource,
  ResourceChangesReply,
  StackPreview,
} from '../../contract/rest/index.ts'

export type Does = 'create' | 'update' | 'replace' | 'delete' | 'leave'

/** What would be done to a stack. */
export interface Plan {
  readonly stack: string
  readonly changes: readonly PlannedChange[]
}

export interface PlannedChange {
  readonly does: Does
  /** The way to the resource from the stack: `group.0`. */
  readonly resource: string
  readonly type: string
  readonly because: string
  /** It hangs on values that only the change itself brings to light. */
  readonly uncertain: boolean
  readonly properties: readonly PropertyChangeReply[]
}

/** The plan for a new stack: everything is to be created. */
export function creationPlan(stack: string, { resources }: Pick<StackPreview, 'resources'>): Plan {
  // Services show the resources of a nested stack as a list in the list.
  const all = (resources as readonly unknown[]).flat(Number.POSITIVE_INFINITY) as readonly RawResource[]
  const pathOf = paths(all)
  return {
    stack,
    changes: all.map((resource) => ({
      does: 'create',
      resource: pathOf(resource),
      type: resource.resource_type,
      because: '',
      uncertain: false,
      properties: [],
    })),
  }
}

/** The plan for a stack that is there, each group of changes in the order that a reader wants them. */
export function updatePlan(stack: string, groups: ResourceChangesReply): Plan {
  const order = [
    ['create', groups.added],
    ['update', groups.updated],
    ['replace', groups.replaced],
    ['delete', groups.deleted],
    ['leave', groups.unchanged],
  ] as const
  const pathOf = paths(order.flatMap(([, group]) => group))
  const changeOf = (does: Does, resource: ChangedResource): PlannedChange => ({
    does,
    resource: pathOf(resource),
    type: resource.resource_type,
    // Only Hearth gives reasons; other services say no more than the group.
    because: resource.change_reason ?? '',
    uncertain: resource.change_uncertain ?? false,
    properties: resource.property_changes ?? [],
  })
  return {
    stack,
    changes: order.flatMap(([does, group]) => group.map((resource) => changeOf(does, resource))),
  }
}

function paths(resources: readonly RawResource[]): (resource: RawResource) => string {
  const owners = new Map(
    resources.flatMap((one) => (one.nested_stack_id ? [[one.nested_stack_id.stack_id, one] as const] : [])),
  )
  const namesTo = (resource: RawResource, depth = 0): readonly string[] => {
    const owner = depth < 100 ? owners.get(resource.stack_identity?.stack_id) : undefined
    if (owner !== undefined) return [...namesTo(owner, depth + 1), resource.resource_name]
    return [...(resource.parent_resource ? [resource.parent_resource] : []), resource.resource_name]
  }
  return (resource) => namesTo(resource).join('.')
}
