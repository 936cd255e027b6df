import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { ipVersion } from '../../src/schema/index.ts'

const addresses = [
  '10.0.0.1',
  '255.255.255.255',
  '256.0.0.1',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '',
  '::',
  '::1',
  'fe80::1',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  ':::',
  ':1',
  '1:',
  '::ffff:10.0.0.1',
  '1:2:3:4:5:6:1.2.3.4',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::1.2.3.4:5',
  '12345::',
  'g::',
]

for (const address of addresses) {
  test(`${address || 'nothing'} is what Node says it is`, () =>
    assert.equal(ipVersion(address), isIP(address)))
}

test('any text of the right characters is what Node says it is', () => {
  const text = fc
    .array(fc.constantFrom('::', ':', '.', '0', '1', '12', '255', 'a', 'ffff'), { maxLength: 18 })
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (address) =>
      assert.equal(ipVersion(address), isIP(address)),
    ),
  )
})
