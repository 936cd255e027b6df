import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultPools } from '../../../src/resources/neutron/pools.ts'

const cases: readonly (readonly [string, string | null, readonly string[]])[] = [
  ['10.0.0.0/24', '10.0.0.1', ['10.0.0.2-10.0.0.254']],
  ['10.0.0.0/24', '10.0.0.254', ['10.0.0.1-10.0.0.253']],
  ['10.0.0.0/24', '10.0.0.9', ['10.0.0.1-10.0.0.8', '10.0.0.10-10.0.0.254']],
  ['10.0.0.0/24', null, ['10.0.0.1-10.0.0.254']],
  ['10.0.0.0/24', '192.168.0.1', ['10.0.0.1-10.0.0.254']],
  ['10.0.0.0/30', '10.0.0.1', ['10.0.0.2-10.0.0.2']],
  ['10.0.0.4/31', null, ['10.0.0.4-10.0.0.5']],
  ['10.0.0.4/32', null, ['10.0.0.4-10.0.0.4']],
  ['10.1.2.3/8', '10.0.0.1', ['10.0.0.2-10.255.255.254']],
  ['2001:db8::/64', '2001:db8::1', ['2001:db8::2-2001:db8::ffff:ffff:ffff:ffff']],
  ['2001:db8::/127', null, ['2001:db8::1-2001:db8::1']],
  ['2001:db8::5/128', null, ['2001:db8::5-2001:db8::5']],
  ['::/0', null, ['::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff']],
]

describe('the pools of a new subnet', () => {
  for (const [cidr, gateway, pools] of cases) {
    it(`are those of ${cidr} but the gateway ${gateway ?? '(none)'}`, () => {
      assert.deepEqual(
        defaultPools(cidr, gateway).map(({ start, end }) => `${start}-${end}`),
        pools,
      )
    })
  }
})
