import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Transport, transport } from '../../src/cloud/index.ts'
import { ownSession, policy, tokenValidator } from '../../src/identity/index.ts'
import { byPassword, type Cloud, openCloud } from '../simulator/cloud.ts'
import { ask, type Bench, bench, willing } from './kit.ts'
import { all, below, type Level, levels, questions, usual } from './rules.ts'

/** Whoever may ask something is answered by an engine that does it; `refused`: whatever they ask, with that status. */
interface Caller {
  readonly token: string
  readonly may?: readonly Level[]
  /** While what was allowed before there were the roles of members and readers is still allowed. */
  readonly mayBefore?: readonly Level[]
  readonly refused?: number
}

interface Place {
  readonly project: string
  readonly everybody: Readonly<Record<string, Caller>>
}

/** Two projects, and all who might ask about the first. */
async function place(cloud: Cloud): Promise<Place> {
  const { admin, clock } = cloud
  const project = async (name: string) =>
    (await admin.make('/identity/v3/projects', { project: { name } })).id as string
  const [here, elsewhere] = [await project('here'), await project('elsewhere')] as const
  const tokenOf = async (name: string, scope?: object) => (await cloud.as(byPassword(name, scope, 'p'))).token
  const user = async (name: string) =>
    (await admin.make('/identity/v3/users', { user: { name, password: 'p' } })).id as string
  const { roles } = (await admin.get('/identity/v3/roles')).body as { roles: { name: string; id: string }[] }
  async function somebody(name: string, role: string, projectId: string): Promise<string> {
    const roleId = roles.find((one) => one.name === role)?.id
    const path = `/identity/v3/projects/${projectId}/users/${await user(name)}/roles/${roleId}`
    assert.equal((await admin.put(path)).status, 204)
    return await tokenOf(name, { project: { id: projectId } })
  }
  const expired = await somebody('late', 'member', here)
  clock.advance(3_500_000)
  const held = {
    'an administrator': { token: await somebody('root', 'admin', here), may: all, mayBefore: all },
    'a member': { token: await somebody('ann', 'member', here), may: below, mayBefore: below },
    'a reader': {
      token: await somebody('bob', 'reader', here),
      may: ['reader', 'stack user', 'server'],
      mayBefore: below,
    },
    'somebody with a role of no meaning': {
      token: await somebody('cleo', 'creator', here),
      may: [],
      mayBefore: usual,
    },
    'a stack user': {
      token: await somebody('server', 'heat_stack_user', here),
      may: ['stack user', 'server'],
      mayBefore: ['stack user', 'server'],
    },
    "another project's administrator": {
      token: await somebody('boss', 'admin', elsewhere),
      may: [],
      mayBefore: [...usual, 'admin'],
    },
  } as const
  await user('dan')
  const everybody = {
    ...held,
    ...(await throughTrusts(cloud, here)),
    "another project's member": { token: await somebody('eve', 'member', elsewhere), refused: 403 },
    'somebody without a role': { token: await tokenOf('dan'), refused: 403 },
    'somebody whose token has run out': { token: expired, refused: 401 },
    'somebody with a forged token': { token: 'gAAAAABforged', refused: 401 },
    'somebody without a token': { token: '', refused: 401 },
  }
  clock.advance(200_000)
  return { project: here, everybody }
}

/** Who has a trust of a member's, and who had one. */
async function throughTrusts(cloud: Cloud, project: string): Promise<Readonly<Record<string, Caller>>> {
  const ann = await cloud.as(byPassword('ann', { project: { id: project } }, 'p'))
  const hearth = await cloud.as(byPassword('hearth'))
  const trust = {
    ...{ trustor_user_id: ann.userId, trustee_user_id: hearth.userId, project_id: project },
    ...{ impersonation: true, roles: [{ name: 'member' }] },
  }
  const path = '/identity/v3/OS-TRUST/trusts'
  const [good, revoked] = [await ann.make(path, { trust }), await ann.make(path, { trust })]
  const tokenBy = async ({ id }: { id: string }) =>
    (await cloud.as(byPassword('hearth', { 'OS-TRUST:trust': { id } }))).token
  const [trusted, once] = [await tokenBy(good), await tokenBy(revoked)]
  assert.equal((await ann.delete(`${path}/${revoked.id}`)).status, 204)
  return {
    'a trustee': { token: trusted, may: below, mayBefore: below },
    'somebody whose trust was revoked': { token: once, refused: 401 },
  }
}

function serverOver({ simulator, clock }: Cloud, carrier: Transport, enforceNewDefaults: boolean): Bench {
  const domain = { id: 'default' }
  const credential = {
    by: 'password',
    ...{ user: { name: 'hearth', domain }, password: 'hearth' },
    scope: { project: { name: 'service', domain } },
  } as const
  const own = ownSession({ transport: carrier, authUrl: simulator.authUrl, credential })
  const validator = tokenValidator({ own, clock })
  const judge = policy({ enforceNewDefaults })
  return bench({
    engine: willing,
    identity: { authenticate: (token) => validator.validate(token) },
    policy: { check: (rule, caller, target) => judge.demand(rule, caller, target) },
  })
}

function mayAsk({ may = [], mayBefore = [] }: Caller, rule: string, enforced: boolean): boolean {
  return (enforced ? may : mayBefore).includes(levels[rule] ?? 'admin')
}

describe('who may ask what', () => {
  it('has a level for every rule, and a question for every level', () => {
    const asked = new Set(questions.map(({ rule }) => rule))
    assert.deepEqual([...asked].sort(), Object.keys(levels).sort())
  })

  for (const enforced of [false, true]) {
    it(`is what the rules say, of everybody and every operation, ${enforced ? 'as they are now' : 'with what they said before'} (§16)`, async () => {
      await using cloud = await openCloud()
      const { project, everybody } = await place(cloud)
      const carrier = transport({ clock: cloud.clock })
      const server = serverOver(cloud, carrier, enforced)
      for (const [name, caller] of Object.entries(everybody)) {
        for (const question of questions) {
          const { rule, address, body: sent } = question
          const { token, refused } = caller
          const wanted = refused ?? (mayAsk(caller, rule, enforced) ? question.status : 403)
          const path = address.replace('{project_id}', project).replaceAll(/\{\w+\}/g, 'x')
          const reply = await ask(server, path as 'GET /', { token, ...(sent && { body: sent }) })
          assert.equal(reply.status, wanted, `${name} asks ${rule} by ${address}: ${reply.text}`)
        }
      }
      await carrier.close()
    })
  }
})
