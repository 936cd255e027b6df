import { nearest } from '../../schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../catalog.ts'
import type { StackDefinition } from '../definition.ts'
import { templateIn } from '../parse/files.ts'
import { suggestion, type TemplateProblem } from '../problem.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import { templateFacts } from './facts.ts'
import { toldFromOutside } from './told-from-outside.ts'

/** What a resource's type turned out to be. */
export type Kind = KnownKind | { readonly is: 'unknown'; readonly problems: readonly TemplateProblem[] }

export type KnownKind =
  | { readonly is: 'type'; readonly type: string; readonly facts: TypeFacts }
  | TemplateKind

/** A type that a template stands for. */
export interface TemplateKind {
  readonly is: 'template'
  readonly facts: TypeFacts
  readonly template: Template
  readonly file: string
}

/** What finding out kinds needs, and keeps in mind. */
export interface KindSearch {
  readonly catalog: TypeCatalog
  /** Whether what is wrong with a nested template counts. */
  readonly nested: boolean
  /** The files whose own problems were reported already. */
  readonly told: Set<string>
}

/** Finds out what a resource's type is in its stack, or what is wrong with it. */
export function kindOf(resource: ResourceDefinition, definition: StackDefinition, search: KindSearch): Kind {
  const { type, name } = resource
  const { environment, files } = definition
  const { catalog } = search
  const resolved = environment.resolveType(type, name, (known) => catalog.find(known) !== undefined)
  if (resolved?.is === 'type') {
    const facts = catalog.find(resolved.type)
    if (facts !== undefined) return { is: 'type', type: resolved.type, facts }
  }
  if (resolved?.is !== 'template') {
    const message = `The Resource Type (${type}) could not be found.`
    return unknown(resource, definition, { message, meant: nearest(type, catalog.names()) })
  }
  const { file } = resolved
  if (templateIn(files, file) !== undefined) return templateKind(resource, definition, { ...search, file })
  const message = `Could not fetch remote template "${file}": ${whyMissing(file)}`
  return unknown(resource, definition, { message, meant: nearest(file, Object.keys(files)) })
}

function unknown(
  { name }: ResourceDefinition,
  { template: { version } }: StackDefinition,
  { message, meant }: { readonly message: string; readonly meant: string | undefined },
): Kind {
  const path = [version.words.resources, name, version.words.resource.type]
  return { is: 'unknown', problems: [{ code: 'UnknownType', message, path, ...suggestion(meant) }] }
}

function templateKind(
  { name }: ResourceDefinition,
  { environment, files, template: outer }: StackDefinition,
  { file, nested, told }: KindSearch & { readonly file: string },
): Kind {
  const { value: template, problems = [] } = templateIn(files, file) ?? {}
  if (template !== undefined && (!nested || problems.length === 0)) {
    return { is: 'template', facts: templateFacts(template, environment), template, file }
  }
  if (told.has(file)) return { is: 'unknown', problems: [] }
  told.add(file)
  const place = `${outer.version.words.resources}.${name}<${file}>`
  return { is: 'unknown', problems: problems.map((problem) => toldFromOutside(problem, place)) }
}

function whyMissing(file: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(file)?.[1] ?? ''
  const isRemote = scheme === 'http' || scheme === 'https'
  return isRemote ? 'it is not among the files of the request' : `Invalid URL scheme ${scheme}`
}
