import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud } from './cloud.ts'
import type { HearthProcess } from './hearth.ts'

/** A stack that is killed at, and where it is made. */
export interface CrashJourney {
  readonly hearth: HearthProcess
  readonly port: number
  readonly cloud: Cloud
  /** How many sets of six resources. */
  readonly sets: number
  /** How often the engine is killed in all; as many stacks are made as that takes. */
  readonly kills: number
  /** The longest time from one kill to the next, in milliseconds. */
  readonly within: number
}

type KilledJourney = CrashJourney & { readonly random: () => number }

/** Has stacks live while the engine is killed again and again, and counts what is in the cloud. HEARTH_SEED repeats a run. */
export async function crashAndRecover(journey: CrashJourney): Promise<void> {
  const seed = Number(process.env.HEARTH_SEED ?? Date.now() % 100_000)
  const random = seeded(seed)
  let kills = 0
  let slowest = 0
  try {
    for (let life = 1; kills < journey.kills; life++) {
      const name = `crash-${process.pid}-${life}`
      const stack = new Stack({ ...journey, random, kills: journey.kills - kills }, name)
      await live(journey, stack)
      kills += stack.kills
      slowest = Math.max(slowest, stack.slowestRecoveryMs)
    }
  } catch (error) {
    throw new Error(`seed ${seed}`, { cause: error })
  }
  console.log(`seed ${seed}: ${kills} kills; after the slowest the engine was back in ${slowest} ms`)
  assert.ok(slowest < 10_000)
}

/** One stack's life: made, changed and deleted. */
async function live({ cloud, sets }: CrashJourney, stack: Stack): Promise<void> {
  const { name } = stack
  await stack.create(template(range(0, sets), 'one'))
  await stack.survive('CREATE')
  assert.deepEqual(await cloud.census(`${name}-`), expected(sets), 'after the create')

  await stack.update(template(range(1, sets + 1), 'two'))
  await stack.survive('UPDATE')
  assert.deepEqual(await cloud.census(`${name}-`), expected(sets), 'after the update')

  await stack.delete()
  await stack.survive('DELETE')
  assert.deepEqual(await cloud.census(`${name}-`), expected(0), 'after the delete')
}

const expected = (sets: number): Record<string, number> => ({
  networks: sets,
  subnets: sets,
  ports: sets,
  servers: sets,
  volumes: sets,
})

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

/** Sets of a network, a subnet, a port, a server, a volume and its attachment. The variant changes some of each in place. */
function template(indexes: readonly number[], variant: 'one' | 'two'): object {
  const ref = (resource: string) => ({ get_resource: resource })
  const sets = indexes.flatMap((i) => [
    [`net${i}`, { type: 'OS::Neutron::Net' }],
    [
      `subnet${i}`,
      {
        type: 'OS::Neutron::Subnet',
        properties: {
          network: ref(`net${i}`),
          cidr: '10.50.0.0/24',
          dns_nameservers: variant === 'one' ? [] : ['192.0.2.53'],
        },
      },
    ],
    [
      `port${i}`,
      {
        type: 'OS::Neutron::Port',
        properties: { network: ref(`net${i}`), fixed_ips: [{ subnet: ref(`subnet${i}`) }] },
      },
    ],
    [
      `server${i}`,
      {
        type: 'OS::Nova::Server',
        properties: {
          image: 'cirros',
          flavor: 'm1.tiny',
          networks: [{ port: ref(`port${i}`) }],
          metadata: { variant },
          user_data_format: 'RAW',
        },
      },
    ],
    // Every third volume is replaced by the update.
    [
      `volume${i}`,
      {
        type: 'OS::Cinder::Volume',
        properties: { size: 1, ...(variant === 'two' && i % 3 === 0 && { availability_zone: 'nova' }) },
      },
    ],
    [
      `attachment${i}`,
      {
        type: 'OS::Cinder::VolumeAttachment',
        properties: { volume_id: ref(`volume${i}`), instance_uuid: ref(`server${i}`) },
      },
    ],
  ])
  return { heat_template_version: '2021-04-16', resources: Object.fromEntries(sets) }
}

/** One stack, asked about over a service that may be down at any moment. */
class Stack {
  kills = 0
  slowestRecoveryMs = 0
  #id = ''
  readonly #journey: KilledJourney
  readonly name: string

  constructor(journey: KilledJourney, name: string) {
    this.#journey = journey
    this.name = name
  }

  async create(template: object): Promise<void> {
    const { stack } = (await this.#ask('POST', '/stacks', { stack_name: this.name, template })) as {
      stack: { id: string }
    }
    this.#id = stack.id
  }

  async update(template: object): Promise<void> {
    await this.#ask('PUT', this.#path, { template })
  }

  async delete(): Promise<void> {
    await this.#ask('DELETE', this.#path)
  }

  /** Kills the engine at random moments while an action runs, then sees the action complete. */
  async survive(action: string): Promise<void> {
    const { hearth, port, kills, within, random } = this.#journey
    while (this.kills < kills) {
      await pause(random() * within)
      if ((await this.#status()) !== `${action}_IN_PROGRESS`) break
      await hearth.kill()
      this.kills++
      const began = Date.now()
      await hearth.start(port)
      this.slowestRecoveryMs = Math.max(this.slowestRecoveryMs, Date.now() - began)
    }
    for (;;) {
      const status = await this.#status()
      if (status === `${action}_COMPLETE`) return
      if (status.endsWith('_FAILED')) assert.fail(`${status}: ${await this.#reason()}`)
      await pause(200)
    }
  }

  get #path(): string {
    return `/stacks/${this.name}/${this.#id}`
  }

  async #show(): Promise<{ stack_status: string; stack_status_reason: string }> {
    const answer = (await this.#ask('GET', `${this.#path}?resolve_outputs=false`)) as { stack: never }
    return answer.stack
  }

  async #status(): Promise<string> {
    return (await this.#show()).stack_status
  }

  async #reason(): Promise<string> {
    return (await this.#show()).stack_status_reason
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const { cloud, port } = this.#journey
    const response = await fetch(`http://127.0.0.1:${port}/v1/${cloud.projectId}${path}`, {
      method,
      headers: { 'x-auth-token': cloud.token, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text.startsWith('{') ? JSON.parse(text) : undefined
  }
}

/** Random numbers that a seed repeats. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
