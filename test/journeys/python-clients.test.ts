import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort, HearthProcess } from './hearth.ts'
import { Keystone } from './keystone.ts'
import { administrator, newTenant } from './openstack.ts'

const run = promisify(execFile)
const program = (name: string) => fileURLToPath(new URL(`clients/${name}.py`, import.meta.url))
const files = fileURLToPath(new URL('clients/files', import.meta.url))

describe('programs in Python, beside the original', { timeout: 600_000, concurrency: true }, () => {
  const name = `journey-python-${process.pid}`
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const configuration = join(folder, 'hearth.conf')
  const hearth = new HearthProcess(['up', '--cloud', 'env'], {
    ...administrator(),
    HEARTH_CONFIG_FILE: configuration,
    // The lab's original does not let stacks be handed over.
    OS_DEFAULT__ENABLE_STACK_ABANDON: 'true',
    OS_DEFAULT__ENABLE_STACK_ADOPT: 'true',
  })
  const keystone = new Keystone(administrator())

  before(async () => {
    const port = await freePort()
    await keystone.newRegion(name, `http://127.0.0.1:${port}/v1`)
    const { password } = await keystone.newDomain(name)
    const users = `stack_user_domain_name = ${name}\nstack_domain_admin = keeper\n`
    writeFileSync(configuration, `[DEFAULT]\n${users}stack_domain_admin_password = ${password}\n`)
    await hearth.start(port)
  })
  after(async () => {
    await hearth.stop()
    await keystone.removeAll()
    rmSync(folder, { recursive: true })
  })

  for (const library of ['heatclient', 'openstacksdk'])
    test(`${library} is answered as it is by the original`, async () => {
      const tenant = await newTenant(`${name}-${library}`)
      try {
        const life = async (region: string, ...more: readonly string[]): Promise<string> => {
          const { PATH = '', HOME = '' } = process.env
          const env = { PATH, HOME, ...tenant.variables, OS_REGION_NAME: region }
          const done = run('/usr/bin/python3', [program(`${library}-life`), ...more], { cwd: files, env })
          return (await done.catch((error: Error) => ({ stderr: error.message }))).stderr
        }
        const [ours, theirs] = await Promise.all([life(name, 'hand-over'), life('RegionTwo')])
        assert.deepEqual({ ours, theirs }, { ours: '', theirs: '' })
      } finally {
        await tenant.remove()
      }
    })
})
