import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

const v3 = '/identity/v3'

test('admins keep users, projects and roles; names are taken once in a domain', async () => {
  await using cloud = await openCloud()
  const { admin } = cloud
  const user = await admin.make(`${v3}/users`, {
    user: { name: 'ann', password: 'p', email: 'ann@example.org' },
  })
  assert.equal(user.email, 'ann@example.org')
  assert.equal(user.password, undefined)
  assert.equal((await admin.post(`${v3}/users`, { user: { name: 'ann' } })).status, 409)
  assert.equal((await admin.post(`${v3}/users`, { user: {} })).status, 400)
  assert.equal((await admin.post(`${v3}/users`, { user: { name: 5 } })).status, 400)
  const changed = await admin.patch(`${v3}/users/${user.id}`, { user: { name: 'anna' } })
  assert.equal(changed.body.user.name, 'anna')
  assert.equal((await admin.get(`${v3}/users?name=anna`)).body.users.length, 1)
  assert.equal((await admin.delete(`${v3}/users/${user.id}`)).status, 204)
  const { status, body } = await admin.get(`${v3}/users/${user.id}`)
  assert.equal(status, 404)
  assert.deepEqual(body.error, { code: 404, message: `Could not find user: ${user.id}.`, title: 'Not Found' })
})

test('others see themselves and their projects only', async () => {
  await using cloud = await openCloud()
  const { demo, admin } = cloud
  const status = async (path: string) => (await demo.get(v3 + path)).status
  assert.equal(await status('/users'), 403)
  assert.equal(await status(`/users/${demo.userId}`), 200)
  assert.equal(await status(`/users/${admin.userId}`), 403)
  assert.equal(await status('/users/nobody'), 403)
  assert.equal(await status('/projects'), 403)
  assert.equal(await status(`/projects/${demo.projectId}`), 200)
  assert.equal((await demo.get(`${v3}/users/${demo.userId}/projects`)).body.projects[0].name, 'demo')
  assert.equal((await demo.get(`${v3}/auth/projects`)).body.projects.length, 1)
})

test('roles are given to people and groups, and a group passes them on', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const group = await admin.make(`${v3}/groups`, { group: { name: 'team' } })
  const user = await admin.make(`${v3}/users`, { user: { name: 'bob', password: 'p' } })
  assert.equal((await admin.put(`${v3}/groups/${group.id}/users/${user.id}`)).status, 204)
  assert.equal((await admin.ask('HEAD', `${v3}/groups/${group.id}/users/${user.id}`)).status, 204)
  const role = (await admin.get(`${v3}/roles?name=reader`)).body.roles[0]
  await admin.put(`${v3}/projects/${demo.projectId}/groups/${group.id}/roles/${role.id}`)
  const query = `user.id=${user.id}&effective&include_names&scope.project.id=${demo.projectId}`
  const { body } = await admin.get(`${v3}/role_assignments?${query}`)
  assert.deepEqual(
    body.role_assignments.map((each: { role: { name: string } }) => each.role.name),
    ['reader'],
  )
  assert.equal((await admin.delete(`${v3}/roles/${role.id}`)).status, 403)
})
