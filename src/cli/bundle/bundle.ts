import type { TemplateProblem } from '../../template/index.ts'
import { addressOf, displayName } from './address.ts'
import { type Reader, textOf, Unreadable, writtenText } from './read.ts'
import { isTemplate, type Reference, referencesOfEnvironment, referencesOfTemplate } from './references.ts'
import { positionOf, quoted, type Splice, splice } from './splice.ts'
import { type TextTree, treeOf } from './tree.ts'

/** A text as its author wrote it, beside what became of it for sending. */
export interface Source {
  /** How to speak of it to people. */
  readonly name: string
  readonly text: string
  readonly splices: readonly Splice[]
}

/** A template with all that it needs, as the service takes it: every file by its URL. */
export interface Bundle {
  /** Absent: none was named. */
  readonly template?: string
  readonly files: Readonly<Record<string, string>>
  readonly environmentFiles: readonly string[]
  /** What was read, by URL; the root template by the empty text. */
  readonly sources: ReadonlyMap<string, Source>
  /** The URLs of files that could not be read. */
  readonly unreadable: ReadonlySet<string>
  /** The same told at every place that names one of them. */
  readonly problems: readonly TemplateProblem[]
}

/** What to collect, and from where. */
export interface BundleRequest {
  /** A path, a URL, or `-`. */
  readonly template?: string
  readonly environments: readonly string[]
  /** The service has the environments and the files by the very names that are used: only the template is read. */
  readonly filesAreElsewhere?: boolean
  readonly directory: string
  readonly read: Reader
  readonly readStdin: () => Promise<Uint8Array>
}

/** The key of the root template among the sources. */
export const rootSource = ''

/**
 * Reads a template and its environments with every file that they name, and what those name in turn. Names become
 * URLs, in the texts too, so that two files of one name in two directories stay apart.
 */
export async function collectBundle(request: BundleRequest): Promise<Bundle> {
  const { template, environments, directory } = request
  const collection: Collection = {
    ...request,
    files: new Map(),
    sources: new Map(),
    unreadable: new Set(),
    problems: [],
  }
  const root = template === undefined ? undefined : await addRoot(collection, template)
  const environmentFiles: string[] = []
  for (const named of environments)
    environmentFiles.push(
      request.filesAreElsewhere ? named : await addEnvironment(collection, addressOf(named, directory)),
    )
  return {
    ...(root !== undefined && { template: root }),
    files: Object.fromEntries(collection.files),
    environmentFiles,
    sources: collection.sources,
    unreadable: collection.unreadable,
    problems: collection.problems,
  }
}

interface Collection extends BundleRequest {
  readonly files: Map<string, string>
  readonly sources: Map<string, Source>
  readonly unreadable: Set<string>
  readonly problems: TemplateProblem[]
}

async function addRoot(collection: Collection, named: string): Promise<string> {
  const isStdin = named === '-'
  const url = addressOf(isStdin ? 'stdin' : named, collection.directory)
  const name = isStdin ? '<stdin>' : displayName(url, collection.directory)
  const text = await writtenNamed(name, () => (isStdin ? collection.readStdin() : collection.read(url)))
  const tree = collection.filesAreElsewhere ? undefined : treeOf(text)
  return addText(collection, rootSource, {
    name,
    text,
    references: tree ? [...referencesOfTemplate(tree, url)] : [],
  })
}

async function addEnvironment(collection: Collection, url: string): Promise<string> {
  if (collection.files.has(url)) return url
  const name = displayName(url, collection.directory)
  const text = await writtenNamed(name, () => collection.read(url))
  const tree = treeOf(text)
  const references = tree ? [...referencesOfEnvironment(tree, url)] : []
  collection.files.set(url, await addText(collection, url, { name, text, references }))
  return url
}

/** A file that the user named: without it there is nothing to go on with. */
async function writtenNamed(name: string, read: () => Promise<Uint8Array>): Promise<string> {
  try {
    return writtenText(await read())
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { message, place } = error
    throw new Unreadable(`Cannot read ${name}: ${message}`, {
      file: name,
      cause: error,
      ...(place && { place }),
    })
  }
}

interface Text {
  readonly name: string
  readonly text: string
  readonly references: readonly Reference[]
}

/** Collects the files that a text names; returns the text with their URLs for their names. */
async function addText(
  collection: Collection,
  key: string,
  { name, text, references }: Text,
): Promise<string> {
  const splices = references.map(({ leaf, url }) => ({ ...leaf.span, text: quoted(url) }))
  collection.sources.set(key, { name, text, splices })
  for (const reference of references) await addFile(collection, reference, { key, text })
  return splice(text, splices)
}

async function addFile(
  collection: Collection,
  reference: Reference,
  from: { key: string; text: string },
): Promise<void> {
  const { url } = reference
  if (collection.files.has(url)) return
  // Set before its own references are followed, so that templates which name each other end.
  collection.files.set(url, '')
  try {
    const bytes = await collection.read(url)
    const text = reference.by === 'get_file' ? textOf(bytes) : writtenText(bytes)
    collection.files.set(url, text)
    collection.sources.set(url, { name: displayName(url, collection.directory), text, splices: [] })
    const tree = mayBeTemplate.test(text) ? treeOf(text) : undefined
    if (tree !== undefined && isTemplate(tree))
      collection.files.set(url, await addTemplate(collection, { url, text, tree }))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    collection.files.delete(url)
    collection.unreadable.add(url)
    collection.problems.push(unreadable(collection, { reference, from, reason: error.message }))
  }
}

/** Spares the reading of large scripts and images as if they were YAML. */
const mayBeTemplate = /heat_template_version|HeatTemplateFormatVersion|AWSTemplateFormatVersion/

function addTemplate(
  collection: Collection,
  { url, text, tree }: { url: string; text: string; tree: TextTree },
): Promise<string> {
  const name = displayName(url, collection.directory)
  return addText(collection, url, { name, text, references: [...referencesOfTemplate(tree, url)] })
}

function unreadable(
  { directory }: Collection,
  { reference, from, reason }: { reference: Reference; from: { key: string; text: string }; reason: string },
): TemplateProblem {
  const { by, leaf, url } = reference
  return {
    code: 'FileUnreadable',
    message: `Cannot read ${displayName(url, directory)}, which ${by} names: ${reason}`,
    path: [],
    ...(from.key !== rootSource && { file: from.key }),
    ...positionOf(from.text, leaf.span.start),
  }
}
