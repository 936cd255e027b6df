// What `npm test` runs: every unit test, in one process. Words after it choose the files whose paths have one of them:
//   npm test -- engine store/batch
import { spawn } from 'node:child_process'
import { filesIn } from './files.ts'

const elsewhere = ['test/fuzz/', 'test/integration/', 'test/journeys/', 'test/oracle/']
const longest = 10 * 60_000
const words = process.argv.slice(2)

const files = filesIn('test', '.test.ts')
  .filter((file) => !elsewhere.some((folder) => file.startsWith(folder)))
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))

if (files.length === 0) {
  console.error(`No test has ${words.join(' or ')} in its path.`)
  process.exit(1)
}

const options = ['--test', '--test-isolation=none', '--test-timeout=60000']
const tests = spawn(process.execPath, [...options, ...files], {
  stdio: 'inherit',
  timeout: longest,
  killSignal: 'SIGKILL',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => tests.kill(signal))
tests.on('exit', (code) => {
  if (code === null) console.error('The tests were stopped before they had ended.')
  process.exit(code ?? 1)
})
