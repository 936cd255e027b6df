import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud } from './cloud.ts'
import { Fleet, fleetIsMissing } from './fleet.ts'

let fleet: Fleet
let cloud: Cloud

before(async () => {
  if (fleetIsMissing !== false) return
  fleet = await Fleet.open({ engines: 2, apis: 2 })
  cloud = await fleet.cloud()
})
after(() => fleet?.close())

const template = (words: number): object => ({
  heat_template_version: '2021-04-16',
  resources: {
    net: { type: 'OS::Neutron::Net' },
    pause: { type: 'OS::Heat::TestResource', properties: { wait_secs: 2, value: String(words) } },
    group: {
      type: 'OS::Heat::ResourceGroup',
      properties: { count: 2, resource_def: { type: 'OS::Neutron::Net' } },
    },
  },
})

interface Answer {
  readonly status: number
  readonly text: string
}

/** Asks as through a proxy that spreads requests: a server that takes no connection is passed over, and nothing is asked twice. */
async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const ports = fleet.apis.map((api) => fleet.member(api).port).sort(() => Math.random() - 0.5)
  for (const port of ports) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/v1/${cloud.projectId}${path}`, {
        method,
        headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } }
      if (cause?.code !== 'ECONNREFUSED') return { status: 0, text: `${cause?.code} ${cause}` }
    }
  }
  return { status: 0, text: 'no API takes connections' }
}

test('no request fails while each engine and each API is restarted in turn under load (§2)', {
  skip: fleetIsMissing,
  timeout: 300_000,
}, async () => {
  let asked = 0
  const failures: string[] = []
  let isOver = false

  async function expect(status: number, method: string, path: string, body?: object): Promise<Answer> {
    const answer = await ask(method, path, body)
    asked++
    if (answer.status !== status)
      failures.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`)
    return answer
  }

  /** A stack's life, again and again. */
  async function live(place: number): Promise<void> {
    for (let turn = 0; !isOver; turn++) {
      const name = `rolling-${place}-${turn}`
      await expect(201, 'POST', '/stacks', { stack_name: name, template: template(1) })
      const found = await expect(200, 'GET', `/stacks/${name}`)
      const { id } = (JSON.parse(found.text) as { stack: { id: string } }).stack
      const path = `/stacks/${name}/${id}`
      await pause(300)
      await expect(202, 'PUT', path, { template: template(2) })
      for (let status = '_IN_PROGRESS'; status.includes('_IN_PROGRESS'); await pause(200)) {
        status = (await expect(200, 'GET', path)).text
      }
      await expect(200, 'POST', '/validate', { template: template(1) })
      await expect(204, 'DELETE', path)
    }
  }

  const load = Promise.all(Array.from({ length: 8 }, (_, place) => live(place)))
  await pause(2000)
  const began = Date.now()
  const stops: number[] = []
  for (const name of [...fleet.engines, ...fleet.apis]) {
    const asked = Date.now()
    await fleet.end(name, 'SIGTERM')
    stops.push(Date.now() - asked)
    await fleet.start(name)
    await pause(1500)
  }
  isOver = true
  await load
  console.log(
    `${asked} requests in ${Math.round((Date.now() - began) / 1000)} s, ${failures.length} failed; the processes ended within ${stops.join(', ')} ms`,
  )
  assert.deepEqual(failures, [], fleet.log())
  await fleet.until(
    'nothing is left in the cloud',
    async () => (await cloud.census('rolling-')).networks === 0,
  )
})
