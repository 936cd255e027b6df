import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { filesIn } from '../../../tools/files.ts'
import { type DatabaseService, installed, startMariadb, startPostgres } from '../../../tools/services.ts'

const servers = [
  { name: 'PostgreSQL', there: installed.postgres(), start: startPostgres },
  { name: 'MariaDB', there: installed.mariadb(), start: startMariadb },
]

/** They play hundreds of stories each: on a server that takes long, and tells no more than the others do. */
const tooLong = /(?:crashes|simulation|run-laws)\.test\.ts$/

/** The same, within files that have others. */
const tooOften = 'dies at any moment'

const files = filesIn('test/engine', '.test.ts').filter((file) => !tooLong.test(file))

/** Runs the engine's tests over a database of their own; answers the exit code, and what was said of failures. */
async function played(
  service: DatabaseService,
  signal: AbortSignal,
): Promise<{ readonly code: unknown; readonly said: string }> {
  const { NODE_TEST_CONTEXT: _own, ...env } = process.env
  const tests = spawn(
    process.execPath,
    [
      '--test',
      '--test-isolation=none',
      '--test-timeout=60000',
      `--test-skip-pattern=${tooOften}`,
      '--test-reporter=dot',
      ...files,
    ],
    {
      env: { ...env, HEARTH_SCENARIO_DATABASE: await service.create() },
      stdio: ['ignore', 'pipe', 'inherit'],
      signal,
    },
  )
  const [said, [code]] = await Promise.all([text(tests.stdout), once(tests, 'exit')])
  return { code, said }
}

describe('every scenario of the engine', { concurrency: true }, () => {
  for (const { name, there, start } of servers) {
    it(`ends on ${name} as it does in memory`, {
      skip: !there && `${name} is not installed: node tools/services.ts install`,
      timeout: 600_000,
    }, async ({ signal }) => {
      const service = await start()
      try {
        const { code, said } = await played(service, signal)
        assert.equal(code, 0, said)
      } finally {
        await service.stop()
      }
    })
  }
})
