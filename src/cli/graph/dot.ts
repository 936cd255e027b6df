import type { Because, Edge, Graph } from '../../template/index.ts'
import { digraph, dotCluster, dotEdge, dotNode, idOf } from './dot-words.ts'
import { shortType } from './short-type.ts'

/** The resources of a template and what they wait for, for Graphviz; nested stacks are boxes, circles are red. */
export function graphDot(graph: Graph): string {
  return digraph(linesOf(graph, ''))
}

function linesOf({ nodes, edges }: Graph, place: string): readonly string[] {
  const idFor = (name: string) => idOf('r', `${place}/${name}`)
  const anchors = new Map(
    nodes.map(({ name, inside }) => [name, inside?.nodes[0] ? idOf('stack', `${place}/${name}`) : '']),
  )
  return [
    ...nodes.flatMap(({ name, type, inside }) => {
      const below = `${place}/${name}`
      if (inside === undefined) return [dotNode(idFor(name), [name, shortType(type)])]
      return dotCluster(idOf('stack', below), `${name}\n${shortType(type)}`, [
        `  ${idFor(name)} [shape=point style=invis];`,
        ...linesOf(inside, below),
      ])
    }),
    ...edges.map((edge) => dotEdge(idFor(edge.from), idFor(edge.to), attributesOf(edge, anchors))),
  ]
}

const styles: Readonly<Record<Because, readonly string[]>> = {
  explicit: ['penwidth=2'],
  reference: [],
  implicit: ['style=dashed'],
}

function attributesOf({ from, to, because, inCircle }: Edge, anchors: ReadonlyMap<string, string>): string {
  const end = (side: string, box: string | undefined) => (box ? [`${side}=cluster_${box}`] : [])
  return [
    ...styles[because],
    ...(inCircle ? ['color=red'] : []),
    ...end('ltail', anchors.get(from)),
    ...end('lhead', anchors.get(to)),
  ].join(' ')
}
