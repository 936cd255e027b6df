import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { alike } from './clients/alike.ts'
import { type Difference, differences } from './clients/differences.ts'
import { type Answer, KeptOpenStack } from './clients/kept-openstack.ts'
import { RegionalHearth } from './clients/regional-hearth.ts'
import { type Step, steps, words } from './clients/steps.ts'
import { administrator, newTenant, type Tenant } from './openstack.ts'

const files = fileURLToPath(new URL('clients/files', import.meta.url))
const compatibility = new URL('../../docs/compatibility.md', import.meta.url)
const commands = '/usr/lib/python3/dist-packages/python_heatclient-3.1.0.egg-info/entry_points.txt'

/** One service, asked by a user and an administrator; what its answers told, by name. */
interface Side {
  readonly user: KeptOpenStack
  readonly admin: KeptOpenStack
  readonly known: Map<string, string>
}

describe('every command of the openstack program, beside the original', { timeout: 900_000 }, () => {
  const name = `journey-commands-${process.pid}`
  const hearth = new RegionalHearth(name)
  const seen = new Set<Difference>()
  let sides: readonly Side[] = []
  let tenant: Tenant

  const open = (own: string, region: string): Side => {
    const place = { OS_REGION_NAME: region }
    return {
      user: new KeptOpenStack({ ...tenant.variables, ...place }, files),
      admin: new KeptOpenStack({ ...administrator(), ...place }, files),
      known: new Map([['folder', mkdtempSync(join(hearth.folder, own))]]),
    }
  }

  before(async () => {
    await hearth.start()
    tenant = await newTenant(name)
    sides = [open('hearth-', name), open('original-', 'RegionTwo')]
  })
  after(async () => {
    for (const { user, admin } of sides) {
      user.close()
      admin.close()
    }
    await tenant?.remove()
    await hearth.stop()
  })

  for (const step of steps)
    test(`openstack ${step.run}`, async () => {
      const answers = await Promise.all(sides.map((side) => perform(step, side)))
      const texts = answers.map((answer, i) =>
        alike(answer, step.inAnyOrder)
          .replaceAll(sides[i]?.known.get('folder') ?? '', '<folder>')
          .replace(step.ignores ?? '', ''),
      )
      const declared = differences.filter(({ where }) => where.test(step.run))
      const [ours, theirs] = texts.map((text) => without(declared, text))
      assert.equal(ours, theirs)
      for (const one of declared) {
        const others = declared.filter((other) => other !== one)
        const [a, b] = texts.map((text) => without(others, text))
        if (a !== b) seen.add(one)
      }
    })

  test('each difference that is declared is there, and told in the documents', () => {
    assert.deepEqual(
      differences.filter((one) => !seen.has(one)),
      [],
    )
    const document = readFileSync(compatibility, 'utf8').replaceAll(/\s+/g, ' ')
    assert.deepEqual(
      differences.filter(({ told }) => !document.includes(told)).map(({ told }) => told),
      [],
    )
  })

  test('no command is left out', () => {
    const [, section = ''] = readFileSync(commands, 'utf8').split('[openstack.orchestration.v1]\n')
    const all = section.split('\n').flatMap((line) => line.split(' = ')[0]?.replaceAll('_', ' ') || [])
    assert.equal(all.length, 49)
    assert.deepEqual(
      all.filter((command) => !steps.some(({ run }) => run.startsWith(`${command} `))),
      [],
    )
  })
})

/** Gives a command, again and again if the answer is not the one that is waited for, and learns from it. */
async function perform(step: Step, { user, admin, known }: Side): Promise<Answer> {
  const line = step.run.replaceAll(/\{(\w+)\}/g, (whole, name: string) => known.get(name) ?? whole)
  let answer: Answer
  for (let i = 0; ; i++) {
    answer = await (step.byAdmin === true ? admin : user).run(words(line), step.stopAfter)
    if (step.until === undefined || step.until.test(answer.out) || i === 120) break
    await pause(500)
  }
  for (const [name, pattern] of Object.entries(step.learn ?? {})) {
    const [, found] = pattern.exec(answer.out) ?? []
    if (found === undefined) throw new Error(`no ${name} in what ${line} says:\n${answer.out}${answer.err}`)
    known.set(name, found)
  }
  return answer
}

/** A text in which these differences do not show. */
const without = (some: readonly Difference[], text: string): string =>
  some.reduce((left, { what, by = '' }) => left.replace(what, by), text)
