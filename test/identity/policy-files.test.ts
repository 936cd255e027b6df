import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { policyFilesIn, readPolicy } from '../../src/identity/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-policy-'))
after(() => rmSync(folder, { recursive: true }))
const inFolder = (name: string) => join(folder, name)
const alone = (name: string) => ({ files: [inFolder(name)], directories: [] })

describe('policy files', () => {
  it('may be missing, or say nothing', () => {
    assert.deepEqual(readPolicy(alone('none.yaml')), {})
    assert.deepEqual(readPolicy({ files: [], directories: [inFolder('no.d')] }), {})
    writeFileSync(inFolder('empty.yaml'), '# nothing said\n')
    assert.deepEqual(readPolicy(alone('empty.yaml')), {})
  })

  it('are YAML, or JSON as of old, with checks in words or in lists', () => {
    writeFileSync(
      inFolder('p.yaml'),
      '# ours\n"stacks:index": "role:x"\nopen: ""\nall:\nlists: [[a:b, c:d], e:f]\n',
    )
    assert.deepEqual(readPolicy(alone('p.yaml')), {
      'stacks:index': 'role:x',
      open: '',
      all: '',
      lists: [['a:b', 'c:d'], 'e:f'],
    })
    writeFileSync(inFolder('p.json'), '\n{\n\t"stacks:index": [["role:x"]]\n}\n')
    assert.deepEqual(readPolicy(alone('p.json')), { 'stacks:index': [['role:x']] })
  })

  it('say what is wrong with them, and where', () => {
    for (const wrong of ['- a', 'a: [[{}]]', 'a: 5', 'a: {', '{"a": }', 'a: @']) {
      writeFileSync(inFolder('wrong.yaml'), wrong)
      assert.throws(
        () => readPolicy(alone('wrong.yaml')),
        { code: 'PolicyInvalid', message: /wrong\.yaml/ },
        wrong,
      )
    }
    mkdirSync(inFolder('folder.yaml'))
    assert.throws(() => readPolicy(alone('folder.yaml')), { code: 'PolicyInvalid' })
  })

  it('count in their order: the first that is there, and over it those of directories', () => {
    mkdirSync(inFolder('policy.d'))
    writeFileSync(inFolder('first.json'), '{"a": "role:1", "b": "role:1", "c": "role:1"}')
    writeFileSync(inFolder('policy.d/20-late.yaml'), 'c: role:3\n')
    writeFileSync(inFolder('policy.d/10-early.yaml'), 'b: role:2\nc: role:2\n')
    writeFileSync(inFolder('policy.d/.hidden.yaml'), 'a: role:4\n')
    mkdirSync(inFolder('policy.d/below'))
    const places = {
      files: [inFolder('first.yaml'), inFolder('first.json'), inFolder('p.yaml')],
      directories: [inFolder('policy.d')],
    }
    assert.deepEqual(readPolicy(places), { a: 'role:1', b: 'role:2', c: 'role:3' })
    assert.deepEqual(
      policyFilesIn(places),
      ['first.json', 'policy.d/10-early.yaml', 'policy.d/20-late.yaml'].map(inFolder),
    )
  })
})
