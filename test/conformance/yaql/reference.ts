import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import type { Outcome } from './outcome.ts'

const program = 'test/conformance/yaql/reference.py'

/** What Debian's python3-yaql makes of expressions. */
export async function outcomesOfReference(
  asked: readonly { readonly expression: string; readonly data: unknown }[],
): Promise<readonly Outcome[]> {
  const answer = await run([], asked.map((one) => `${JSON.stringify(one)}\n`).join(''))
  return answer
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Outcome)
}

/** A function of the language as python3-yaql declares it. */
export interface FunctionFact {
  readonly name: string
  readonly called: 'function' | 'method' | 'either'
  readonly keywords: boolean
  readonly takes: readonly {
    readonly name: string
    readonly kind: string
    readonly optional: boolean
    readonly spread?: 'positions' | 'names'
  }[]
}

/** The functions that templates have in Heat. */
export async function functionsOfReference(): Promise<readonly FunctionFact[]> {
  return JSON.parse(await run(['functions'], '')) as readonly FunctionFact[]
}

async function run(args: readonly string[], input: string): Promise<string> {
  const python = spawn('/usr/bin/python3', [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => python.on('close', resolve))
  python.stdin.end(input)
  const [answer, errors, code] = await Promise.all([text(python.stdout), text(python.stderr), ended])
  if (code !== 0) throw new Error(`${program} failed: ${errors}`)
  return answer
}
