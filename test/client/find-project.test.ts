import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../src/base/problem.ts'
import { findProject } from '../../src/client/find-project.ts'

const refuse = (status: number): never => {
  throw new Problem('Refused', 'no', { status })
}

/** A Keystone that answers some paths, and says of the others that they are not there. */
function keystoneWith(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const ask = async (path: string) => {
    asked.push(path)
    return answers[path] ?? refuse(404)
  }
  return { ask, asked }
}

test('a project is found by its ID, or else by its name', async () => {
  const { ask, asked } = keystoneWith({
    '/projects/p1': { project: { id: 'p1' } },
    '/projects?name=demo%20one': { projects: [{ id: 'p2' }] },
  })
  assert.equal(await findProject(ask, { project: 'p1' }), 'p1')
  assert.equal(await findProject(ask, { project: 'demo one' }), 'p2')
  assert.deepEqual(asked, ['/projects/p1', '/projects/demo%20one', '/projects?name=demo%20one'])
})

test('a name counts in its domain', async () => {
  const { ask } = keystoneWith({
    '/domains?name=D': { domains: [{ id: 'd1' }] },
    '/projects?name=demo&domain_id=d1': { projects: [{ id: 'p3' }] },
    '/projects?name=demo': { projects: [{ id: 'p3' }, { id: 'p4' }] },
  })
  assert.equal(await findProject(ask, { project: 'demo', domain: 'D' }), 'p3')
  await assert.rejects(
    findProject(ask, { project: 'demo' }),
    /More than one project exists with the name 'demo'/,
  )
})

test('one that is not there is told', async () => {
  const { ask } = keystoneWith({ '/projects?name=nope': { projects: [] } })
  await assert.rejects(findProject(ask, { project: 'nope' }), /No project with a name or ID of 'nope' exists/)
})

test('those who may not look must know the ID', async () => {
  assert.equal(await findProject(async () => refuse(403), { project: 'p9' }), 'p9')
})
