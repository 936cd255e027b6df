import { within } from '../../base/json.ts'
import { failure } from '../../base/problem.ts'
import type { Child, Notes } from '../../plugin/index.ts'
import { removedNote } from './group-members.ts'

type Path = readonly (string | number)[]

/** What is asked, of a group of that name. */
interface Asked {
  readonly name: string
  readonly path: Path
  readonly child: Child
}

/** An attribute of a group: what all groups of members have, and what only those have whose members come and go. */
export async function groupAttribute(
  asked: Asked & { readonly notes: Pick<Notes, 'get'> },
): Promise<unknown> {
  const { child, notes } = asked
  const [first, ...rest] = asked.path
  switch (first) {
    case 'refs_map':
      return within(
        Object.fromEntries(child.members().map((member) => [member, child.reference(member)])),
        rest,
      )
    case 'removed_rsrc_list':
      return (notes.get(removedNote) ?? '').split(',').filter((one) => one !== '')
    default:
      return await attributeOfMembers(asked)
  }
}

/** An attribute of one member (`resource.0.…`), or of all of them as a list or a map. */
export async function attributeOfMembers(asked: Asked): Promise<unknown> {
  const { path, child } = asked
  const [first = '', ...rest] = path
  const key = String(first)
  if (key.startsWith('resource.'))
    return await ofMember({ ...asked, path: [...key.split('.').slice(1), ...rest] })
  if (key === 'refs')
    return within(
      child.members().map((member) => child.reference(member)),
      rest,
    )
  if (key === 'attributes') return Object.fromEntries(await eachMember(child, rest))
  return (await eachMember(child, path)).map(([, value]) => value)
}

async function ofMember({ name, path: [first = '', ...path], child }: Asked): Promise<unknown> {
  const member = String(first)
  if (!child.members().includes(member))
    throw failure('NotFound', `Member '${member}' not found in group resource '${name}'.`)
  return path.length === 0 ? (child.reference(member) ?? null) : await child.attribute(member, path)
}

async function eachMember(child: Child, path: Path): Promise<readonly (readonly [string, unknown])[]> {
  return await Promise.all(
    child.members().map(async (member) => [member, await child.attribute(member, path)] as const),
  )
}
