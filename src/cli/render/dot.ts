import { createHash } from 'node:crypto'
import type { ResourceReply } from '../../contract/rest/index.ts'
import { linkOf } from '../events/event-log.ts'

/** Resources and what they need as a graph for Graphviz; each nested stack is a box, failed resources are red. */
export function dotText(resources: readonly ResourceReply[]): string {
  const byStack = Map.groupBy(resources, (resource) => linkOf(resource, 'stack') ?? '')
  const root = linkOf(resources[0] ?? { links: [] }, 'stack') ?? ''
  const lines = [...byStack].flatMap(([stack, members]) =>
    stack === root ? members.map(nodeLine) : cluster(stack, members),
  )
  const edges = [...byStack.values()].flatMap(needs)
  const descents = resources.flatMap((resource) => descent(resource, byStack))
  return [
    'digraph G {',
    '  graph [',
    '    fontsize=10 fontname="Verdana" compound=true rankdir=LR',
    '  ]',
    ...lines,
    ...edges,
    ...descents,
    '}',
    '',
  ].join('\n')
}

function cluster(stack: string, members: readonly ResourceReply[]): readonly string[] {
  const name = /\/stacks\/([^/]+)/.exec(stack)?.[1] ?? ''
  return [
    `  subgraph cluster_${idOf('stack', stack)} {`,
    `    label=${JSON.stringify(decodeURIComponent(name))};`,
    ...members.map((one) => `  ${nodeLine(one)}`),
    '  }',
  ]
}

function nodeLine(resource: ResourceReply): string {
  const colour = resource.resource_status.endsWith('FAILED') ? ' style=filled color=red' : ''
  return `  ${nodeOf(resource)} [label=${JSON.stringify(`${resource.resource_name}\n${resource.resource_type}`)}${colour}];`
}

function needs(members: readonly ResourceReply[]): readonly string[] {
  const nodes = new Map(members.map((member) => [member.resource_name, nodeOf(member)]))
  return members.flatMap((member) =>
    (member.required_by ?? []).flatMap((name) => {
      const node = nodes.get(name)
      return node === undefined ? [] : [`  ${nodeOf(member)} -> ${node};`]
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
  return [
    `  ${nodeOf(resource)} -> ${nodeOf(inside)} [color=dimgray lhead=cluster_${idOf('stack', nested)} arrowhead=none];`,
  ]
}

const nodeOf = (resource: ResourceReply): string =>
  idOf('r', linkOf(resource, 'self') ?? resource.resource_name)

const idOf = (kind: string, text: string): string =>
  `${kind}_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
