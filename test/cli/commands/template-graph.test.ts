import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { offlineTypes } from '../../../src/bin/types.ts'
import { directoryWith, run } from '../fakes.ts'

const files = {
  'top.yaml': `heat_template_version: 2021-04-16
resources:
  net: {type: OS::Neutron::Net}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.0.0.0/24}}
  port: {type: OS::Neutron::Port, properties: {network: {get_resource: net}}}
  inside: {type: inside.yaml, depends_on: port}
`,
  'inside.yaml': 'heat_template_version: 2021-04-16\nresources:\n  "a<b": {type: OS::Heat::None}\n',
}

const graph = (directory: string, ...args: readonly string[]) =>
  run(['template', 'graph', 'top.yaml', ...args], {}, { readTypes: async () => offlineTypes, directory })

test('for Graphviz, reasons are told by the line and nested stacks are boxes', async (t) => {
  const { code, out } = await graph(directoryWith(t, files))
  assert.equal(code, 0)
  const id = (name: string) => new RegExp(`(r_[0-9a-f]{20}) \\[label="${name}\\\\n`).exec(out)?.[1]
  assert.ok(out.includes(`  ${id('net')} -> ${id('port')};\n`))
  assert.ok(out.includes(`  ${id('subnet')} -> ${id('port')} [style=dashed];\n`))
  assert.match(out, /-> r_[0-9a-f]{20} \[penwidth=2 lhead=cluster_stack_[0-9a-f]{20}\];/)
  assert.match(out, / {2}subgraph cluster_stack_[0-9a-f]{20} \{\n {4}label="inside\\ninside\.yaml";/)
})

test('as Mermaid, the same', async (t) => {
  const { out } = await graph(directoryWith(t, files), '-f', 'mermaid')
  assert.equal(
    out,
    `flowchart LR
  r1["net<br/>OS::Neutron::Net"]
  r2["subnet<br/>OS::Neutron::Subnet"]
  r3["port<br/>OS::Neutron::Port"]
  subgraph r4["inside<br/>inside.yaml"]
    r5["a#60;b<br/>OS::Heat::None"]
  end
  r1 --> r2
  r1 --> r3
  r3 ==> r4
  r2 -.-> r3
`,
  )
})

test('as a picture it is written to the file whose ending says so', async (t) => {
  const directory = directoryWith(t, files)
  const { code, out } = await graph(directory, '-o', 'top.svg')
  assert.deepEqual([code, out], [0, ''])
  const svg = readFileSync(join(directory, 'top.svg'), 'utf8')
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 /)
  assert.match(svg, />a&lt;b<\/text>/)
  assert.equal(svg.match(/<path class="(reference|explicit|implicit)" d="M[^"]*C/g)?.length, 3)
  assert.ok(!svg.includes('NaN') && !svg.includes('Infinity'))
})

test('a template with mistakes is drawn as far as it can be, and the mistakes are told', async (t) => {
  const circle = `heat_template_version: 2021-04-16
resources:
  a: {type: OS::Heat::None, depends_on: b}
  b: {type: OS::Heat::None, depends_on: a}
`
  const { code, out, err } = await graph(directoryWith(t, { 'top.yaml': circle }))
  assert.equal(code, 0)
  assert.equal(out.match(/color=red/g)?.length, 2)
  assert.match(err, /CircularDependency/)
})

test("how deep to look is the option's to say", async (t) => {
  const { out } = await graph(directoryWith(t, files), '--nested-depth', '0')
  assert.ok(!out.includes('subgraph'))
})
