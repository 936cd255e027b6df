import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../tools/free-port.ts'
import { HearthProcess } from '../hearth.ts'
import { Keystone } from '../keystone.ts'
import { administrator, type Variables } from '../openstack.ts'

/** Hearth as the orchestration service of a region of its own, where its stacks may have users. */
export class RegionalHearth {
  /** What the journey keeps; it goes with the service. */
  readonly folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  readonly #name: string
  readonly #configuration = join(this.folder, 'hearth.conf')
  readonly #keystone = new Keystone(administrator())
  readonly #process: HearthProcess

  /** The region, and the domain of the users, are called by this name. */
  constructor(name: string, settings: Variables = {}) {
    this.#name = name
    this.#process = new HearthProcess(['up', '--cloud', 'env'], {
      ...administrator(),
      HEARTH_CONFIG_FILE: this.#configuration,
      ...settings,
    })
  }

  async start(): Promise<void> {
    const port = await freePort()
    await this.#keystone.newRegion(this.#name, `http://127.0.0.1:${port}/v1`)
    const { password } = await this.#keystone.newDomain(this.#name)
    const users = `stack_user_domain_name = ${this.#name}\nstack_domain_admin = keeper\n`
    writeFileSync(this.#configuration, `[DEFAULT]\n${users}stack_domain_admin_password = ${password}\n`)
    await this.#process.start(port)
  }

  async stop(): Promise<void> {
    await this.#process.stop()
    await this.#keystone.removeAll()
    rmSync(this.folder, { recursive: true })
  }
}
