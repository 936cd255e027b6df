// Measures how long `hearth` takes to start, from the bundle that `npm run build` made:
//   node tools/measure-start.ts [runs]
// On a machine that has much else to do, look at the time of the processor: the rest is waiting for a turn.
import { spawnSync } from 'node:child_process'

const commands = [
  'bin/hearth --version',
  'bin/hearth --help',
  'bin/hearth stack list --help',
  // All but the network: nobody listens at that address.
  'bin/hearth stack list --os-auth-url http://127.0.0.1:9 --os-username u --os-password p --os-project-id p',
  'bin/hearth completion bash',
  'node_modules/.bin/node -e 0',
]

const runs = Number(process.argv[2] ?? 21)

interface Times {
  readonly real: number
  readonly processor: number
}

function timesOf(command: string): Times {
  const asked = `TIMEFORMAT='%R %U %S'; time ${command} >/dev/null 2>&1`
  const { stderr } = spawnSync('bash', ['-c', asked], { encoding: 'utf8' })
  const [real = 0, user = 0, system = 0] = stderr.trim().split(' ').map(Number)
  return { real: real * 1000, processor: (user + system) * 1000 }
}

const median = (values: readonly number[]): string =>
  (values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0).toFixed(0)

console.log(`median of ${runs} runs, in ms: until it has ended, and time of the processor`)
for (const command of commands) {
  timesOf(command)
  const times = Array.from({ length: runs }, () => timesOf(command))
  const [real, processor] = [times.map((one) => one.real), times.map((one) => one.processor)]
  console.log(`${median(real).padStart(6)} ${median(processor).padStart(6)}  ${command}`)
}
