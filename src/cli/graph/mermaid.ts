import type { Because, Graph } from '../../template/index.ts'
import { shortType } from './short-type.ts'

/** The resources of a template and what they wait for, as Mermaid draws it in Markdown pages. */
export function graphMermaid(graph: Graph): string {
  const red: number[] = []
  let [count, links] = [0, 0]
  const linesOf = ({ nodes, edges }: Graph, indent: string): readonly string[] => {
    const ids = new Map<string, string>()
    const boxes = nodes.flatMap(({ name, type, inside }) => {
      const id = `r${++count}`
      ids.set(name, id)
      const label = `"${escaped(name)}<br/>${escaped(shortType(type))}"`
      if (inside === undefined) return [`${indent}${id}[${label}]`]
      return [`${indent}subgraph ${id}[${label}]`, ...linesOf(inside, `${indent}  `), `${indent}end`]
    })
    const arrows = edges.map(({ from, to, because, inCircle }) => {
      if (inCircle) red.push(links)
      links++
      return `${indent}${ids.get(from)} ${signs[because]} ${ids.get(to)}`
    })
    return [...boxes, ...arrows]
  }
  const lines = linesOf(graph, '  ')
  const styles = red.length === 0 ? [] : [`  linkStyle ${red.join(',')} stroke:red`]
  return ['flowchart LR', ...lines, ...styles, ''].join('\n')
}

const signs: Readonly<Record<Because, string>> = { explicit: '==>', reference: '-->', implicit: '-.->' }

const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _.:/-]/gu, (sign) => `#${sign.codePointAt(0)};`)
