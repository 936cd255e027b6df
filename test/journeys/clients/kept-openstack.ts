import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Variables } from '../openstack.ts'

const program = fileURLToPath(new URL('kept-openstack.py', import.meta.url))

/** What a command came to. */
export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** One session of Debian's `openstack`, as somebody in a folder: for journeys of more commands than can be started one by one. */
export class KeptOpenStack {
  readonly #process: ChildProcessWithoutNullStreams
  readonly #answers: AsyncIterator<string>
  #complaints = ''

  constructor(variables: Variables, folder: string) {
    this.#process = spawn('/usr/bin/python3', [program], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...variables },
    })
    this.#process.stderr.on('data', (chunk) => {
      this.#complaints += chunk
    })
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** Has one command carried out; with `stopAfter`, Ctrl-C is pressed after so many seconds. */
  async run(args: readonly string[], stopAfter = 0): Promise<Answer> {
    this.#process.stdin.write(`${JSON.stringify({ args, stop_after: stopAfter })}\n`)
    const { value, done } = await this.#answers.next()
    if (done === true) throw new Error(`openstack ${args.join(' ')} ended:\n${this.#complaints}`)
    return JSON.parse(value) as Answer
  }

  close(): void {
    this.#process.kill()
  }
}
