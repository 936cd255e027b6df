import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  addressFromCard,
  addressOf,
  blockOf,
  overlaps,
  textOfAddress,
  textOfBlock,
} from '../../../src/simulator/neutron/addresses.ts'

const canonical = (text: string) => {
  const address = addressOf(text)
  return address && textOfAddress(address)
}

test('addresses are read and written in their canonical form', () => {
  assert.equal(canonical('10.0.0.1'), '10.0.0.1')
  assert.equal(canonical('fd00:0:0:0:0:0:0:1'), 'fd00::1')
  assert.equal(canonical('::'), '::')
  assert.equal(canonical('1:0:0:2:0:0:0:3'), '1:0:0:2::3')
  for (const wrong of ['10.0.0', '10.0.0.256', 'x', '1::2::3', 'fd00:::1', '1:2:3']) {
    assert.equal(addressOf(wrong), undefined, wrong)
  }
})

test('blocks begin where they should, whichever of their addresses is written', () => {
  const block = blockOf('10.1.2.3/16')
  assert.equal(block && textOfBlock(block), '10.1.0.0/16')
  assert.equal(blockOf('10.0.0.0/33'), undefined)
  assert.equal(blockOf('10.0.0.0/x'), undefined)
  const [a, b, c] = [blockOf('10.0.0.0/8'), blockOf('10.9.0.0/16'), blockOf('11.0.0.0/8')]
  assert.ok(a && b && c)
  assert.equal(overlaps(a, b), true)
  assert.equal(overlaps(a, c), false)
})

test('a card makes its own address of its number', () => {
  const block = blockOf('fd00::/64')
  assert.ok(block)
  assert.equal(textOfAddress(addressFromCard(block, 'fa:16:3e:cd:38:37')), 'fd00::f816:3eff:fecd:3837')
})
