import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Cloud } from './cloud.ts'
import { freePort, HearthProcess } from './hearth.ts'
import { administrator, newTenant, type Tenant } from './openstack.ts'

/** A stack of the original, in the other region of the lab. */
const template = (length: number) => ({
  heat_template_version: '2018-08-31',
  resources: {
    far: {
      type: 'OS::Heat::Stack',
      properties: {
        context: { region_name: 'RegionTwo' },
        parameters: { length },
        template: JSON.stringify({
          heat_template_version: '2018-08-31',
          parameters: { length: { type: 'number' } },
          resources: {
            word: { type: 'OS::Heat::RandomString', properties: { length: { get_param: 'length' } } },
          },
          outputs: { word: { value: { get_attr: ['word', 'value'] } } },
        }),
      },
    },
  },
  outputs: { word: { value: { get_attr: ['far', 'outputs', 'word'] } } },
})

interface Shown {
  readonly id: string
  readonly stack_status: string
  readonly stack_status_reason: string
  readonly outputs?: readonly { readonly output_value: unknown }[]
}

describe('a stack in another region, where the original serves', { timeout: 600_000 }, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env'], administrator())
  let tenant: Tenant
  let cloud: Cloud
  let stacks: string
  let url: string

  before(async () => {
    const port = await freePort()
    await hearth.start(port)
    tenant = await newTenant(`journey-far-${process.pid}`)
    cloud = await Cloud.open(tenant.variables)
    stacks = `http://127.0.0.1:${port}/v1/${cloud.projectId}/stacks`
  })
  after(async () => {
    await tenant.remove()
    await hearth.stop()
  })

  async function ask<T>(method: string, address: string, body?: unknown): Promise<T> {
    const reply = await fetch(address, {
      method,
      headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await reply.text()
    assert.ok(reply.ok, `${method} ${address}: ${reply.status} ${text}`)
    return (text === '' ? {} : JSON.parse(text)) as T
  }

  /** How the stack is once nothing is done to it any more. */
  async function settled(): Promise<Shown> {
    for (;;) {
      const { stack } = await ask<{ stack: Shown }>('GET', url)
      if (!stack.stack_status.endsWith('IN_PROGRESS')) return stack
      await pause(500)
    }
  }

  async function becomes(status: string): Promise<Shown> {
    const stack = await settled()
    assert.equal(stack.stack_status, status, stack.stack_status_reason)
    return stack
  }

  const wordIn = ({ outputs }: Shown): string => String(outputs?.[0]?.output_value)

  it('is made, suspended, resumed and checked', async () => {
    const wanted = { stack_name: 'near', template: template(5) }
    const { stack } = await ask<{ stack: { id: string } }>('POST', stacks, wanted)
    url = `${stacks}/near/${stack.id}`
    assert.equal(wordIn(await becomes('CREATE_COMPLETE')).length, 5)
    for (const action of ['suspend', 'resume', 'check']) {
      await ask('POST', `${url}/actions`, { [action]: null })
      await becomes(`${action.toUpperCase()}_COMPLETE`)
    }
  })

  it('is kept, changed, and brought back', async () => {
    const snapshot = await ask<{ id: string }>('POST', `${url}/snapshots`, { name: 'kept' })
    await becomes('SNAPSHOT_COMPLETE')
    await ask('PUT', url, { template: template(9) })
    assert.equal(wordIn(await becomes('UPDATE_COMPLETE')).length, 9)
    await ask('POST', `${url}/snapshots/${snapshot.id}/restore`)
    assert.equal(wordIn(await becomes('RESTORE_COMPLETE')).length, 5)
  })

  it('goes with its resource', async () => {
    await ask('DELETE', url)
    await becomes('DELETE_COMPLETE')
    const there = await Cloud.open({ ...tenant.variables, OS_REGION_NAME: 'RegionTwo' })
    const { stacks: left } = await there.get<{ stacks: readonly Shown[] }>('orchestration', '/stacks')
    assert.deepEqual(
      left.filter((one) => one.stack_status !== 'DELETE_COMPLETE'),
      [],
    )
  })
})
