import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Chance } from '../../src/testing/chance.ts'
import { undescribed } from '../api/described.ts'
import { Known } from './api/known.ts'
import { operations } from './api/operations.ts'
import { drawRequest, firstRequest, type Request } from './api/requests.ts'
import { type Answer, type Service, startService } from './api/service.ts'

/** How long it asks, and from which seed: `HEARTH_FUZZ_SEED=17 HEARTH_FUZZ_SECONDS=0` plays one sequence again. */
const seconds = Number(process.env.HEARTH_FUZZ_SECONDS ?? 60)
const first = Number(process.env.HEARTH_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

const requestsInASequence = 60
const mostFaults = 5

interface Played {
  readonly faults: readonly string[]
  readonly requests: number
  readonly statuses: Readonly<Record<number, number>>
  readonly done: ReadonlySet<string>
}

async function play(service: Service): Promise<Played> {
  const faults: string[] = []
  const statuses: Record<number, number> = {}
  const done = new Set<string>()
  let requests = 0
  const until = Date.now() + seconds * 1000
  for (let seed = first; requests === 0 || (Date.now() < until && faults.length < mostFaults); seed++) {
    for await (const { request, answer, fault } of sequence(service, seed)) {
      requests++
      const status = answer?.status ?? 0
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status > 0 && status < 400) done.add(request.operation.id)
      if (fault !== undefined) faults.push(`seed ${seed}: ${words(request)}: ${fault}`)
    }
  }
  return { faults, requests, statuses, done }
}

interface Step {
  readonly request: Request
  readonly answer?: Answer
  readonly fault?: string
}

/** Makes a stack, and asks one thing after another that what was answered before leads to. */
async function* sequence(service: Service, seed: number): AsyncGenerator<Step> {
  const [chance, known] = [new Chance(seed), new Known()]
  for (let i = 0; i < requestsInASequence; i++) {
    const drawing = { chance, known, projectId: service.projectId, newName: `f${seed}-${i}` }
    const request = i === 0 ? firstRequest(drawing) : drawRequest(drawing)
    yield await ask(service, request, known)
  }
  for (const { stack_name = '', stack_id = '' } of known.stacks) {
    if (stack_name.startsWith(`f${seed}-`)) await service.send(deletionOf(service, stack_name, stack_id))
  }
}

async function ask(service: Service, request: Request, known: Known): Promise<Step> {
  try {
    const answer = await service.send(request)
    known.learn(answer.text)
    known.learnOf(request.values, answer.text)
    const why = faultIn(request, answer)
    const log = service.complaints().join('\n')
    return {
      request,
      answer,
      ...(why !== undefined && { fault: `${why}: ${answer.text.slice(0, 2000)}\n${log}` }),
    }
  } catch (error) {
    return { request, fault: `it was not answered: ${String(error)}` }
  }
}

function faultIn({ method }: Request, answer: Answer): string | undefined {
  const why = undescribed({ method, ...answer })
  if (why !== undefined) return `the answer, a ${answer.status}, is not as the document says: ${why}`
  return answer.status >= 500 ? `it answers ${answer.status}` : undefined
}

const deletionOf = ({ projectId }: Service, name: string, id: string): Request => ({
  ...{ operation: { id: '', method: 'DELETE', path: '', parameters: [] }, values: {} },
  ...{ method: 'DELETE', path: `/v1/${projectId}/stacks/${name}/${id}`, who: 'member' },
})

const words = ({ method, path, who, body, contentType }: Request): string =>
  `${method} ${path} by ${who}${body === undefined ? '' : ` with ${contentType} ${body}`}`

test('whatever is asked in whatever order, the API answers as its document says, and in time', async (t) => {
  const service = await startService()
  try {
    const { faults, requests, statuses, done } = await play(service)
    t.diagnostic(`${requests} requests from seed ${first} on: ${JSON.stringify(statuses)}`)
    const never = operations.filter(({ id }) => !done.has(id)).map(({ id }) => id)
    t.diagnostic(`never carried out: ${never.join(', ')}`)
    assert.deepEqual(faults, [])
  } finally {
    await service.close()
  }
})
