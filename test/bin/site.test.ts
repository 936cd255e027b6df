import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Log } from '../../src/base/log.ts'
import { readSite } from '../../src/bin/site.ts'
import { parseEnvironment, type Site } from '../../src/template/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-site-'))
after(() => rmSync(folder, { recursive: true }))

function recorder(): Log & { readonly told: object[] } {
  const told: object[] = []
  const record = (facts: object) => void told.push(facts)
  return { told, debug: record, info: record, warn: record, error: record }
}

function directory(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name)
  mkdirSync(path)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
  return path
}

const leadsTo = (site: Site, type: string): string | undefined => {
  const found = parseEnvironment({}, { site }).value?.resolveType(type)
  return found?.is === 'template' ? found.file : found?.type
}

it('reads all files in the order of their names, and says what is wrong with those it passes over', async () => {
  const address = pathToFileURL(join(folder, 'web.yaml')).href
  writeFileSync(join(folder, 'web.yaml'), 'heat_template_version: rocky\n')
  const path = directory('several', {
    '20-later': 'resource_registry: { Acme::A: Acme::Later, OS::Nova::Flavor: null }',
    '10-first': 'resource_registry: { Acme::A: Acme::First, Acme::B: Acme::First }',
    '15-odd': 'resource_registry: { Acme::B: Acme::Odd }\nparameter: {}\n',
    '16-odd': 'resource_registry: { resources: { a: { hooks: never } } }',
    '17-odd': 'a: [',
    '30-web': `resource_registry:\n  Acme::Web: ${address}\n  Acme::Gone: file:///nowhere/at/all.yaml\n`,
    '.hidden': 'resource_registry: { Acme::A: Acme::Hidden }',
  })
  const log = recorder()
  const site = await readSite(path, log)
  assert.equal(leadsTo(site, 'Acme::A'), 'Acme::Later')
  assert.equal(leadsTo(site, 'Acme::B'), 'Acme::First')
  assert.equal(leadsTo(site, 'Acme::Web'), address)
  assert.equal(leadsTo(site, 'OS::Nova::Flavor'), undefined)
  assert.deepEqual(site.files, { [address]: 'heat_template_version: rocky\n' })
  const told = JSON.stringify(log.told)
  assert.match(told, /15-odd.*environment has wrong section.*16-odd.*Invalid hook type.*17-odd.*all\.yaml/)
  assert.doesNotMatch(told, /10-first|20-later|30-web|hidden/)
})

it('has older names of types stand for the present ones where there is no directory, and only there', async () => {
  const log = recorder()
  const usual = await readSite(join(folder, 'nowhere'), log)
  assert.equal(leadsTo(usual, 'OS::Quantum::Net'), 'OS::Neutron::Net')
  assert.equal(leadsTo(usual, 'OS::Ceilometer::Alarm'), 'OS::Aodh::Alarm')
  const empty = await readSite(directory('empty', {}), log)
  assert.deepEqual(empty.registry, {})
  assert.deepEqual(log.told, [])
})
