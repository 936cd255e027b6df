import type { ResourceReply } from '../../contract/rest/index.ts'
import { linkOf } from '../events/event-log.ts'
import { digraph, dotCluster, dotEdge, dotNode, idOf } from './dot-words.ts'

/** Resources and what they need as a graph for Graphviz; each nested stack is a box, failed resources are red. */
export function resourcesDot(resources: readonly ResourceReply[]): string {
  const byStack = Map.groupBy(resources, (resource) => linkOf(resource, 'stack') ?? '')
  const root = linkOf(resources[0] ?? { links: [] }, 'stack') ?? ''
  const boxes = [...byStack].flatMap(([stack, members]) =>
    stack === root
      ? members.map(nodeLine)
      : dotCluster(idOf('stack', stack), nameOf(stack), members.map(nodeLine)),
  )
  const edges = [...byStack.values()].flatMap(needs)
  const descents = resources.flatMap((resource) => descent(resource, byStack))
  return digraph([...boxes, ...edges, ...descents])
}

const nameOf = (stack: string): string => decodeURIComponent(/\/stacks\/([^/]+)/.exec(stack)?.[1] ?? '')

function nodeLine(resource: ResourceReply): string {
  const colour = resource.resource_status.endsWith('FAILED') ? ' style=filled color=red' : ''
  return dotNode(nodeOf(resource), [resource.resource_name, resource.resource_type], colour)
}

function needs(members: readonly ResourceReply[]): readonly string[] {
  const nodes = new Map(members.map((member) => [member.resource_name, nodeOf(member)]))
  return members.flatMap((member) =>
    (member.required_by ?? []).flatMap((name) => {
      const node = nodes.get(name)
      return node === undefined ? [] : [dotEdge(nodeOf(member), node)]
    }),
  )
}

/** From a resource to the box of the stack that it is. */
function descent(
  resource: ResourceReply,
  byStack: ReadonlyMap<string, readonly ResourceReply[]>,
): readonly string[] {
  const nested = linkOf(resource, 'nested')
  const inside = nested === undefined ? undefined : byStack.get(nested)?.[0]
  if (nested === undefined || inside === undefined) return []
  const box = idOf('stack', nested)
  return [dotEdge(nodeOf(resource), nodeOf(inside), `color=dimgray lhead=cluster_${box} arrowhead=none`)]
}

const nodeOf = (resource: ResourceReply): string =>
  idOf('r', linkOf(resource, 'self') ?? resource.resource_name)
