import { randomBytes } from 'node:crypto'
import { isMap } from '../base/json.ts'
import type { Log } from '../base/log.ts'
import { Problem, problem } from '../base/problem.ts'
import type { Origin } from '../base/tracing.ts'
import type { CallContext } from '../contract/call.ts'
import { NotSupported, RequestLimitExceeded } from '../contract/problems.ts'
import { jsonText, jsonValue } from './json.ts'
import type { Asked } from './pending.ts'

/** What the one who answers says of an error that is none of the caller's business; its log has the rest. */
const Failed = problem(
  'InternalError',
  { status: 500 },
  ({ reference }: { reference: string }) =>
    `The request failed for a reason inside the service, which is in its log under ${reference}.`,
)

/** The largest message in bytes: brokers take no more in their default setting. */
const largestMessage = 16 * 1024 * 1024

/** A call as a message. Its bytes hold the caller's token: they go into no log. */
export function requestMessage({ name: call, caller, ask, origin }: Asked): Buffer {
  const message = Buffer.from(jsonText({ call, caller, ask, origin }))
  if (message.length <= largestMessage) return message
  throw RequestLimitExceeded({
    message: `The request is ${message.length} bytes large, of which only ${largestMessage} can be passed on.`,
  })
}

interface Answering {
  readonly topic: string
  readonly calls: object
  readonly log: Log
  readonly context: CallContext
}

/** Carries out what a message asks for. The answer is a message too, whatever happens. */
export async function answerMessage(request: Buffer, answering: Answering): Promise<Buffer> {
  let call = ''
  try {
    const asked = jsonValue(request.toString()) as {
      call: string
      caller: never
      ask: never
      origin?: Origin
    }
    call = asked.call
    const context = { ...answering.context, ...(asked.origin && { origin: asked.origin }) }
    const value = await callOf(answering.calls, call)(asked.caller, asked.ask, context)
    const answer = Buffer.from(jsonText({ value }))
    if (answer.length <= largestMessage) return answer
    throw RequestLimitExceeded({
      message: `The answer is ${answer.length} bytes large, of which only ${largestMessage} can be passed on. Ask for less at once.`,
    })
  } catch (error) {
    return refusalMessage(error, { ...answering, call })
  }
}

type Call = (caller: never, ask: never, context: CallContext) => Promise<unknown>

function callOf(calls: object, name: string): Call {
  const call: unknown = Object.hasOwn(calls, name) ? calls[name as keyof typeof calls] : undefined
  if (typeof call === 'function') return call as Call
  throw NotSupported({ feature: name })
}

function refusalMessage(error: unknown, { topic, call, log }: Answering & { readonly call: string }): Buffer {
  const told = error instanceof Problem ? error : unexplained(error)
  try {
    const { code, message, status, details } = told
    return Buffer.from(jsonText({ problem: { code, message, status, details } }))
  } catch (cause) {
    const { code, message, status } = unexplained(cause)
    return Buffer.from(jsonText({ problem: { code, message, status, details: {} } }))
  }

  function unexplained(thrown: unknown): Problem {
    const reference = randomBytes(4).toString('hex')
    const words = thrown instanceof Error ? thrown.stack : String(thrown)
    log.error({ topic, call, reference, error: words }, 'A call failed')
    return Failed({ reference })
  }
}

/** What an answer says: returns what was returned, or throws the problem that was thrown. */
export function readAnswer(answer: Buffer): unknown {
  const said = jsonValue(answer.toString())
  if (!isMap(said) || !isMap(said.problem)) return isMap(said) ? said.value : undefined
  const { code, message, status, details } = said.problem
  throw new Problem(String(code), String(message), {
    status: Number(status),
    ...(isMap(details) && { details }),
  })
}
