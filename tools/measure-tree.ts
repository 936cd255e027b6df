// How an engine does with one large tree: a group of groups of test resources, on SQLite in memory.
//   node tools/measure-tree.ts [groups] [members of each]
import { scenario } from '../src/testing/scenario.ts'

const [groups = 100, members = 1000] = process.argv.slice(2).map(Number)
const play = await scenario({ options: { maxResourcesPerStack: -1 } })
await play.worker()

const member = { type: 'OS::Heat::TestResource', properties: { value: 'v' } }
const inner = { type: 'OS::Heat::ResourceGroup', properties: { count: members, resource_def: member } }
const outer = { type: 'OS::Heat::ResourceGroup', properties: { count: groups, resource_def: inner } }
const template = { heat_template_version: '2021-04-16', resources: { tree: outer } }

let [began, used] = [performance.now(), process.cpuUsage()]

function tell(what: string, status: string): void {
  const { user, system } = process.cpuUsage(used)
  const peak = process.resourceUsage().maxRSS / 1024
  const figures = {
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMiB: peak,
  }
  process.stdout.write(
    `${what}: ${status} ${JSON.stringify(figures, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value))}\n`,
  )
  ;[began, used] = [performance.now(), process.cpuUsage()]
}

const stack = await play.create('tree', template)
tell(`create ${groups} x ${members}`, (await play.settled(stack)).status)
await play.update(stack, template)
tell('update that changes nothing', (await play.settled(stack)).status)
await play.delete(stack)
tell('delete', (await play.settled(stack)).status)
await play.end()
