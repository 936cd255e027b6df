import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rootSource } from '../../../src/cli/bundle/bundle.ts'
import { locate, showProblems } from '../../../src/cli/problems/show-problems.ts'
import { noPaint } from '../../../src/cli/terminal.ts'

const text = `heat_template_version: 2018-08-31
resources:
  server: {type: OS::Nova::Server, properties: {user_data: {get_file: a.sh}, flavour: "m1 small"}}
`
const at = text.indexOf('a.sh')
const sources = new Map([
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

test('a problem is shown in its line, underlined, with what was meant', () => {
  assert.equal(
    showProblems([unknown], sources, noPaint),
    `app.yaml:3:78: error: Unknown Property flavour
    3 |   server: {type: OS::Nova::Server, properties: {user_data: {get_file: a.sh}, flavour: "m1 small"}}
      |                                                                              ^~~~~~~
        Did you mean "flavor"?
1 problem
`,
  )
})

test('quoted texts are underlined whole, and a hint of the service is given as it is', () => {
  const shown = showProblems([{ ...unknown, column: 105, hint: 'Use one word.' }], sources, noPaint)
  assert.match(shown, /\n {6}\| {87}\^~~~~~~~~~\n {8}Use one word\.\n/)
})

test('a problem without a place is told without one, and one of an unknown file by the name it came with', () => {
  assert.equal(
    showProblems(
      [
        { code: 'ParameterMissing', message: 'The Parameter (size) was not provided.', path: [] },
        { code: 'X', message: 'wrong', path: [], file: 'http://x/y.yaml', line: 2, column: 1 },
      ],
      new Map(),
      noPaint,
    ),
    'error: The Parameter (size) was not provided.\nhttp://x/y.yaml:2:1: error: wrong\n2 problems\n',
  )
})

test('programs get the same places', () => {
  assert.deepEqual(locate([unknown], sources), [{ ...unknown, file: 'app.yaml', column: 78 }])
})
