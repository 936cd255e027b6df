import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asHeatTells } from '../../src/api/as-heat-tells.ts'

test('the colons after what a validation failure is about are doubled', () => {
  const told: readonly (readonly [string, string])[] = [
    [
      'Property error: resources.a.properties.b: The Parameter (c) was not provided.',
      'Property error: : resources.a.properties.b: : The Parameter (c) was not provided.',
    ],
    [
      'Property error: Resources.a.Properties: Unknown Property b',
      'Property error: : Resources.a.Properties: : Unknown Property b',
    ],
    [
      'Property error: resources.g<http://x/y.yaml>.resources[0].properties: Unknown Property b: c',
      'Property error: : resources.g<http://x/y.yaml>.resources[0].properties: : Unknown Property b: c',
    ],
    ['resources.a.condition: Invalid condition "z"', 'resources.a.condition: : Invalid condition "z"'],
    [
      'Output validation error: outputs.o: Each output definition must contain a value key.',
      'Output validation error: : outputs.o: : Each output definition must contain a value key.',
    ],
    [
      'Condition validation error: Circular definition for condition "a"',
      'Condition validation error: : Circular definition for condition "a"',
    ],
    [
      'TypeError: resources.a<a.yaml>: Something is odd',
      'TypeError: : resources.a<a.yaml>: : Something is odd',
    ],
  ]
  for (const [message, inHeat] of told) assert.equal(asHeatTells(message), inHeat)
})

test('what names no place stays as it is', () => {
  for (const message of [
    '',
    'The Parameter (c) was not provided.',
    "Parameter 'b' is invalid: Invalid default abc",
    'Failed validating stack template using Heat endpoint at region "a" due to "ERROR: resources.a: b"',
  ])
    assert.equal(asHeatTells(message), message)
})
