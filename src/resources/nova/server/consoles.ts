import { messageOf } from '../../../base/problem.ts'
import { consoleTypes } from '../../../cloud/nova/index.ts'
import type { Asked } from '../../../plugin/index.ts'
import type { properties, uses } from './properties.ts'

/** Where the consoles of a server can be seen, by type; where one can't, why. Only the one asked for, if one is. */
export async function consoleUrls({
  nova,
  id,
  path = [],
}: Asked<typeof uses, typeof properties>): Promise<Readonly<Record<string, string>>> {
  const [asked] = path
  const types = asked === undefined ? consoleTypes : [String(asked)]
  const urls = types.map(async (type): Promise<[string, string]> => {
    if (!consoleTypes.includes(type)) return [type, `Unsupported console type "${type}"`]
    try {
      return [type, await nova.servers.consoleUrl(id, type)]
    } catch (error) {
      return [type, `Cannot get console url: ${messageOf(error)}`]
    }
  })
  return Object.fromEntries(await Promise.all(urls))
}
