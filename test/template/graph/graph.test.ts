import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offlineTypes } from '../../../src/bin/types.ts'
import { emptyEnvironment, type Graph, parseTemplate, stackGraph } from '../../../src/template/index.ts'
import { defineStack } from '../../../src/template/stack/define.ts'
import { pseudo } from '../sample.ts'

function graphOf(body: string, { files = {}, nestedDepth = 2 } = {}): Graph {
  const { value } = parseTemplate(`heat_template_version: 2021-04-16\nresources:\n${body}`)
  assert.ok(value)
  const input = { template: value, environment: emptyEnvironment, files, pseudo, lenient: true }
  return stackGraph(defineStack(input).value, { catalog: offlineTypes.catalog, nestedDepth })
}

const edges = ({ edges: all }: Graph) =>
  all.map(({ from, to, because, inCircle }) => `${from} -> ${to} ${because}${inCircle ? ' circle' : ''}`)

test('what waits for what is told with the reason', () => {
  const graph = graphOf(`  net: {type: OS::Neutron::Net}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  disk: {type: OS::Cinder::Volume, depends_on: net, properties: {size: 1}}
`)
  assert.deepEqual(edges(graph).sort(), [
    'net -> disk explicit',
    'net -> port reference',
    'net -> subnet reference',
    'subnet -> port implicit',
  ])
})

test('what a type knows is left out where something else leads there', () => {
  const graph = graphOf(`  net: {type: OS::Neutron::Net}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
  port: {type: OS::Neutron::Port, depends_on: subnet, properties: {network: {get_resource: net}}}
`)
  assert.ok(!edges(graph).some((one) => one.endsWith('implicit')))
})

test('circles are told, and what only leads to them or away is none', () => {
  const graph = graphOf(`  a: {type: OS::Heat::None, depends_on: b}
  b: {type: OS::Heat::None, depends_on: [a, c]}
  c: {type: OS::Heat::None}
  d: {type: OS::Heat::None, depends_on: a}
`)
  assert.deepEqual(edges(graph).sort(), [
    'a -> b explicit circle',
    'a -> d explicit',
    'b -> a explicit circle',
    'c -> b explicit',
  ])
})

test('nested stacks have what is inside, as deep as was asked', () => {
  const files = {
    'file:///self.yaml':
      'heat_template_version: 2021-04-16\nresources:\n  again: {type: "file:///self.yaml"}\n',
  }
  const depthOf = (graph: Graph | undefined): number =>
    graph === undefined ? 0 : 1 + depthOf(graph.nodes[0]?.inside)
  const body = '  inside: {type: "file:///self.yaml"}\n'
  assert.equal(depthOf(graphOf(body, { files, nestedDepth: 0 })), 1)
  assert.equal(depthOf(graphOf(body, { files, nestedDepth: 3 })), 4)
})
