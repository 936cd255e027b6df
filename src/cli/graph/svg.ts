import type { Edge, Graph, Node } from '../../template/index.ts'
import { cut, widthOf } from '../render/width.ts'
import { type Layout, layered, type Point } from './layout.ts'
import { shortType } from './short-type.ts'

/** The resources of a template and what they wait for as a picture. */
export function graphSvg(graph: Graph, title: string): string {
  const whole = arranged(graph)
  const width = Math.max(whole.width, 420) + margin * 2
  const height = whole.height + margin * 2 + headHeight + legendHeight
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" font-family="Helvetica, Arial, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    style,
    markers,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    text({ x: margin, y: margin + 14 }, title, 'class="title"'),
    ...drawing(whole, { x: margin, y: margin + headHeight }),
    ...legend({ x: margin, y: height - margin - 4 }),
    '</svg>',
    '',
  ].join('\n')
}

const margin = 24
const headHeight = 36
const legendHeight = 40
const padding = 14
const boxHead = 40

const style = `<style>
.title{font-size:15px;font-weight:bold}.name{font-weight:bold}.type{fill:#555;font-size:10.5px}
path{fill:none;stroke:#667;stroke-width:1.2}path.explicit{stroke-width:2.6}path.implicit{stroke:#a9adbb;stroke-width:1;stroke-dasharray:5 4}
path.circle{stroke:#d22}.legend{fill:#555;font-size:11px}
</style>`

const marker = (id: string, colour: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" style="fill:${colour};stroke:none"/></marker>`

const markers = `<defs>${marker('arrow', '#667')}${marker('red-arrow', '#d22')}</defs>`

/** A graph with the size of each of its boxes, those of nested stacks as large as what is inside. */
interface Arranged {
  readonly graph: Graph
  readonly boxes: ReadonlyMap<string, Sized>
  readonly layout: Layout
  readonly width: number
  readonly height: number
}

interface Sized {
  readonly node: Node
  readonly width: number
  readonly height: number
  readonly inside?: Arranged
}

function arranged(graph: Graph): Arranged {
  const boxes = new Map(graph.nodes.map((node) => [node.name, sized(node)]))
  const layout = layered(
    [...boxes].map(([id, { width, height }]) => ({ id, width, height })),
    graph.edges,
  )
  return { graph, boxes, layout, width: layout.width, height: layout.height }
}

const widest = 30

function sized(node: Node): Sized {
  const letters = Math.max(widthOf(cut(node.name, widest)) * 7.4, widthOf(cut(typeOf(node), widest)) * 5.9)
  const own = Math.max(96, Math.ceil(letters) + padding * 2)
  if (node.inside === undefined) return { node, width: own, height: boxHead }
  const inside = arranged(node.inside)
  return {
    node,
    inside,
    width: Math.max(own, inside.width + padding * 2),
    height: boxHead + inside.height + padding * 2,
  }
}

/** What everybody knows anyway is left out of the types. */
const typeOf = ({ type }: Node): string => shortType(type).replace(/^OS::/, '')

function drawing({ graph, boxes, layout }: Arranged, at: Point): readonly string[] {
  const edges = graph.edges.filter(({ from, to }) => from !== to)
  return [
    ...layout.routes.flatMap((route, i) => {
      const edge = edges[i]
      return edge === undefined ? [] : [arrow(edge, route, at)]
    }),
    ...[...boxes].flatMap(([name, box]) => {
      const { x, y } = layout.places.get(name) ?? { x: 0, y: 0 }
      return boxLines(box, { x: at.x + x, y: at.y + y })
    }),
  ]
}

function boxLines({ node, width, height, inside }: Sized, { x, y }: Point): readonly string[] {
  const { fill, stroke } = coloursOf(node.type)
  const look = inside ? `fill="${fill}" fill-opacity="0.35" stroke-dasharray="4 3"` : `fill="${fill}"`
  return [
    `<g><title>${escaped(`${node.name}: ${node.type}`)}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" stroke="${stroke}" ${look}/>`,
    text({ x: x + padding, y: y + 17 }, cut(node.name, widest), 'class="name"'),
    text({ x: x + padding, y: y + 31 }, cut(typeOf(node), widest), 'class="type"'),
    ...(inside ? drawing(inside, { x: x + padding, y: y + boxHead + padding }) : []),
    '</g>',
  ]
}

/** Resources of one service have one colour. */
function coloursOf(type: string): { readonly fill: string; readonly stroke: string } {
  const service = type.split('::').slice(0, 2).join('::')
  const known = hues[service]
  const hue =
    known ?? [...service].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7)
  return { fill: `hsl(${hue},65%,93%)`, stroke: `hsl(${hue},35%,58%)` }
}

const hues: Readonly<Record<string, number>> = {
  'OS::Nova': 210,
  'OS::Neutron': 130,
  'OS::Cinder': 35,
  'OS::Heat': 275,
  'OS::Glance': 185,
}

function arrow({ because, inCircle }: Edge, route: readonly Point[], at: Point): string {
  const points = route.map(({ x, y }) => ({ x: at.x + x, y: at.y + y }))
  const end = inCircle ? 'red-arrow' : 'arrow'
  return `<path class="${because}${inCircle ? ' circle' : ''}" d="${curve(points)}" marker-end="url(#${end})"/>`
}

/** Bends that leave and reach each point level. */
function curve(points: readonly Point[]): string {
  return points
    .map(({ x, y }, i) => {
      const before = points[i - 1]
      if (before === undefined) return `M${round(x)} ${round(y)}`
      if (Math.abs(before.y - y) < 0.5) return `L${round(x)} ${round(y)}`
      const middle = (before.x + x) / 2
      return `C${round(middle)} ${round(before.y)} ${round(middle)} ${round(y)} ${round(x)} ${round(y)}`
    })
    .join('')
}

function legend({ x, y }: Point): readonly string[] {
  const entries = [
    ['reference', 'a property refers to it'],
    ['explicit', 'depends_on'],
    ['implicit', 'its type needs it'],
  ] as const
  return entries.flatMap(([kind, words], i) => {
    const left = x + i * 175
    return [
      `<path class="${kind}" d="M${left} ${round(y - 4)}L${left + 26} ${round(y - 4)}" marker-end="url(#arrow)"/>`,
      text({ x: left + 33, y }, words, 'class="legend"'),
    ]
  })
}

const text = ({ x, y }: Point, words: string, attributes: string): string =>
  `<text x="${round(x)}" y="${round(y)}" ${attributes}>${escaped(words)}</text>`

const round = (value: number): number => Math.round(value * 10) / 10

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Control characters have no place in XML. */
const escaped = (words: string): string =>
  words.replace(/\p{Cc}/gu, ' ').replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
