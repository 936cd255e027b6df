import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readPolicyBook } from '../../src/bin/policy-book.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-policy-'))
after(() => rmSync(folder, { recursive: true }))

const configFile = join(folder, 'heat.conf')
writeFileSync(configFile, '[oslo_policy]\nenforce_new_defaults = true\n')
writeFileSync(
  join(folder, 'policy.yaml'),
  '"stacks:create": "rule:project_member"\n"stacks:index": [["role:ann"]]\nours: rule:nothing\n',
)

const ann = { roles: ['ann'], userId: 'u1', projectId: 'p1', isAdmin: false }

test('the rules are those of the files beside the configuration, over the built-in ones', () => {
  const book = readPolicyBook({ configFile })
  assert.deepEqual(book.files, [join(folder, 'policy.yaml')])
  assert.deepEqual(
    book.rules.filter(({ isOwn }) => isOwn),
    [
      { name: 'stacks:create', check: 'rule:project_member', isOwn: true, isRedundant: true },
      { name: 'stacks:index', check: '[["role:ann"]]', isOwn: true, isRedundant: false },
      { name: 'ours', check: 'rule:nothing', isOwn: true, isRedundant: false },
    ],
  )
  assert.match(book.oddities.join(), /"nothing"/)
  assert.ok(book.rules.length > 100)
})

test('somebody is known by roles, or by what Keystone says of a token', () => {
  const { allows } = readPolicyBook({ configFile })
  assert.equal(allows('stacks:index', ann), true)
  assert.equal(allows('stacks:create', ann), false)
  const token = {
    user: { id: 'u2', name: 'bob' },
    project: { id: 'p2', name: 'two' },
    roles: [{ name: 'member' }],
    expires_at: '2026-01-01T00:00:00Z',
  }
  assert.equal(allows('stacks:create', { ...ann, access: { token } }), true)
  assert.equal(allows('stacks:create', { ...ann, access: { token }, target: { project_id: 'p1' } }), false)
  assert.throws(() => allows('stacks:create', { ...ann, access: {} }), /what Keystone says of a token/)
})

test('the sample has every rule as a comment, with what it is asked for', () => {
  const sample = readPolicyBook({ configFile }).sample()
  assert.match(sample, /^# POST \/v1\/\{project_id\}\/stacks: .+\n#"stacks:create": "rule:project_member"$/m)
  assert.match(sample, /"check": null\}\n#"actions:check"/)
  assert.ok(sample.split('\n').every((line) => line === '' || line.startsWith('#')))
})
