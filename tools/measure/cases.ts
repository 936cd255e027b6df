import { setTimeout as pause } from 'node:timers/promises'
import { limiter } from '../../src/base/limiter.ts'
import type { User } from './user.ts'

type Json = Readonly<Record<string, unknown>>

/** What a case came to: seconds by what was done. */
export type Timings = Readonly<Record<string, number>>

const random = (extra: Json = {}): Json => ({
  type: 'OS::Heat::RandomString',
  properties: { length: 8 },
  ...extra,
})
const many = (count: number, make: (index: number) => Json): Json =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, make(index)]))
const hot = (resources: Json, outputs?: Json): Json => ({
  heat_template_version: '2021-04-16',
  resources,
  ...(outputs && { outputs }),
})

/** Stacks of resources that need no cloud, so that what is timed is the service itself. */
const bodies: Readonly<Record<string, (a: number, b: number) => Json>> = {
  /** Resources that do not depend on each other. */
  flat: (count) => ({ template: hot(many(count, () => random())) }),
  /** Each after the one before. */
  chain: (count) => ({
    template: hot(many(count, (i) => random(i > 0 ? { depends_on: `r${i - 1}` } : {}))),
  }),
  group: (count) => ({
    template: hot({
      group: { type: 'OS::Heat::ResourceGroup', properties: { count, resource_def: random() } },
    }),
  }),
  /** So many nested stacks of so many resources each. */
  tree: (stacks, each) => ({
    template: hot(
      many(stacks, () => ({ type: 'child.yaml' })),
      { all: { value: { get_attr: ['r0', 'one'] } } },
    ),
    files: {
      'child.yaml': JSON.stringify(
        hot(
          many(each, () => random()),
          { one: { value: { get_attr: ['r0', 'value'] } } },
        ),
      ),
    },
  }),
}

/** How many resources a case has: `flat-100`, `tree-10x10`, `crowd-1000x10`. */
export const sizeOf = (name: string): number => numbersOf(name).reduce((a, b) => a * b, 1)

/** Creates, updates without any change, and deletes the stack of a case. */
export async function runCase(name: string, user: User): Promise<Timings> {
  const [shape = ''] = name.split('-')
  const [a = 1, b = 1] = numbersOf(name)
  if (shape === 'crowd') return await runCrowd(user, a, b)
  const make = bodies[shape]
  if (make === undefined) throw new Error(`there is no case ${name}`)
  const body = { ...make(a, b), timeout_mins: 60 }
  const stack = `measured-${name}-${Date.now().toString(36)}`
  const create = stopwatch()
  const id = await user.create(stack, body)
  await user.settled(stack, id, 'CREATE_COMPLETE')
  const createSeconds = create()
  const update = stopwatch()
  await user.update(stack, id, body)
  await user.settled(stack, id, 'UPDATE_COMPLETE')
  const updateSeconds = update()
  const remove = stopwatch()
  await user.delete(stack, id)
  await user.settled(stack, id, 'DELETE_COMPLETE')
  return { create: createSeconds, 'update that changes nothing': updateSeconds, delete: remove() }
}

/** Many stacks at once: how long one takes from when it is asked for, in the middle and at most. */
async function runCrowd(user: User, stacks: number, each: number): Promise<Timings> {
  const body = { template: hot(many(each, () => random())) }
  const prefix = `crowd-${Date.now().toString(36)}-`
  const askedAt = new Map<string, number>()
  const took = new Map<string, number>()
  const ids = new Map<string, string>()
  const atOnce = limiter(100).run
  const asking = Promise.all(
    Array.from({ length: stacks }, (_, i) =>
      atOnce(async () => {
        const name = `${prefix}${i}`
        askedAt.set(name, performance.now())
        ids.set(name, await user.create(name, body))
      }),
    ),
  )
  while (took.size < stacks) {
    await pause(250)
    for (const { stack_name: name, stack_status: status } of await user.list()) {
      const began = askedAt.get(name)
      if (status.endsWith('_FAILED')) throw new Error(`${name} is ${status}`)
      if (began !== undefined && status === 'CREATE_COMPLETE' && !took.has(name))
        took.set(name, (performance.now() - began) / 1000)
    }
  }
  await asking
  const sorted = [...took.values()].sort((x, y) => x - y)
  const began = Math.min(...askedAt.values())
  const all = Math.max(...[...took].map(([name, seconds]) => (askedAt.get(name) ?? 0) + seconds * 1000))
  await Promise.all([...ids].map(([name, id]) => atOnce(() => user.delete(name, id))))
  while ((await user.list()).some(({ stack_name: name }) => name.startsWith(prefix))) await pause(250)
  return {
    'median of a create': sorted[Math.floor(sorted.length / 2)] ?? 0,
    'slowest create': sorted.at(-1) ?? 0,
    'all creates': (all - began) / 1000,
  }
}

function numbersOf(name: string): readonly number[] {
  const [, size = ''] = name.split('-')
  return size.split('x').map(Number)
}

function stopwatch(): () => number {
  const began = performance.now()
  return () => (performance.now() - began) / 1000
}
