import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Caller } from '../../src/contract/views.ts'
import { policy, readPolicyFile } from '../../src/identity/index.ts'

const who = (...roles: string[]): Caller => ({
  userId: 'u1',
  userName: 'ann',
  projectId: 'p1',
  projectName: 'demo',
  roles,
  isAdmin: roles.includes('admin'),
})

describe('the policy', () => {
  it('lets anyone but stack users do the usual, until the new defaults are enforced (§16)', () => {
    const before = policy()
    assert.equal(before.allowed('stacks:create', who('whatever')), true)
    assert.equal(before.allowed('stacks:create', who('heat_stack_user')), false)
    const now = policy({ enforceNewDefaults: true })
    assert.equal(now.allowed('stacks:create', who('whatever')), false)
    assert.equal(now.allowed('stacks:create', who('reader')), false)
    assert.equal(now.allowed('stacks:index', who('reader')), true)
    assert.equal(now.allowed('stacks:create', who('Member')), true)
    assert.equal(now.allowed('stacks:create', who('member'), { project_id: 'other' }), false)
  })

  it('lets stack users signal and look up, and nobody see everything (§16)', () => {
    const user = who('heat_stack_user')
    for (const rule of [
      'resource:signal',
      'resource:metadata',
      'stacks:lookup',
      'cloudformation:DescribeStackResource',
    ]) {
      assert.equal(policy().allowed(rule, user), true)
      assert.equal(policy({ enforceNewDefaults: true }).allowed(rule, user), true)
    }
    assert.equal(policy().allowed('stacks:global_index', who('admin')), false)
    assert.equal(policy().allowed('service:index', who('admin')), true)
    assert.equal(policy().allowed('service:index', who('member')), false)
    assert.equal(policy().allowed('no:such', who('admin')), false)
  })

  it('refuses in the words that clients know', () => {
    assert.throws(() => policy().demand('stacks:index', who('heat_stack_user')), {
      code: 'Forbidden',
      status: 403,
      message: 'You are not authorized to use stacks:index.',
    })
    assert.throws(() => policy().demandType('OS::Nova::Flavor', who('member')), {
      message: 'You are not authorized to use OS::Nova::Flavor.',
    })
    policy().demandType('OS::Nova::Flavor', who('admin'))
  })

  it('keeps some resource types, and families of them, to administrators (§16)', () => {
    assert.equal(policy().allowedType('OS::Keystone::Project', who('member')), false)
    assert.equal(policy().allowedType('OS::Keystone::Project', who('admin')), true)
    assert.equal(policy().allowedType('OS::Nova::Server', who('member')), true)
    const both = policy({
      rules: { 'resource_types:OS::Nova::*': 'role:nova', 'resource_types:OS::Nova::Server': 'role:server' },
    })
    assert.equal(both.allowedType('OS::Nova::Server', who('nova')), false)
    assert.equal(both.allowedType('OS::Nova::Server', who('nova', 'server')), true)
  })

  it("takes a site's own rules in place of the defaults, without what those accepted before", () => {
    const own = policy({ rules: { 'stacks:create': 'role:builder and project_id:%(project_id)s' } })
    assert.equal(own.allowed('stacks:create', who('member')), false)
    assert.equal(own.allowed('stacks:create', who('builder')), true)
    const redefined = policy({ rules: { deny_stack_user: 'not role:guest' } })
    assert.equal(redefined.allowed('stacks:create', who('guest')), false)
    assert.equal(redefined.allowed('stacks:update_no_change', who('heat_stack_user')), true)
  })

  it('understands the language of policy files', () => {
    const cases: [string, boolean][] = [
      ['', true],
      ['@', true],
      ['!', false],
      ['not @', false],
      ['not not @', true],
      ['role:ADMIN', false],
      ['role:member', true],
      ['role:a or role:b or role:member', true],
      ['role:a or role:member and !', false],
      ['(role:a or role:member) and @', true],
      ['((role:a) or (not (role:b and role:c)))', true],
      ['project_id:%(project_id)s', true],
      ['user_id:%(target.user.id)s', true],
      ['user_id:%(missing)s', false],
      ["'x':%(x)s", true],
      ['is_admin:False', true],
      ['True:%(enabled)s', true],
      ['no_such_attribute:1', false],
      ['rule:allow_everybody', true],
      ['rule:no_such_rule', false],
      ['rule:t', false],
    ]
    const target = { project_id: 'p1', x: 'x', enabled: true, target: { user: { id: 'u1' } } }
    for (const [check, expected] of cases) {
      assert.equal(policy({ rules: { t: check } }).allowed('t', who('member'), target), expected, check)
    }
  })

  it('says which rule can not be read', () => {
    for (const check of ['role', '(role:a', 'role:a role:b', 'role:a and', ')', 'http://server/check']) {
      assert.throws(
        () => policy({ rules: { mine: check } }),
        { code: 'PolicyInvalid', message: /rule "mine"/ },
        check,
      )
    }
  })

  it('is read from a file of YAML, and without one is the default', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'policy-'))
    try {
      const path = join(folder, 'policy.yaml')
      assert.deepEqual(await readPolicyFile(path), {})
      await writeFile(path, '# nothing said\n')
      assert.deepEqual(await readPolicyFile(path), {})
      await writeFile(path, '# ours\n"stacks:index": "role:x"\nopen: ""\n')
      assert.deepEqual(await readPolicyFile(path), { 'stacks:index': 'role:x', open: '' })
      for (const wrong of ['- a', 'a: [[role]]', 'a: {']) {
        await writeFile(path, wrong)
        await assert.rejects(readPolicyFile(path), { code: 'PolicyInvalid' })
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
