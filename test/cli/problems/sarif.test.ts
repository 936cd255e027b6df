import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rootSource } from '../../../src/cli/bundle/bundle.ts'
import type { Finding } from '../../../src/cli/problems/report.ts'
import { sarifText } from '../../../src/cli/problems/sarif.ts'

const text = 'heat_template_version: 2018-08-31\nresources: {}\nextra: 1\n'
const rules = [
  { id: 'InvalidSection', summary: 'No such section.', help: 'Rename it.', severity: 'error' },
  { id: 'Unused', summary: 'Not used.', help: 'Take it out.', severity: 'info' },
] as const

const logOf = (findings: readonly Finding[], name = 'my app/web.yaml') =>
  JSON.parse(
    sarifText([{ findings, sources: new Map([[rootSource, { name, text, splices: [] }]]) }], {
      rules,
      version: '1.2.3',
    }),
  )

const finding: Finding = {
  code: 'InvalidSection',
  message: 'The template section is invalid: extra',
  path: ['extra'],
  line: 3,
  column: 1,
  endLine: 3,
  endColumn: 6,
  expected: 'one of outputs',
}

test('a log of code review tools has a run with the rules that were broken, and where', () => {
  const log = logOf([finding])
  assert.deepEqual([log.version, log.runs.length], ['2.1.0', 1])
  const [{ tool, results, columnKind }] = log.runs
  assert.equal(columnKind, 'utf16CodeUnits')
  assert.deepEqual(tool.driver, {
    name: 'hearth',
    version: '1.2.3',
    rules: [
      {
        id: 'InvalidSection',
        shortDescription: { text: 'No such section.' },
        help: { text: 'Rename it.' },
        defaultConfiguration: { level: 'error' },
      },
    ],
  })
  assert.deepEqual(
    results.map(({ partialFingerprints: _, ...rest }: Record<string, unknown>) => rest),
    [
      {
        ruleId: 'InvalidSection',
        ruleIndex: 0,
        level: 'error',
        message: { text: 'The template section is invalid: extra\nExpected one of outputs.' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'my%20app/web.yaml', uriBaseId: '%SRCROOT%' },
              region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 6 },
            },
            logicalLocations: [{ fullyQualifiedName: 'extra' }],
          },
        ],
      },
    ],
  )
})

test('what weighs less has another level, and a fingerprint is the same wherever the line has moved to', () => {
  const print = (one: Finding) => logOf([one]).runs[0].results[0].partialFingerprints['hearth/v1']
  assert.equal(logOf([{ ...finding, code: 'Unused', severity: 'info' }]).runs[0].results[0].level, 'note')
  assert.equal(print(finding), print({ ...finding, line: 1, endLine: 1 }))
  assert.notEqual(print(finding), print({ ...finding, path: ['other'] }))
})

test('files outside of the directory and addresses are named in full', () => {
  const uri = (name: string) =>
    logOf([finding], name).runs[0].results[0].locations[0].physicalLocation.artifactLocation
  assert.deepEqual(uri('/srv/t.yaml'), { uri: 'file:///srv/t.yaml' })
  assert.deepEqual(uri('https://example.org/t.yaml'), { uri: 'https://example.org/t.yaml' })
})

test('nothing found is a run without results', () => {
  assert.deepEqual(logOf([]).runs[0].results, [])
})
