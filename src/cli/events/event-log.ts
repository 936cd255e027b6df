import type { EventRow, ResourceReply } from '../../contract/rest/index.ts'

/** Tells where in a tree of stacks an event happened; it learns the tree from the events it is shown. */
export interface EventPaths {
  /** `demo.group.0`: the stack's name, and the resources that lead to the one concerned. */
  pathOf(event: EventRow): string
  /** Learns which nested stack a resource of a listing owns. */
  learn(resource: Pick<ResourceReply, 'links' | 'resource_name'>): void
}

/**
 * Starts with no knowledge: a nested stack goes by its own name until the resource that it belongs to has been seen.
 * Some services tell the ID of that stack at first, and others its name.
 */
export function eventPaths(): EventPaths {
  const parents = new Map<string, { readonly stack: StackOfEvent; readonly resource: string }>()
  const parentOf = ({ id, name }: StackOfEvent) =>
    parents.get(id) ?? parents.get(name) ?? parents.get(name.replace(/-[a-z0-9]{12}$/, ''))
  const pathTo = (stack: StackOfEvent, depth = 0): readonly string[] => {
    const parent = depth < 100 ? parentOf(stack) : undefined
    return parent === undefined ? [stack.name] : [...pathTo(parent.stack, depth + 1), parent.resource]
  }
  return {
    pathOf(event) {
      const stack = stackOf(event)
      if (stack === undefined) return event.resource_name
      if (isOfStack(event)) return pathTo(stack).join('.')
      const parent = { stack, resource: event.resource_name }
      if (event.physical_resource_id) parents.set(event.physical_resource_id, parent)
      // Before its ID is told, a nested stack is known by its name: those of its parent and its resource, and some letters.
      else parents.set(`${stack.name}-${event.resource_name}`, parent)
      return [...pathTo(stack), event.resource_name].join('.')
    },
    learn(resource) {
      const stack = stackOf(resource)
      const nested = stackAt(linkOf(resource, 'nested'))
      if (stack !== undefined && nested !== undefined)
        parents.set(nested.id, { stack, resource: resource.resource_name })
    },
  }
}

interface StackOfEvent {
  readonly name: string
  readonly id: string
}

const stackOf = (thing: Pick<EventRow, 'links'>): StackOfEvent | undefined => stackAt(linkOf(thing, 'stack'))

function stackAt(href: string | undefined): StackOfEvent | undefined {
  const [, name, id] = /\/stacks\/([^/]+)\/([^/]+)/.exec(href ?? '') ?? []
  return name === undefined || id === undefined ? undefined : { name: decodeURIComponent(name), id }
}

/** The address behind a link of an event or a resource. */
export const linkOf = ({ links }: Pick<EventRow, 'links'>, rel: string): string | undefined =>
  links.find((link) => link.rel === rel)?.href

/** Whether an event is about a whole stack, not about a resource in it. */
export const isOfStack = (event: EventRow): boolean => stackOf(event)?.id === event.physical_resource_id

/** An event as one line, in the form that OpenStackClient logs it. */
export function logLine(event: EventRow, path: string): string {
  const time = event.event_time.replace('T', ' ')
  return `${time} [${path}]: ${event.resource_status}  ${event.resource_status_reason ?? 'None'}`
}

/** Events as the lines of a log. */
export function logText(events: readonly EventRow[]): string {
  const paths = eventPaths()
  return events.map((event) => `${logLine(event, paths.pathOf(event))}\n`).join('')
}
