import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { silent } from '../../src/base/log.ts'
import { connect, transport } from '../../src/cloud/index.ts'
import { keystone } from '../../src/cloud/keystone/index.ts'
import { newPassword, ownSession, type StackUsers, stackUsers } from '../../src/identity/index.ts'
import { type Simulator, startSimulator } from '../../src/simulator/index.ts'

describe('the users of stacks', () => {
  let simulator: Simulator
  let users: StackUsers
  const carrier = transport({ log: silent })
  const as = (name: string, password: string, scope: object) => ({
    transport: carrier,
    authUrl: simulator.authUrl,
    credential: {
      by: 'password' as const,
      user: { name, domain: { name: name === 'heat_domain_admin' ? 'heat' : 'Default' } },
      password,
      scope,
    },
  })
  const project = (name: string) => ({ project: { name, domain: { name: 'Default' } } })
  const owner = () => connect(as('demo', 'hearth', project('demo')))

  before(async () => {
    simulator = await startSimulator()
    const own = ownSession(as('hearth', 'hearth', project('service')))
    // Its token is from before the service was listed in the catalog.
    await own.open()
    simulator.addEndpoint('orchestration', 'hearth', 'http://hearth:8004/v1/%(project_id)s')
    users = stackUsers({
      own,
      admin: ownSession(as('heat_domain_admin', 'hearth', { domain: { name: 'heat' } })),
      role: 'heat_stack_user',
    })
  })
  after(async () => {
    await simulator.close()
    await carrier.close()
  })

  it('are made once, in a project of the domain, with their role and a token for it (§11)', async () => {
    const session = await owner()
    const projectId = await users.ensureProject('project-stack')
    assert.equal(await users.ensureProject('project-stack'), projectId)
    const [name, password] = ['web-handle-abc', newPassword()]
    const id = await users.ensureUser({ name, password, projectId }, session)
    assert.equal(await users.ensureUser({ name, password, projectId }, session), id)
    const token = await users.token({ id, password, projectId })
    const seen = await connect({
      ...{ transport: carrier, authUrl: simulator.authUrl },
      credential: { by: 'token', token },
    })
    assert.deepEqual([seen.userId, seen.projectId, seen.roles], [id, projectId, ['heat_stack_user']])
    const admin = keystone.connect(await connect(as('admin', 'hearth', project('admin'))))
    const { domain_id } = await admin.projects.get(projectId)
    assert.equal(domain_id, (await users.world()).domainId)
    assert.equal((await admin.users.get(id)).domain_id, domain_id)

    await users.setEnabled(id, false, session)
    await assert.rejects(users.token({ id, password, projectId }))
    await users.setEnabled(id, true, session)
    await users.token({ id, password, projectId })

    await users.removeUser({ name }, session)
    await users.removeUser({ id }, session)
    await users.removeProject(projectId)
    await users.removeProject(projectId)
    await assert.rejects(admin.users.get(id))
    await assert.rejects(admin.projects.get(projectId))
  })

  it('know where the service and Keystone are', async () => {
    const { authUrl, orchestrationUrl } = await users.world()
    assert.equal(authUrl, simulator.authUrl)
    assert.equal(orchestrationUrl, 'http://hearth:8004/v1')
  })

  it('have no role that Keystone does not know', async () => {
    const odd = stackUsers({
      own: ownSession(as('hearth', 'hearth', project('service'))),
      admin: ownSession(as('heat_domain_admin', 'hearth', { domain: { name: 'heat' } })),
      role: 'nobody',
    })
    const projectId = await odd.ensureProject('another')
    const attempt = odd.ensureUser({ name: 'x', password: 'y', projectId }, await owner())
    await assert.rejects(attempt, { message: "Can't find role nobody" })
  })

  it('are made with the rights of their owner where they have no domain, and get no tokens there (§11)', async () => {
    const own = ownSession(as('hearth', 'hearth', project('service')))
    const plain = stackUsers({ own, role: 'heat_stack_user' })
    assert.equal(plain.hasDomain, false)
    const session = await owner()
    const user = { name: 'web-handle', password: 'secret', projectId: session.projectId }
    await assert.rejects(plain.ensureUser(user, session), /not authorized/i)
    const mighty = await connect(as('admin', 'hearth', project('admin')))
    const id = await plain.ensureUser({ ...user, projectId: mighty.projectId }, mighty)
    await assert.rejects(plain.token({ ...user, id }), /no stack domain id configured/)
    await plain.removeUser({ id }, mighty)
  })
})

it('passwords by chance have everything that rules of sites ask for (§11)', () => {
  const made = new Set(Array.from({ length: 200 }, newPassword))
  assert.equal(made.size, 200)
  for (const password of made) {
    assert.match(password, /^[A-Za-z0-9!@#%^&*]{32}$/)
    for (const needed of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#%^&*]/]) assert.match(password, needed)
  }
})
