import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { runProgram } from '../cli/index.ts'
import { connectClient } from '../client/index.ts'
import { openLog } from './log.ts'
import { untilStopped } from './until-stopped.ts'
import { startUp } from './up.ts'
import { version } from './version.ts'

/** `npm start`: the whole service on embedded defaults deploys the example stack, and goes on serving. */

const stateDirectory = process.env.HEARTH_STATE_DIR ?? '.hearth'
const example = fileURLToPath(new URL('../../examples/first-stack.yaml', import.meta.url))
const name = 'first-stack'

const log = openLog({ level: 'info', file: `${stateDirectory}/hearth.log` })
const up = await startUp({ stateDirectory, register: false, port: await freePort(8004) }, log)
say(`Hearth answers at ${up.endpoint}, in front of a simulated OpenStack.`)
say(`Deploying ${name} from examples/first-stack.yaml:\n`)

const exitCode = await deployExample()
if (exitCode !== 0) {
  await up.close()
  process.exit(exitCode)
}

say(`
The stack is deployed. Point the real client at this service from another terminal:

    eval "$(bin/hearth env)"
    openstack stack show ${name}
    openstack server list

or use Hearth's own:  bin/hearth stack list
What it does is logged in ${stateDirectory}/hearth.log. Stop it with Ctrl-C; its state stays in ${stateDirectory}.`)
await untilStopped(log)
await up.close()

/** Creates the example stack; where an earlier start left one, updates that. */
async function deployExample(): Promise<number> {
  const verb = (await isThere()) ? 'update' : 'create'
  const done = await hearth(['stack', verb, '-t', example, '--wait', name])
  return done === 0 ? await hearth(['stack', 'output', 'show', '--all', name]) : done
}

async function isThere(): Promise<boolean> {
  const {
    OS_AUTH_URL: authUrl = '',
    OS_USERNAME: username = '',
    OS_PASSWORD: password = '',
    OS_PROJECT_NAME: projectName = '',
  } = up.variables
  const domains = { userDomainName: 'Default', projectDomainName: 'Default' }
  const client = await connectClient({
    authUrl,
    credentials: { is: 'password', username, password, projectName, ...domains },
  })
  const { stacks } = await client.listStacks({ name: [name] })
  return stacks.length > 0
}

async function hearth(args: readonly string[]): Promise<number> {
  const neverHere = async (): Promise<void> => {}
  const elsewhere = () => Promise.reject(new Error('The demonstration manages nothing.'))
  return await runProgram(['--state-dir', stateDirectory, ...args], {
    version,
    up: neverHere,
    api: neverHere,
    engine: neverHere,
    manage: elsewhere,
    readPolicy: elsewhere,
    examine: elsewhere,
    variables: up.variables,
  })
}

/** The port, or any free one if something else has it (or the next, where the simulated cloud listens). */
async function freePort(wanted: number): Promise<number> {
  return (await isFree(wanted)) && (await isFree(wanted + 1)) ? wanted : 0
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
