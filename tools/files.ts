import { readdirSync } from 'node:fs'

/** The files under a folder of the repository whose names end so, sorted, with `/` between the parts. */
export function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort()
}
