import type { Child, Notes } from '../../plugin/index.ts'
import { removedNote } from './group-members.ts'

type Path = readonly (string | number)[]

/** An attribute of a group: what all groups of members have, and what only those have whose members come and go. */
export async function groupAttribute(path: Path, child: Child, notes: Pick<Notes, 'get'>): Promise<unknown> {
  const [first, ...rest] = path
  switch (first) {
    case 'refs_map':
      return within(
        Object.fromEntries(child.members().map((member) => [member, child.reference(member)])),
        rest,
      )
    case 'removed_rsrc_list':
      return (notes.get(removedNote) ?? '').split(',').filter((one) => one !== '')
    default:
      return await attributeOfMembers(path, child)
  }
}

/** An attribute of one member (`resource.0.…`), or of all of them as a list or a map. */
export async function attributeOfMembers(path: Path, child: Child): Promise<unknown> {
  const [first = '', ...rest] = path
  const name = String(first)
  if (name.startsWith('resource.')) return await ofMember([...name.split('.').slice(1), ...rest], child)
  if (name === 'refs')
    return within(
      child.members().map((member) => child.reference(member)),
      rest,
    )
  if (name === 'attributes') return Object.fromEntries(await eachMember(child, rest))
  return (await eachMember(child, path)).map(([, value]) => value)
}

async function ofMember([member = '', ...path]: Path, child: Child): Promise<unknown> {
  const name = String(member)
  return path.length === 0 ? (child.reference(name) ?? null) : await child.attribute(name, path)
}

async function eachMember(child: Child, path: Path): Promise<readonly (readonly [string, unknown])[]> {
  return await Promise.all(
    child.members().map(async (member) => [member, await child.attribute(member, path)] as const),
  )
}

function within(value: unknown, path: Path): unknown {
  let here: unknown = value
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return null
    here = (here as Record<string, unknown>)[String(step)]
  }
  return here ?? null
}
