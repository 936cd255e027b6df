import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rootSource } from '../../../src/cli/bundle/bundle.ts'
import { type Finding, findingsJson, type Sources } from '../../../src/cli/problems/report.ts'
import { showProblems } from '../../../src/cli/problems/show-problems.ts'
import { noPaint } from '../../../src/cli/terminal.ts'

const text = `heat_template_version: 2018-08-31
resources:
  server: {type: OS::Nova::Server, properties: {user_data: {get_file: a.sh}, flavour: "m1 small"}}
`
const at = text.indexOf('a.sh')
const sources: Sources = new Map([
  [
    rootSource,
    { name: 'app.yaml', text, splices: [{ start: at, end: at + 4, text: '"file:///home/me/a.sh"' }] },
  ],
])

const unknown = {
  code: 'UnknownProperty',
  message: 'Unknown Property flavour',
  path: ['resources', 'server', 'properties', 'flavour'],
  line: 3,
  column: 96,
  meant: 'flavor',
}

const shown = (findings: readonly Finding[]) => showProblems([{ findings, sources }], noPaint)

test('a problem is shown in its line, underlined, with what was meant', () => {
  assert.equal(
    shown([unknown]),
    `app.yaml:3:78: error: Unknown Property flavour [UnknownProperty]
    3 |   server: {type: OS::Nova::Server, properties: {user_data: {get_file: a.sh}, flavour: "m1 small"}}
      |                                                                              ^~~~~~~
        Did you mean "flavor"?
1 problem
`,
  )
})

test('problems are told in the order of their places, whatever order they were found in', () => {
  const at = (file: string | undefined, line?: number, column?: number): Finding => ({
    code: 'X',
    message: 'wrong',
    path: [],
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  })
  const found = [at('b', 1, 1), at('a', 10, 1), at('a', 2, 9), at('a', 2, 3), at('a'), at(undefined)]
  const places = JSON.parse(findingsJson([{ findings: found, sources: new Map() }])).problems.map(
    ({ file, line, column }: Finding) => [file, line, column].join(':'),
  )
  assert.deepEqual(places, ['::', 'a::', 'a:2:3', 'a:2:9', 'a:10:1', 'b:1:1'])
})

test('quoted texts are underlined whole, and a hint of the service is given as it is', () => {
  assert.match(
    shown([{ ...unknown, column: 105, hint: 'Use one word.' }]),
    /\n {6}\| {87}\^~~~~~~~~~\n {8}Use one word\.\n/,
  )
})

test('a problem without a place is told without one, and one of an unknown file by the name it came with', () => {
  assert.equal(
    showProblems(
      [
        {
          findings: [
            { code: 'ParameterMissing', message: 'The Parameter (size) was not provided.', path: [] },
            { code: 'X', message: 'wrong', path: [], file: 'http://x/y.yaml', line: 2, column: 1 },
          ],
          sources: new Map(),
        },
      ],
      noPaint,
    ),
    'error: The Parameter (size) was not provided. [ParameterMissing]\nhttp://x/y.yaml:2:1: error: wrong [X]\n2 problems\n',
  )
})

test('programs get the same places', () => {
  assert.deepEqual(JSON.parse(findingsJson([{ findings: [unknown], sources }])), {
    problems: [{ ...unknown, severity: 'error', file: 'app.yaml', column: 78 }],
  })
})
