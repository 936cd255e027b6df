import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { secretWith } from './credential.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'

const elsewhere = { region_name: 'RegionTwo' }

/** A stack of the original, in the other region of the lab. */
const template = (length: number, context: object = elsewhere) => ({
  heat_template_version: '2018-08-31',
  resources: {
    far: {
      type: 'OS::Heat::Stack',
      properties: {
        context,
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

interface Answer {
  readonly status: number
  readonly text: string
}

interface Shown {
  readonly id: string
  readonly stack_status: string
  readonly stack_status_reason: string
  readonly outputs?: readonly { readonly output_value: unknown }[]
}

describe('a stack in another region, where the original serves', { timeout: 600_000 }, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env'], administrator())
  let tenant: Tenant
  let stranger: Tenant
  let cloud: Cloud
  let stacks: string
  let url: string

  before(async () => {
    const port = await freePort()
    await hearth.start(port)
    tenant = await newTenant(`journey-far-${process.pid}`)
    stranger = await newTenant(`journey-farther-${process.pid}`)
    const { OS_PROJECT_NAME: project = '', OS_USERNAME: user = '' } = tenant.variables
    await new OpenStack(administrator()).text('role', 'add', '--project', project, '--user', user, 'creator')
    cloud = await Cloud.open(tenant.variables)
    stacks = `http://127.0.0.1:${port}/v1/${cloud.projectId}/stacks`
  })
  after(async () => {
    await Promise.all([tenant.remove(), stranger.remove()])
    await hearth.stop()
  })

  async function answered(method: string, address: string, body?: unknown): Promise<Answer> {
    const reply = await fetch(address, {
      method,
      headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: reply.status, text: await reply.text() }
  }

  async function ask<T>(method: string, address: string, body?: unknown): Promise<T> {
    const { status, text } = await answered(method, address, body)
    assert.ok(status < 400, `${method} ${address}: ${status} ${text}`)
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

  /** How many stacks somebody has in the other region. */
  async function leftTo({ variables }: Tenant): Promise<number> {
    const there = await Cloud.open({ ...variables, OS_REGION_NAME: 'RegionTwo' })
    const { stacks: left } = await there.get<{ stacks: readonly Shown[] }>('orchestration', '/stacks')
    return left.filter((one) => one.stack_status !== 'DELETE_COMPLETE').length
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
    assert.equal(await leftTo(tenant), 0)
  })

  it('is made, changed and deleted as somebody else, whose credential is in Barbican', async () => {
    const secret = await secretWith(stranger.variables, tenant)
    const context = { ...elsewhere, credential_secret_id: secret }
    const wanted = { stack_name: 'as-a-stranger', template: template(5, context) }
    const { stack } = await ask<{ stack: { id: string } }>('POST', stacks, wanted)
    url = `${stacks}/as-a-stranger/${stack.id}`
    assert.equal(wordIn(await becomes('CREATE_COMPLETE')).length, 5)
    assert.deepEqual([await leftTo(tenant), await leftTo(stranger)], [0, 1])
    await ask('PUT', url, { template: template(9, context) })
    assert.equal(wordIn(await becomes('UPDATE_COMPLETE')).length, 9)
    await ask('DELETE', url)
    await becomes('DELETE_COMPLETE')
    assert.equal(await leftTo(stranger), 0)
  })

  it('is refused at once, in words that do not tell the credential, where that opens nothing', async () => {
    const wrong = { ...stranger.variables, OS_PASSWORD: 'not-the-password' }
    const secret = await secretWith(wrong, tenant)
    const context = { ...elsewhere, credential_secret_id: secret }
    const reply = await answered('POST', stacks, { stack_name: 'refused', template: template(5, context) })
    assert.equal(reply.status, 400, reply.text)
    assert.match(reply.text, /Cannot establish connection to Heat endpoint at remote cloud/)
    assert.doesNotMatch(reply.text, /not-the-password/)
  })
})
