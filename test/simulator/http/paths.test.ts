import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathsOf } from '../../../src/simulator/http/paths.ts'
import { nothing, route } from '../../../src/simulator/kit/call.ts'

const handle = () => nothing()
const paths = pathsOf([
  route('GET /things', handle),
  route('GET /things/detail', handle),
  route('GET /things/:id', handle),
  route('DELETE /things/:id', handle),
  route('GET /things/:thing/parts/:id', handle),
])

const found = (method: string, path: string) => {
  const outcome = paths.find(method, path)
  return outcome && 'route' in outcome ? [outcome.route.path, outcome.params] : outcome
}

test('a path leads to its route, with what stands in the places that are open', () => {
  assert.deepEqual(found('GET', '/things/'), ['/things', {}])
  assert.deepEqual(found('GET', '/things/detail'), ['/things/detail', {}])
  assert.deepEqual(found('GET', '/things/a%2Fb'), ['/things/:id', { id: 'a/b' }])
  assert.deepEqual(found('DELETE', '/things/detail'), ['/things/:id', { id: 'detail' }])
  assert.deepEqual(found('GET', '/things/1/parts/2'), ['/things/:thing/parts/:id', { thing: '1', id: '2' }])
})

test('a path without the method says which there are, and no path is none', () => {
  assert.deepEqual(found('PUT', '/things/1'), { methods: ['GET', 'DELETE'] })
  assert.equal(found('GET', '/other'), undefined)
  assert.equal(found('GET', '/things/1/parts'), undefined)
})
