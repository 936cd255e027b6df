import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { World } from '../../../src/template/index.ts'
import { refusalOf, resultOf } from '../sample.ts'

function asked(): { world: World; paths: string[] } {
  const paths: string[] = []
  return {
    paths,
    world: {
      reference: () => 'id',
      attribute(resource, path) {
        paths.push([resource, ...path].join('.'))
        return path.length === 1 ? { private: [{ addr: '10.0.0.5' }] } : '10.0.0.9'
      },
    },
  }
}

const expression = { get_attr: ['server', 'addresses', 'private', 0, 'addr'] }

test('in 2013-05-23 fetches the whole attribute and selects from it', () => {
  const { world, paths } = asked()
  assert.equal(resultOf(expression, { version: '2013-05-23', world }), '10.0.0.5')
  assert.deepEqual(paths, ['server.addresses'])
})

test('from 2014-10-16 on hands the path to the resource', () => {
  const { world, paths } = asked()
  assert.equal(resultOf(expression, { version: '2014-10-16', world }), '10.0.0.9')
  assert.deepEqual(paths, ['server.addresses.private.0.addr'])
})

test('from 2015-10-15 on gives all attributes of a resource named alone', () => {
  const { world, paths } = asked()
  resultOf({ get_attr: ['server'] }, { version: '2015-10-15', world })
  assert.deepEqual(paths, ['server'])
  assert.match(
    refusalOf({ get_attr: ['server'] }, { version: '2015-04-30' }) ?? '',
    /must be of the form \[resource_name, attribute/,
  )
})

test('gives null for what the resource does not have', () => {
  assert.equal(
    resultOf(
      { get_attr: ['server', 'gone'] },
      { world: { reference: () => null, attribute: () => undefined } },
    ),
    null,
  )
})

test('refuses other forms of arguments', () => {
  assert.match(
    refusalOf({ get_attr: 'server' }, { version: '2013-05-23' }) ?? '',
    /Argument to "get_attr" must be a list/,
  )
  assert.match(refusalOf({ get_attr: [] }) ?? '', /can be of the next forms/)
  assert.match(refusalOf({ get_attr: ['gone', 'show'] }) ?? '', /The specified reference "gone"/)
  assert.match(
    refusalOf({ get_attr: ['server', { a: 1 }] }) ?? '',
    /The attribute in "get_attr" must be a string/,
  )
  assert.match(refusalOf({ get_attr: [{ a: 1 }, 'show'] }) ?? '', /The resource name in "get_attr" must be/)
  assert.match(
    refusalOf({ get_attr: ['server', 'list', ['x']] }) ?? '',
    /Path components in attributes must be strings/,
  )
})

test('gives null for a path with a step that leads nowhere', () => {
  const world = { reference: () => null, attribute: () => ['a', 'b'] }
  assert.equal(resultOf({ get_attr: ['server', 'list', null] }, { world }), null)
  assert.equal(resultOf({ get_attr: ['server', 'list', ['x']] }, { world, version: '2013-05-23' }), null)
})

test('takes true for the index 1, as the original does', () => {
  const world = { reference: () => null, attribute: () => ['a', 'b'] }
  assert.equal(resultOf({ get_attr: ['server', 'list', true] }, { world, version: '2013-05-23' }), 'b')
})

test('gives all attributes where the attribute is null', () => {
  const world = { reference: () => null, attribute: (_: string, path: readonly unknown[]) => path }
  assert.deepEqual(resultOf({ get_attr: ['server', null, 'x'] }, { world }), [])
})
