import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { readAnything } from '../../src/cli/bundle/read.ts'
import { UsageError } from '../../src/cli/kit/failure.ts'
import { pairs } from '../../src/cli/pairs.ts'
import { parseParameters, readParameterFiles } from '../../src/cli/parameters.ts'
import { directoryWith } from './fakes.ts'

test('each --parameter is one pair, whatever its value holds', () => {
  assert.deepEqual(parseParameters(['a=1', 'url=http://x/?a=b&c=d', 'empty=']), {
    a: '1',
    url: 'http://x/?a=b&c=d',
    empty: '',
  })
})

test('a single --parameter may hold several pairs, but not everything with a semicolon is pairs', () => {
  assert.deepEqual(parseParameters(['a=1;b=two;c=']), { a: '1', b: 'two', c: '' })
  assert.deepEqual(parseParameters(['command=one; two']), { command: 'one; two' })
  assert.deepEqual(parseParameters(['a=1;b=2', 'c=3']), { a: '1;b=2', c: '3' })
})

test('a name given more than once has all its values', () => {
  assert.deepEqual(parseParameters(['a=1', 'a=2', 'a=3']), { a: ['1', '2', '3'] })
})

test('what is no pair is a mistake in the command line', () => {
  assert.throws(
    () => parseParameters(['size']),
    new UsageError('Malformed parameter(size). Use the key=value format.'),
  )
  assert.throws(() => parseParameters(['=3']), UsageError)
  assert.throws(() => pairs(['status']), UsageError)
})

test('conditions keep all values of a key', () => {
  assert.deepEqual(pairs(['status=FAILED', 'name=a', 'name=b']), { status: ['FAILED'], name: ['a', 'b'] })
})

test('--parameter-file reads beside the template, and says what it can not read', async (t) => {
  const directory = directoryWith(t, { 'app.yaml': '', 'key.pem': 'SECRET\n' })
  const base = pathToFileURL(`${directory}/app.yaml`).href
  assert.deepEqual(await readParameterFiles(['key=key.pem'], base, readAnything), { key: 'SECRET\n' })
  await assert.rejects(
    readParameterFiles(['key=nope'], base, readAnything),
    /Cannot read .*nope, which is to be the parameter key: there is no such file/,
  )
})
