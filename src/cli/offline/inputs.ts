import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import type { Report } from '../problems/report.ts'
import { readWhatIsThere, type Wanted } from '../wanted.ts'
import type { UsedTypes } from './catalog.ts'

/** The names of the templates to look at; at least one must be given. */
export function templatesNamed(files: readonly string[], option?: string): readonly string[] {
  if (option !== undefined && files.length > 0)
    throw new UsageError('name templates either with --template or after the command')
  const named = option === undefined ? files : [option]
  if (named.length === 0)
    throw new UsageError('name a template to look at: a path, a URL, or - for the input')
  if (named.filter((one) => one === '-').length > 1) throw new UsageError('the input can be read only once')
  return named
}

/** Templates as they were read, and what is to be told of those that could not be. */
export interface ReadTemplates {
  readonly read: readonly (Wanted & { readonly name: string })[]
  readonly refused: readonly Report[]
}

/** Reads templates, each with the same environments and parameters; one that can't be read keeps no other from it. */
export async function readEach(
  context: Context,
  templates: readonly string[],
  options: Omit<Parameters<typeof readWhatIsThere>[1], 'template'>,
): Promise<ReadTemplates> {
  const { Unreadable } = await import('../bundle/read.ts')
  const read: (Wanted & { readonly name: string })[] = []
  const refused: Report[] = []
  for (const name of templates) {
    try {
      read.push({ name, ...(await readWhatIsThere(context, { ...options, template: name })) })
    } catch (error) {
      if (!(error instanceof Unreadable) || error.file === undefined) throw error
      const { message, file, place } = error
      refused.push({
        findings: [{ code: 'FileUnreadable', message, path: [], file, ...place }],
        sources: new Map(),
      })
    }
  }
  return { read, refused }
}

/** The resource types that can be checked with no service. */
export async function offlineTypes({ parts }: Context): Promise<UsedTypes> {
  const { anyType, typesKnownHere } = await import('./catalog.ts')
  return parts.readTypes === undefined ? anyType : typesKnownHere(await parts.readTypes())
}
