import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formats, momentIn } from '../../src/schema/index.ts'

const right: Readonly<Record<string, readonly unknown[]>> = {
  ip_addr: ['10.0.0.1', 'fe80::1'],
  net_cidr: ['10.0.0.0/24', 'fd00::/8'],
  ip_or_cidr: ['10.0.0.1', '10.0.0.0/8'],
  mac_addr: ['fa:16:3e:00:00:01', 'FA-16-3E-00-00-01', 'fa163e000001'],
  rel_dns_name: ['host', 'host.example.org'],
  dns_name: ['', 'host.example.org.'],
  dns_domain: ['', 'example.org.'],
  iso_8601: ['2026-01-31T09:30:00Z', '2026-01-31'],
  json_string: ['{}', '[1]'],
  timezone: ['Europe/Berlin', 'UTC'],
  cron_expression: ['0 23 * * *', '*/5 1-3 1,2 jan mon'],
  expiration: ['2026-01-31T09:30:00Z'],
}

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  ip_addr: ['10.0.0', 'host', ''],
  net_cidr: ['10.0.0.1', '10.0.0.0/33', 'x/8', '10.0.0.0/8/8'],
  ip_or_cidr: ['10.0.0.0/', 'x'],
  mac_addr: ['fa:16:3e:00:00', 'zz:16:3e:00:00:01'],
  rel_dns_name: ['-host', 'a..b', `${'x'.repeat(64)}.org`, `${'x.'.repeat(200)}`],
  dns_name: ['-host'],
  dns_domain: ['example.org', '-org.'],
  iso_8601: ['yesterday'],
  json_string: ['{'],
  timezone: ['Europe/Atlantis'],
  cron_expression: ['* * * *', 'a b c d !'],
  expiration: ['soon'],
}

for (const [name, values] of Object.entries(right)) {
  for (const value of values)
    test(`${JSON.stringify(value)} is right as ${name}`, () =>
      assert.equal(formats[name]?.(value), undefined))
}

for (const [name, values] of Object.entries(wrong)) {
  for (const value of values)
    test(`${JSON.stringify(value).slice(0, 40)} is wrong as ${name}`, () =>
      assert.equal(typeof formats[name]?.(value), 'string'))
}

test('a moment is told by its offset, which is none where it is not said', () => {
  const noon = Date.UTC(2026, 0, 31, 12)
  for (const text of [
    '2026-01-31T12:00Z',
    '20260131T1200',
    '2026-01-31 14:30:00+02:30',
    '2026-01-31T09:30-0230',
  ])
    assert.equal(momentIn(text), noon, text)
  assert.equal(momentIn('2026'), Date.UTC(2026))
  assert.equal(momentIn('2026-02-30'), undefined)
})
