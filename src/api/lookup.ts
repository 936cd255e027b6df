import { type AnyEndpoint, splitAddress } from '../contract/endpoint.ts'
import { stacks } from '../contract/rest/index.ts'
import { refusal } from './faults.ts'
import { type Asked, answer, type Route } from './route.ts'

const arn = /^arn:openstack:heat::([^:]*):stacks\/([^/]+)\/([^/]+)((?:\/.*)?)$/

/** What leads from the name, ID or ARN of a stack to its address, with what came after it in the path and the query. */
export const lookupRoutes: readonly Route[] = stacks.lookups.map((endpoint) => {
  const after = splitAddress(endpoint.address).path.split('{stack_name}')[1] ?? ''
  return answer(endpoint, async (asked) => {
    asked.header('location', `${await locate(asked)}${after}${inOrder(asked.here.search)}`)
    return null
  })
})

async function locate({ path, caller, engine, links }: Asked<AnyEndpoint>): Promise<string> {
  const { stack_name: name } = path as { readonly stack_name: string }
  if (!name.startsWith('arn:')) return links.stackHref(await engine.lookupStack(caller, { nameOrId: name }))
  const [, projectId, stackName, id, below] = arn.exec(name) ?? []
  if (!projectId || !stackName || !id) throw refusal(404)
  return links.stackHref({ projectId, name: stackName, id }) + encodeURI(below ?? '')
}

/** Values of other keys may stand between those of one. */
function inOrder(search: string): string {
  const parameters = new URLSearchParams(search)
  return parameters.size > 0 ? `?${parameters}` : ''
}
