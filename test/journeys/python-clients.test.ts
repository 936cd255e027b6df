import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { RegionalHearth } from './clients/regional-hearth.ts'
import { newTenant } from './openstack.ts'

const run = promisify(execFile)
const program = (name: string) => fileURLToPath(new URL(`clients/${name}.py`, import.meta.url))
const files = fileURLToPath(new URL('clients/files', import.meta.url))

describe('programs in Python, beside the original', { timeout: 600_000, concurrency: true }, () => {
  const name = `journey-python-${process.pid}`
  const hearth = new RegionalHearth(name, {
    // The lab's original does not let stacks be handed over.
    OS_DEFAULT__ENABLE_STACK_ABANDON: 'true',
    OS_DEFAULT__ENABLE_STACK_ADOPT: 'true',
  })

  before(() => hearth.start())
  after(() => hearth.stop())

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
