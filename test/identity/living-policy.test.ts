import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Caller } from '../../src/contract/views.ts'
import { livingPolicy } from '../../src/identity/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-policy-'))
after(() => rmSync(folder, { recursive: true }))

const ann: Caller = {
  ...{ userId: 'u1', userName: 'ann', projectId: 'p1', projectName: 'demo', roles: ['ann'], isAdmin: false },
}

/** A policy over a folder of its own, with a clock that the test moves. */
function world(name: string, text: string) {
  const root = join(folder, name)
  mkdirSync(join(root, 'policy.d'), { recursive: true })
  const at = (file: string) => join(root, file)
  const write = (file: string, content: string) => writeFileSync(at(file), content)
  write('policy.yaml', text)
  const said: string[] = []
  const note = (level: string) => (_fields: object, message: string) => void said.push(`${level}: ${message}`)
  const log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  let now = 0
  const clock = { now: () => now, sleep: async () => {} }
  const places = { files: [at('policy.yaml')], directories: [at('policy.d')] }
  const policy = livingPolicy({ places, enforceNewDefaults: true, clock, log })
  const allowed = () => policy.allowed('t', ann)
  /** Somebody asks now and then, for as long as it takes. */
  const later = (): boolean => {
    for (let looks = 0; looks < 3; looks++) {
      now += 1000
      allowed()
    }
    return allowed()
  }
  return { at, write, said, allowed, later, policy }
}

describe('a policy of files', () => {
  it('is another soon after they are', () => {
    const { write, said, allowed, later } = world('changes', 't: role:bob\n')
    assert.equal(allowed(), false)
    write('policy.yaml', 't: role:ann # now\n')
    assert.equal(allowed(), false)
    assert.equal(later(), true)
    write('policy.d/over.yaml', 't: "!"\n')
    assert.equal(later(), false)
    assert.deepEqual(said, ['info: The policy was read anew', 'info: The policy was read anew'])
    later()
    assert.equal(said.length, 2)
  })

  it('stays what it was when a file is spoiled, and is another when that is mended', () => {
    const { write, said, later } = world('spoiled', 't: role:ann\n')
    for (const wrong of ['t: {', 't: role', 't: http://host/x', '- a']) {
      write('policy.yaml', `${wrong} # ${said.length}\n`)
      assert.equal(later(), true, wrong)
      assert.match(said.at(-1) ?? '', /^error: The policy can't be read anew/)
    }
    assert.equal(said.length, 4)
    write('policy.yaml', 't: role:bob # mended\n')
    assert.equal(later(), false)
  })

  it('stays what it was when a file is gone', () => {
    const { at, said, later, write } = world('gone', 't: "!"\nstacks:index: "!"\n')
    unlinkSync(at('policy.yaml'))
    assert.equal(later(), false)
    write('policy.d/other.yaml', 't: role:ann\n')
    assert.equal(later(), false)
    assert.match(said.at(-1) ?? '', /^error: Files of the policy are gone/)
    write('policy.yaml', 'u: "@"\n')
    assert.equal(later(), true)
  })

  it('says at the start what is wrong, and what is odd', () => {
    assert.throws(() => world('wrong', 't: role\n'), { code: 'PolicyInvalid', message: /rule "t"/ })
    const { said } = world('odd', 't: rule:nothing\n')
    assert.match(said.join(), /^warn: .*"nothing", which is not there/)
  })

  it('refuses as any policy does', () => {
    const { policy } = world('refuses', 't: "!"\n')
    assert.throws(() => policy.demand('t', ann), { code: 'Forbidden' })
    assert.throws(() => policy.demandType('OS::Nova::Flavor', ann), { code: 'Forbidden' })
    assert.equal(policy.allowedType('OS::Nova::Server', ann), true)
  })
})
