import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../tools/free-port.ts'
import { all, below, type Level, levels, type Question, questions } from '../api/rules.ts'
import { HearthProcess } from './hearth.ts'
import { Keystone, type Scoped } from './keystone.ts'
import { administrator } from './openstack.ts'

const template = {
  heat_template_version: '2021-04-16',
  resources: {
    handle: { type: 'OS::Heat::WaitConditionHandle' },
    secret: { type: 'OS::Heat::RandomString' },
  },
  outputs: { say: { value: { get_attr: ['handle', 'curl_cli'] } } },
}

/** Somebody who asks, by way of a project; `refused`: whatever they ask, with that status. */
interface Caller {
  readonly token: string
  readonly project: string
  readonly may?: readonly Level[]
  readonly refused?: number
}

/** What stands in the braces of addresses. */
type Names = Readonly<Record<string, string>>

describe('who may ask what, with the tokens of a real Keystone', { timeout: 300_000 }, () => {
  const name = `journey-callers-${process.pid}`
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const configuration = join(folder, 'hearth.conf')
  const hearth = new HearthProcess(['up', '--cloud', 'env'], {
    ...administrator(),
    HEARTH_CONFIG_FILE: configuration,
  })
  const keystone = new Keystone(administrator())
  const everybody = new Map<string, Caller>()
  let port = 0
  let here = ''
  let elsewhere = ''
  let ann: Scoped
  let names: Names
  let lateEnds = 0

  const ask = async (caller: Pick<Caller, 'token'>, line: string, body?: object) => {
    const [method = '', path = ''] = line.split(' ')
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(caller.token !== '' && { 'x-auth-token': caller.token }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }

  const askWell = async (caller: Pick<Caller, 'token'>, line: string, body?: object) => {
    const { status, text } = await ask(caller, line, body)
    assert.ok(status < 300, `${line}: ${status} ${text}`)
    return JSON.parse(text)
  }

  before(async () => {
    const domain = await keystone.newDomain(name)
    const settings = `[DEFAULT]
enable_stack_abandon = true
stack_user_domain_name = ${name}
stack_domain_admin = keeper
stack_domain_admin_password = ${domain.password}
[oslo_policy]
enforce_new_defaults = true
`
    writeFileSync(configuration, settings)
    port = await freePort()
    await hearth.start(port)
    here = await keystone.newProject(`${name}-here`)
    elsewhere = await keystone.newProject(`${name}-elsewhere`)
    await keystone.newRole(name)
    const held = async (role: string, project: string, may: readonly Level[]): Promise<Caller> => {
      const user = await keystone.newUser(`${name}-${role}-${project}`, project, role)
      return { token: (await keystone.tokenFor(user)).token, project: here, may }
    }
    ann = await keystone.newUser(`${name}-ann`, here, 'member')
    const member = { token: (await keystone.tokenFor(ann)).token, project: here, may: below }
    const others: readonly (readonly [who: string, caller: Promise<Caller>, refused?: number])[] = [
      ['an administrator', held('admin', here, all)],
      ['a reader', held('reader', here, ['reader', 'stack user', 'server'])],
      ['somebody with a role of no meaning', held(name, here, [])],
      ["another project's administrator", held('admin', elsewhere, [])],
      ["another project's member", held('member', elsewhere, []), 403],
    ]
    everybody.set('a member', member)
    for (const [who, caller, refused] of others)
      everybody.set(who, { ...(await caller), ...(refused !== undefined && { refused }) })
    await throughTrusts()
    const over = await keystone.tokenFor(ann)
    await keystone.revoke(over.token)
    everybody.set('somebody whose token was revoked', { token: over.token, project: here, refused: 401 })
    const forged = `${member.token.slice(0, -8)}forged00`
    everybody.set('somebody with a forged token', { token: forged, project: here, refused: 401 })
    everybody.set('somebody without a token', { token: '', project: here, refused: 401 })
    names = await thingsOf(member)
    everybody.set('a stack user', await stackUser(member))
    await pause(Math.max(0, lateEnds - Date.now()))
  })
  after(async () => {
    await hearth.stop()
    await keystone.removeAll()
    rmSync(folder, { recursive: true })
  })

  /** Whoever has a trust of a member's, had one, or had one for a while. */
  async function throughTrusts(): Promise<void> {
    const trusted = async (endsAt?: number) => {
      const id = await keystone.newTrust(ann, here, endsAt)
      return { id, token: (await keystone.tokenByTrust(id)).token, project: here }
    }
    const [good, revoked, late] = await Promise.all([trusted(), trusted(), trusted(Date.now() + 10_000)])
    await keystone.removeTrust(ann, revoked.id)
    everybody.set('a trustee', { ...good, may: below })
    everybody.set('somebody whose trust was revoked', { ...revoked, refused: 401 })
    everybody.set('somebody whose token has run out', { ...late, refused: 401 })
    lateEnds = Date.now() + 11_000
  }

  /** A stack of a member's with all that can be asked about. */
  async function thingsOf(member: Caller): Promise<Names> {
    const root = `/v1/${here}`
    const { stack } = await askWell(member, `POST ${root}/stacks`, { stack_name: name, template })
    const path = `${root}/stacks/${name}/${stack.id}`
    const complete = async () =>
      (await askWell(member, `GET ${path}`)).stack.stack_status === 'CREATE_COMPLETE'
    for (let i = 0; i < 60 && !(await complete()); i++) await pause(500)
    const snapshot = await askWell(member, `POST ${path}/snapshots`, { name: 'one' })
    const { events } = await askWell(member, `GET ${path}/resources/handle/events`)
    const config = await askWell(member, `POST ${root}/software_configs`, { name: 'c', config: 'x' })
    const config_id = config.software_config.id
    const deployment = await askWell(member, `POST ${root}/software_deployments`, {
      config_id,
      server_id: 's',
    })
    return {
      ...{ stack_name: name, stack_id: stack.id, resource_name: 'handle', snapshot_id: snapshot.id },
      ...{ event_id: events[0].id, output_key: 'say', config_id, server_id: 's' },
      deployment_id: deployment.software_deployment.id,
      ...{ type_name: 'OS::Heat::Value', template_version: 'heat_template_version.2021-04-16' },
    }
  }

  /** The user that the stack has for whoever signals it, by the token that a server would be given. */
  async function stackUser(member: Caller): Promise<Caller> {
    const path = `/v1/${here}/stacks/${names.stack_name}/${names.stack_id}/outputs/say`
    const { output } = await askWell(member, `GET ${path}`)
    const [, token = ''] = /X-Auth-Token: ([^'"\s]+)/.exec(output.output_value) ?? []
    const [, project = ''] = /\/v1\/([^/]+)\/stacks\//.exec(output.output_value) ?? []
    return { token, project, may: ['stack user', 'server'] }
  }

  const lineOf = ({ address }: Question, project: string, filled: Names): string =>
    address
      .replace('{project_id}', project)
      .replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(filled[key] ?? 'x'))

  /** What only looks is asked about things that are there; what changes them, about others, so that it changes nothing. */
  const looks = ({ address, rule }: Question): boolean =>
    address.startsWith('GET ') || rule === 'stacks:lookup' || rule === 'resource:signal'

  const bodyOf = (question: Question): object | undefined => {
    if (question.body === undefined) return undefined
    const means = question.rule.startsWith('actions:') || question.rule === 'stacks:update_patch'
    return means ? question.body : {}
  }

  /** What is wrong with an answer, if anything is. */
  async function wrongOf(caller: Caller, question: Question): Promise<string | undefined> {
    const line = lineOf(question, caller.project, looks(question) ? names : {})
    const { status, text } = await ask(caller, line, bodyOf(question))
    const isAllowed = caller.may?.includes(levels[question.rule] ?? 'admin') === true
    const [isRight, right] = isAllowed ? allowed(question, status) : refused(caller, status)
    return isRight ? undefined : `${line} asks ${question.rule}: ${status}, not ${right}: ${text}`
  }

  test('is what the rules say, of everybody and every operation', async () => {
    for (const [who, caller] of everybody) {
      const wrong = await Promise.all(questions.map((question) => wrongOf(caller, question)))
      assert.deepEqual(
        wrong.filter((one) => one !== undefined),
        [],
        who,
      )
    }
  })

  const allowed = (question: Question, status: number): readonly [boolean, string] =>
    looks(question)
      ? [status === question.status, String(question.status)]
      : [status !== 401 && status !== 403 && status < 500, 'one that lets in']

  const refused = ({ refused: wanted = 403 }: Caller, status: number): readonly [boolean, string] => [
    status === wanted,
    String(wanted),
  ]

  test('a stack user sees of its stack what its own resource is told', async () => {
    const user = everybody.get('a stack user')
    assert.ok(user)
    const at = (resource: string) =>
      `GET /v1/${user.project}/stacks/${names.stack_name}/${names.stack_id}/resources/${resource}/metadata`
    const statuses = ['handle', 'secret', 'nothing'].map(async (one) => (await ask(user, at(one))).status)
    assert.deepEqual(await Promise.all(statuses), [200, 403, 404])
  })

  test("what is another project's is not there", async () => {
    const eve = everybody.get("another project's member")
    assert.ok(eve)
    const about = questions.filter((one) => /\{(stack_name|config_id|deployment_id)\}/.test(one.address))
    for (const question of about) {
      const line = lineOf(question, elsewhere, names)
      const { status, text } = await ask(eve, line, question.body)
      assert.equal(status, 404, `${line}: ${text}`)
    }
  })

  test('a trust that is gone is told, and made anew by whoever changes the stack next', async () => {
    const member = everybody.get('a member')
    assert.ok(member)
    for (const id of await keystone.trustsOf(ann)) await keystone.removeTrust(ann, id)
    const path = `/v1/${here}/stacks/${names.stack_name}/${names.stack_id}`
    const status = async () => (await askWell(member, `GET ${path}`)).stack.stack_status
    const update = { template: { ...template, description: 'another' } }
    const reply = await ask(member, `PUT ${path}`, update)
    assert.equal(reply.status, 202, reply.text)
    for (let i = 0; i < 60 && (await status()) !== 'UPDATE_COMPLETE'; i++) await pause(500)
    assert.equal(await status(), 'UPDATE_COMPLETE')
    assert.equal((await keystone.trustsOf(ann)).length, 1)
  })
})
