import assert from 'node:assert/strict'
import { test } from 'node:test'
import { getFile } from '../../../src/template/functions/get-file.ts'
import { refusalOf, resultOf } from '../sample.ts'

test('gives the content of a file as it is', () => {
  assert.equal(resultOf({ get_file: 'a.sh' }, { files: { 'a.sh': '#!/bin/sh\n' } }), '#!/bin/sh\n')
})

test('refuses a file that did not come along', () => {
  const words = 'No content found in the "files" section for get_file path: '
  assert.equal(refusalOf({ get_file: 'a.sh' }), `${words}a.sh`)
  assert.equal(refusalOf({ get_file: 'constructor' }), `${words}constructor`)
  assert.equal(refusalOf({ get_file: ['a.sh'] }), 'Argument to "get_file" must be a string')
})

test("is told of in the words that Heat's acceptance tests look for", () => {
  assert.equal(getFile.summary, 'A function for including a file inline.')
})
