import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../src/base/json.ts'
import { type Scenario, scenario } from '../../src/testing/scenario.ts'
import { bench } from '../api/kit.ts'

type Step = readonly [method: 'POST' | 'PUT' | 'PATCH', body: JsonMap]

interface Fact {
  readonly name: string
  readonly steps: readonly Step[]
  readonly answers: readonly { readonly message?: string }[]
}

/** How stacks of the original were after each step; see updates.py beside the facts. */
const facts = JSON.parse(
  readFileSync(new URL('./facts/updates.json', import.meta.url), 'utf8'),
) as readonly Fact[]

describe('a stack has the environment, the parameters and the files that it would have in Heat', () => {
  for (const { name, steps, answers } of facts) {
    it(name, async () => {
      const play = await scenario()
      try {
        await play.worker()
        const told = await playSteps(play, steps)
        assert.deepEqual(told, answers.map(allTold))
      } finally {
        await play.end()
      }
    })
  }
})

/** Heat tells the first of several problems. */
const allTold = (answer: Fact['answers'][number]): object =>
  answer.message === 'The Parameter (a) was not provided.'
    ? { ...answer, message: `${answer.message}\nThe Parameter (c) was not provided.` }
    : answer

async function playSteps(play: Scenario, steps: readonly Step[]): Promise<readonly object[]> {
  const { app } = bench({ engine: play.calls })
  const send = async (method: Step[0] | 'GET', address: string, body?: JsonMap) => {
    const url = `/v1/p1/stacks${address}`
    const headers = { 'x-auth-token': 'member' }
    const reply = await play.clock.until(app.inject({ method, url, headers, ...(body && { payload: body }) }))
    return { status: reply.statusCode, said: reply.body.startsWith('{') ? reply.json() : {} }
  }
  const answers: object[] = []
  let address = ''
  for (const [method, body] of steps) {
    const asked = method === 'POST' ? { stack_name: 'web', ...body } : body
    const { status, said } = await send(method, address, asked)
    if (status >= 300) {
      answers.push({ status, type: said.error.type, message: said.error.message })
      continue
    }
    if (method === 'POST') address = `/web/${said.stack.id}`
    answers.push(await look(address))
  }
  return answers

  async function look(stack: string): Promise<object> {
    const id = stack.split('/')[2] ?? ''
    await play.settled({ projectId: 'p1', name: 'web', id })
    const [shown, environment, files] = await Promise.all(
      ['', '/environment', '/files'].map(async (part) => (await send('GET', `${stack}${part}`)).said),
    )
    const own = Object.entries(shown.stack.parameters).filter(([key]) => !key.startsWith('OS::'))
    return {
      status: shown.stack.stack_status,
      parameters: Object.fromEntries(own),
      environment,
      files: Object.keys(files).sort(),
    }
  }
}
