import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Caller } from '../../src/contract/views.ts'
import { odditiesIn, policy } from '../../src/identity/index.ts'

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
    for (const check of [
      "'role:a'",
      '%x:%(y)d',
      'role:%s',
      'role',
      '(role:a',
      'role:a role:b',
      'role:a and',
      ')',
      'http://server/check',
    ]) {
      assert.throws(
        () => policy({ rules: { mine: check } }),
        { code: 'PolicyInvalid', message: /rule "mine"/ },
        check,
      )
    }
  })

  it('knows a caller by the names that the original has, of which some say nothing', () => {
    const met = (check: string, caller: Caller) => policy({ rules: { t: check } }).allowed('t', caller)
    const ann = { ...who('member'), userDomainId: 'd1' }
    for (const check of ['user:u1', 'tenant:p1', 'user_domain_id:d1', 'system_scope:None', 'domain_id:None'])
      assert.equal(met(check, ann), true, check)
    for (const check of ['user_name:ann', 'trust_id:None', 'system_scope:all', 'service_roles:member'])
      assert.equal(met(check, ann), false, check)
    assert.equal(met('system_scope:all', { ...ann, isOfSystem: true }), true)
    assert.equal(met('is_admin_project:True', ann), true)
    assert.equal(met('is_admin_project:True', { ...ann, isAdminProject: false }), false)
  })

  it('tells of rules that speak of none, or of themselves', () => {
    assert.deepEqual(odditiesIn({}), [])
    const rules = { a: 'rule:b', b: [['role:x', 'rule:c']], c: 'not rule:a', d: 'rule:nothing or rule:d' }
    assert.deepEqual(
      odditiesIn({ rules }).map((text) => text.replace(/, .*/, '')),
      [
        'rule "a" leads back to itself',
        'rule "b" leads back to itself',
        'rule "c" leads back to itself',
        'rule "d" speaks of the rule "nothing"',
        'rule "d" leads back to itself',
      ],
    )
  })
})
