import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearest, nearestKey } from '../../src/schema/index.ts'

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

test('of many unknown words only the first hundred are sought among the keys of a map', () => {
  const known = new Map(Array.from({ length: 5000 }, (_, i) => [`parameter_${i}`, i]))
  const found = Array.from({ length: 5000 }, (_, i) => nearestKey(`parametre_${i}`, known))
  assert.equal(found[99], 'parameter_99')
  assert.equal(found.filter((name) => name !== undefined).length, 100)
})
