import { pino } from 'pino'
import type { Log } from '../base/log.ts'
import { mask } from '../base/text.ts'
import { requestOf } from './watch/tracer.ts'

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** A file to write to; absent: standard error. */
  readonly file?: string
}

/** Keys under which somebody might one day log a secret. */
const secrets = ['token', 'password', 'secret', 'auth', 'credential', 'private_key', 'admin_pass']

/** The log of a process: one JSON object a line. */
export function openLog({ level, file }: LogOptions): Log {
  const paths = secrets.flatMap((key) => [key, `*.${key}`])
  const options = {
    level,
    base: { pid: process.pid },
    redact: { paths, censor: mask },
    timestamp: pino.stdTimeFunctions.isoTime,
    // Whose request a line is about, where that is known.
    mixin: () => ({ ...requestOf() }),
  }
  return pino(options, pino.destination({ dest: file ?? 2, sync: false, mkdir: true }))
}
