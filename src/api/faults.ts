import { isMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'
import { BadRequest, ValidationFailed } from '../contract/problems.ts'
import type { FaultReply, ProblemReply } from '../contract/rest/index.ts'
import { statusWords } from '../contract/status-words.ts'
import { asHeatTells } from './as-heat-tells.ts'

const fallback = ['Error', 'The request could not be answered.'] as const

/** A request that no rule of the API fits; nothing more can be said about it. */
export const malformed = (): Problem => BadRequest({ message: statusWords[400]?.[1] ?? '' })

/** A refusal by status alone: `HTTPForbidden` and its like. */
export function refusal(status: 403 | 404 | 405): Problem {
  const [title, explanation] = statusWords[status] ?? fallback
  return new Problem(`HTTP${title.replaceAll(' ', '')}`, explanation, { status })
}

/** The body of a refusal. What is no problem we know says nothing of itself: its words are for the log. */
export function faultOf(error: unknown): FaultReply {
  const problem = asProblem(error)
  const status = problem?.status ?? 500
  const [title, explanation] = statusWords[status] ?? fallback
  if (problem === undefined) {
    const type = error instanceof Error ? error.name : 'InternalError'
    return { code: 500, title, explanation, error: { type, traceback: null } }
  }
  const problems = problemsOf(problem)
  return {
    code: status,
    title,
    explanation,
    error: {
      type: typeOf(problem),
      message: messageTold(problem),
      traceback: null,
      ...(problems.length > 0 && { problems }),
    },
  }
}

/** Those of the framework's own errors that the caller is to blame for become problems. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (!(error instanceof Error && 'code' in error && 'statusCode' in error)) return undefined
  const blamesCaller =
    typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500
  return blamesCaller && String(error.code).startsWith('FST_') ? malformed() : undefined
}

/** A refused template goes by the name of its first problem. */
function typeOf(problem: Problem): string {
  const { type } = problem.details
  return ValidationFailed.is(problem) && typeof type === 'string' ? type : problem.code
}

function messageTold(problem: Problem): string {
  const { message } = problem
  if (!ValidationFailed.is(problem)) return message
  const each = problemsOf(problem).map((one) => one.message)
  return (each.join('\n') === message ? each : [message]).map(asHeatTells).join('\n')
}

function problemsOf({ details }: Problem): readonly ProblemReply[] {
  return Array.isArray(details.problems) ? details.problems.filter(isMap).map(problemReply) : []
}

const told: readonly (keyof ProblemReply)[] = [
  ...(['code', 'message', 'path', 'file', 'line', 'column', 'endLine', 'endColumn'] as const),
  ...(['expected', 'version', 'hint', 'meant'] as const),
]

function problemReply(problem: Readonly<Record<string, unknown>>): ProblemReply {
  const entries = told.flatMap((key) => (problem[key] === undefined ? [] : [[key, problem[key]] as const]))
  return Object.fromEntries(entries) as unknown as ProblemReply
}
