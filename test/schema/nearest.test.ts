import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest } from '../../src/schema/index.ts'

test('suggests the nearest of the words that are near', () => {
  const known = ['flavor', 'image', 'networks', 'name']
  assert.equal(nearest('flavour', known), 'flavor')
  assert.equal(nearest('iamge', known), 'image')
  assert.equal(nearest('Network', known), 'networks')
  assert.equal(nearest('nmae', known), 'name')
})

test('suggests nothing for a word that is far from all', () => {
  assert.equal(nearest('security_groups', ['flavor', 'image']), undefined)
  assert.equal(nearest('x', []), undefined)
})
