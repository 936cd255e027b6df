import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ended } from '../journeys/hearth.ts'
import type { Variables } from '../journeys/openstack.ts'

const run = promisify(execFile)
const suite = fileURLToPath(new URL('./suite.py', import.meta.url))

/** What came of a test, and what it said where that is not that it passed. */
export interface Outcome {
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly words?: string
}

/** One of Heat's acceptance tests. */
export interface AcceptanceTest {
  /** As tempest knows it: its module, class and name, and an ID of its own. */
  readonly id: string
  readonly module: string
  /** The same for readers. */
  readonly name: string
}

/** The functional tests of resource types and operations that are there. */
const functional = [
  ...['external_ref', 'hooks', 'resources_list', 'stack_events', 'stack_outputs', 'stack_tags'],
  ...['template_validate', 'templates', 'unicode_template', 'preview', 'remote_stack', 'encrypted_parameter'],
  ...['create_update_neutron_port', 'create_update_neutron_subnet', 'nova_server_networks'],
]

/** Heat's acceptance tests, as somebody runs them against the orchestration service that the catalog names in their region. */
export class Acceptance {
  readonly #runner: string
  readonly #directory: string
  readonly #variables: Variables
  readonly #credential: string | undefined
  readonly #workers: ChildProcess[] = []

  /**
   * `runner` installs and configures tempest; the directory keeps what it writes. `credential` is the ID of a secret that says
   * how to reach another cloud, without which the test that needs one passes over itself.
   */
  constructor(runner: string, directory: string, variables: Variables, credential?: string) {
    mkdirSync(directory, { recursive: true })
    this.#runner = runner
    this.#directory = directory
    this.#credential = credential
    this.#variables = {
      ...variables,
      TEMPEST_DIR: directory,
      TEMPEST_CONFIG_DIR: directory,
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
    }
  }

  /** The tests of what is there. */
  async tests(): Promise<readonly AcceptanceTest[]> {
    await this.#configure()
    const modules = ['api.test_heat_api', ...functional.map((name) => `functional.test_${name}`)]
    const named = modules.map((module) => `heat_tempest_plugin.tests.${module}`)
    const { stdout } = await run('/usr/bin/python3', [suite, 'list', ...named], { env: this.#variables })
    const lines = stdout.split('\n').filter((line) => line !== '')
    return lines
      .map((line) => JSON.parse(line) as Listed)
      .map(({ test: id, module }) => ({ id, module, name: nameOf(id) }))
  }

  /** The runner writes tempest's configuration whatever it is asked. */
  async #configure(): Promise<void> {
    const file = join(this.#directory, 'tempest.conf')
    if (existsSync(file)) return
    await run(this.#runner, ['list', 'api'], { env: this.#variables })
    if (this.#credential === undefined) return
    const section = '[heat_plugin]\n'
    const otherCloud = `[heat_features_enabled]\nmulti_cloud = true\n${section}credential_secret_id = ${this.#credential}\n`
    writeFileSync(file, readFileSync(file, 'utf8').replace(section, otherCloud))
  }

  /** Runs modules, or of a module the test whose ID follows it, so many at a time; tells of each test as it ends. */
  async run(
    modules: readonly string[],
    atATime: number,
    onTest: (id: string, outcome: Outcome) => void,
  ): Promise<void> {
    await this.#configure()
    const left = [...modules]
    const next = () => left.shift()
    await Promise.all(Array.from({ length: atATime }, () => this.#work(next, onTest)))
  }

  /** One process, for it takes a while to start, that runs what is next until nothing is left. */
  async #work(next: () => string | undefined, onTest: (id: string, outcome: Outcome) => void): Promise<void> {
    const first = next()
    if (first === undefined) return
    const worker = spawn('/usr/bin/python3', [suite], {
      env: this.#variables,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#workers.push(worker)
    worker.stdin.write(`${first}\n`)
    for await (const line of createInterface({ input: worker.stdout })) {
      const said = JSON.parse(line) as (Outcome & { readonly test: string }) | { readonly done: string }
      if ('test' in said) {
        onTest(said.test, said)
        continue
      }
      const following = next()
      if (following === undefined) worker.stdin.end()
      else worker.stdin.write(`${following}\n`)
    }
  }

  /** Ends what still runs. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => ended(worker, 'SIGKILL')))
  }
}

interface Listed {
  readonly test: string
  readonly module: string
}

/** `hooks: HooksTest.test_hook_pre_create` */
function nameOf(id: string): string {
  const [, module, name] = /\.test_(\w+)\.(.*?)(?:\.test_request)?(?:\[.*\])?$/.exec(id) ?? []
  return name === undefined ? id : `${module}: ${name}`
}
