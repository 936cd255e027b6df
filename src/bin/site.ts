import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import { extendSite, noSite, type Site, templatesOf } from '../template/index.ts'

/** What types stand for where an operator says nothing, as Heat comes: older names of types that go on working. */
const usual = `
resource_registry:
  OS::Quantum*: OS::Neutron*
  OS::Metering::Alarm: OS::Aodh::Alarm
  OS::Ceilometer::Alarm: OS::Aodh::Alarm
  OS::Ceilometer::GnocchiResourcesAlarm: OS::Aodh::GnocchiResourcesAlarm
  OS::Ceilometer::GnocchiAggregationByMetricsAlarm: OS::Aodh::GnocchiAggregationByMetricsAlarm
  OS::Ceilometer::GnocchiAggregationByResourcesAlarm: OS::Aodh::GnocchiAggregationByResourcesAlarm
  OS::Ceilometer::CombinationAlarm: OS::Aodh::CombinationAlarm
`

/**
 * Reads the operator's environment: all files of a directory, in the order of their names. What is wrong with one of them is
 * logged, and that file has no effect. Without such a directory older names of types stand for the present ones.
 */
export async function readSite(directory: string, log: Log): Promise<Site> {
  const names = await filesIn(directory)
  let site = names === undefined ? (extendSite(noSite, usual, 'usual').value ?? noSite) : noSite
  for (const name of names ?? []) {
    const file = join(directory, name)
    const text = await contentOf(file, file, log)
    const { value, problems } =
      text === undefined ? { value: undefined, problems: [] } : extendSite(site, text, file)
    for (const { message, line } of problems) log.error({ file, line, problem: message }, notLoaded)
    site = value ?? site
  }
  return { ...site, files: await templates(site, log) }
}

const notLoaded = "An environment file of the site can't be used, and has no effect"

/** The names of the files of a directory, but for hidden ones; `undefined` if there is no such directory. */
async function filesIn(directory: string): Promise<readonly string[] | undefined> {
  try {
    const entries = await readdir(directory, { withFileTypes: true })
    const files = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    return files.map(({ name }) => name).sort()
  } catch {
    return undefined
  }
}

async function contentOf(path: string | URL, file: string, log: Log): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    log.error({ file, problem: messageOf(error) }, notLoaded)
    return undefined
  }
}

/** The templates that the registry names by `file:`; what it names otherwise comes with the requests that need it. */
async function templates({ registry }: Site, log: Log): Promise<Site['files']> {
  const found: [string, string][] = []
  for (const address of templatesOf(registry).keys()) {
    if (!address.startsWith('file:')) continue
    const text = await contentOf(fileURLToPath(address), address, log)
    if (text !== undefined) found.push([address, text])
  }
  return Object.fromEntries(found)
}
