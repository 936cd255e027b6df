import { createHash } from 'node:crypto'

/** A whole graph for Graphviz, from left to right. */
export const digraph = (lines: readonly string[]): string =>
  [
    'digraph G {',
    '  graph [',
    '    fontsize=10 fontname="Verdana" compound=true rankdir=LR',
    '  ]',
    ...lines,
    '}',
    '',
  ].join('\n')

/** A node with a name and a type, one under the other. */
export const dotNode = (id: string, [name, type]: readonly [string, string], more = ''): string =>
  `  ${id} [label=${JSON.stringify(`${name}\n${type}`)}${more}];`

/** An arrow, with attributes in brackets if there are any. */
export const dotEdge = (from: string, to: string, attributes = ''): string =>
  `  ${from} -> ${to}${attributes === '' ? '' : ` [${attributes}]`};`

/** A box around some lines. */
export const dotCluster = (id: string, label: string, lines: readonly string[]): readonly string[] => [
  `  subgraph cluster_${id} {`,
  `    label=${JSON.stringify(label)};`,
  ...lines.map((one) => `  ${one}`),
  '  }',
]

/** A name for something that any program takes, whatever its own name is. */
export const idOf = (kind: string, text: string): string =>
  `${kind}_${createHash('sha256').update(text).digest('hex').slice(0, 20)}`
