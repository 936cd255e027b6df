import assert from 'node:assert/strict'
import { it } from 'node:test'
import { options } from '../../src/base/config-options.ts'
import { configurationPage } from '../../src/base/config-page.ts'

it('tells of every option what it is called, what it is by default and what it means', () => {
  const page = configurationPage()
  for (const [section, table] of Object.entries(options)) {
    assert.ok(page.includes(`## [${section}]`))
    for (const name of Object.keys(table)) assert.ok(page.includes(`| \`${name}\` | `), name)
  }
  assert.match(page, /\| `bind_port` \| whole number \| `8004` \| The port that the REST API listens on\. \|/)
  assert.match(page, /\| `www_authenticate_uri` \| text \| {2}\| .* Also `auth_uri`\. \|/)
})
