import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const program = resolve('bin/hearth')

interface Run {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program as a process of its own, with no cloud and no service anywhere. */
function hearth(directory: string, ...args: readonly string[]): Promise<Run> {
  const env = { PATH: process.env.PATH, HOME: directory, FORCE_COLOR: undefined }
  return new Promise((done) => {
    execFile(program, ['template', ...args], { cwd: directory, env }, (error, out, err) =>
      done({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

test('templates are checked, linted, formatted and drawn by the program itself, with no service', async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'hearth-template-'))
  t.after(() => rmSync(directory, { recursive: true }))
  writeFileSync(
    join(directory, 'web.yaml'),
    `heat_template_version: 2021-04-16
parameters:
    colour: {type: string, default: red}
resources:
    net: {type: OS::Neutron::Net, properties: {nmae: web}}
`,
  )
  const [validated, linted, formatted, explained, drawn, misused] = await Promise.all([
    hearth(directory, 'validate', 'web.yaml'),
    hearth(directory, 'lint', 'web.yaml', '-f', 'sarif'),
    hearth(directory, 'format', 'web.yaml'),
    hearth(directory, 'functions', 'str_split'),
    hearth(directory, 'graph', 'web.yaml', '-f', 'svg'),
    hearth(directory, 'validate'),
  ])
  assert.equal(validated.code, 1)
  assert.match(validated.err, /^web\.yaml:5:48: error: .*nmae \[UnknownProperty\]\n/)
  assert.ok(!validated.err.includes('\u001b'))
  assert.equal(linted.code, 1)
  assert.deepEqual(
    JSON.parse(linted.out).runs[0].results.map(({ ruleId }: Record<string, string>) => ruleId),
    ['UnusedParameter', 'UnknownProperty'],
  )
  assert.match(formatted.out, /\n {2}net: \{ type: OS::Neutron::Net, properties: \{ nmae: web \} \}\n$/)
  assert.match(explained.out, /^str_split: /)
  assert.match(drawn.out, /^<svg /)
  assert.equal(misused.code, 2)
})
