import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Graph } from '../../template/index.ts'
import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { TemplateRefused } from '../kit/failure.ts'
import { choice, text, whole } from '../kit/options.ts'
import { offlineTypes, readEach } from '../offline/inputs.ts'
import { wantedOptions } from '../wanted.ts'

const { template: _, ...besides } = wantedOptions
const formats = ['dot', 'mermaid', 'svg'] as const

/** `hearth template graph` */
export const templateGraph = command({
  name: 'template graph',
  summary: 'Draw which resources of a template wait for which.',
  notes:
    'Arrows lead from what must be there first. Thick ones come of depends_on, thin ones of properties that refer to a resource, dashed ones of what the types know (a server waits for the subnet of its network); circles are red. Nested stacks are boxes. No service is asked. Without -f, the ending of the output file tells the format.',
  example:
    'hearth template graph web.yaml -e prod.yaml -o web.svg\nhearth template graph web.yaml -f dot | dot -Tpng > web.png\nhearth template graph web.yaml -f mermaid >> README.md',
  arguments: { file: one('the template: a path, a URL, or - for the input') },
  options: {
    ...besides,
    format: choice('-f, --format <format>', 'dot (for Graphviz), mermaid or svg (default: dot)', formats),
    output: text('-o, --output <file>', 'the file to write'),
    nestedDepth: whole(
      '--nested-depth <levels>',
      'how many levels of nested stacks to look into (default: 3)',
    ),
  },
  async run({ args, options, context }) {
    const {
      read: [wanted],
      refused,
    } = await readEach(context, [args.file], options)
    if (wanted === undefined) throw new TemplateRefused(refused)
    const { bundle, body, name } = wanted
    const types = await offlineTypes(context)
    const { readOffline } = await import('../offline/stack.ts')
    const { findings, definition } = await readOffline(bundle, body.parameters, types)
    const report = { findings, sources: bundle.sources }
    if (definition === undefined) throw new TemplateRefused([report])
    const problems = findings.filter(({ severity }) => severity === undefined || severity === 'error')
    if (problems.length > 0) {
      const { showProblems } = await import('../problems/show-problems.ts')
      const { err } = context.terminal
      err.write(showProblems([{ ...report, findings: problems }], err.paint))
    }
    const { stackGraph } = await import('../../template/index.ts')
    const graph = stackGraph(definition, { catalog: types.catalog, nestedDepth: options.nestedDepth ?? 3 })
    const picture = await drawn(graph, options.format ?? formatOf(options.output), name)
    if (options.output === undefined) return { shows: 'text', text: picture }
    await writeFile(resolve(context.directory, options.output), picture)
    return { shows: 'nothing' }
  },
})

type Format = (typeof formats)[number]

function formatOf(output: string | undefined): Format {
  if (output === undefined) return 'dot'
  if (/\.svg$/i.test(output)) return 'svg'
  return /\.(mmd|mermaid|md)$/i.test(output) ? 'mermaid' : 'dot'
}

async function drawn(graph: Graph, format: Format, name: string): Promise<string> {
  switch (format) {
    case 'dot':
      return (await import('../graph/dot.ts')).graphDot(graph)
    case 'mermaid':
      return (await import('../graph/mermaid.ts')).graphMermaid(graph)
    case 'svg':
      return (await import('../graph/svg.ts')).graphSvg(graph, name === '-' ? 'stdin' : name)
  }
}
