import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('ready-openstack.py', import.meta.url))
/** In milliseconds. */
const longest = 600_000

interface Answer {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** What Debian's `openstack` prints when it is given these words and this environment. Throws with what it says if it fails. */
export async function runOpenStack(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  ready ??= start()
  const socket = connect(await ready)
  socket.setTimeout(longest, () => socket.destroy(new Error(`openstack ${args.join(' ')} does not end`)))
  socket.write(`${JSON.stringify({ args, env })}\n`)
  const { code, stdout, stderr } = JSON.parse(await text(socket)) as Answer
  if (code !== 0) throw new Error(`openstack ${args.join(' ')} ended with ${code}:\n${stderr}\n${stdout}`)
  return stdout
}

/** Where the program listens. One serves a whole process, and ends with it. */
let ready: Promise<string> | undefined

async function start(): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'hearth-openstack-')), 'socket')
  const process_ = spawn('/usr/bin/python3', [program, path], { stdio: ['pipe', 'pipe', 'inherit'] })
  const failed = once(process_, 'exit').then(() => {
    throw new Error("Debian's openstack program does not start")
  })
  await Promise.race([once(process_.stdout, 'data'), failed])
  failed.catch(() => {})
  process_.unref()
  for (const stream of [process_.stdin, process_.stdout]) (stream as Socket).unref()
  return path
}
