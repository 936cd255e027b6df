import { type Json, type JsonMap, own } from '../../base/json.ts'
import { jsonFault } from '../json-fault.ts'
import { isNothing } from '../nothing.ts'
import { type Parsed, placed, type TemplateProblem } from '../problem.ts'
import { readConditions } from '../sections/conditions.ts'
import { readOutputs } from '../sections/outputs.ts'
import { readParameterGroups } from '../sections/parameter-groups.ts'
import { readParameters } from '../sections/parameters.ts'
import { readResources } from '../sections/resources.ts'
import { invalid, isJsonMap, stranger } from '../sections/section.ts'
import type { Template } from '../template.ts'
import { versionOf } from '../versions/index.ts'
import type { Version } from '../versions/version.ts'
import { readSource, type Source } from './read.ts'

/** How to read a template. */
export interface TemplateOptions {
  /** The name of the file it came from; absent: it is the root template. */
  readonly file?: string
  /** The most characters it may have. */
  readonly maxSize?: number
}

const usualMaxSize = 524_288

/**
 * Reads a template from YAML or JSON text, or from data parsed before. There is a value whenever its version could be
 * told, whatever the problems, so that what comes after can find more of them.
 */
export function parseTemplate(
  source: string | JsonMap,
  { file, maxSize = usualMaxSize }: TemplateOptions = {},
): Parsed<Template> {
  const { value: read, problems } = readSource(source, {
    what: 'template',
    maxSize,
    ...(file !== undefined && { file }),
  })
  if (read === undefined) return { value: undefined, problems }
  const version = versionOf(read.data, { isText: typeof source === 'string' })
  if ('message' in version) {
    const fault = typeof source === 'string' && /^\s*\{/.test(source) ? jsonFault(source) : undefined
    const hint = fault === undefined ? {} : { hint: `It is no JSON: ${fault}` }
    return { value: undefined, problems: placed([{ ...version, ...hint }], read) }
  }
  return readSections(read, version)
}

function readSections(read: Source, version: Version): Parsed<Template> {
  const { data, locate, file } = read
  const { words } = version
  const problems: TemplateProblem[] = []
  const reader = { version, words, problems }
  reportStrangers(data, version, problems)
  const section = (word: string | undefined) => sectionIn(data, word)
  const parameters = readParameters(section(words.parameters), reader)
  const template: Template = {
    version,
    description: describe(data, words.description),
    parameters,
    parameterGroups: readParameterGroups(section(words.parameterGroups), parameters, reader),
    mappings: mappingsIn(own(data, words.mappings)),
    conditions: readConditions(own(data, words.conditions), reader),
    resources: readResources(section(words.resources), reader),
    outputs: readOutputs(section(words.outputs), reader),
    source: data,
    locate,
    ...(file !== undefined && { file }),
  }
  return { value: template, problems: placed(problems, template) }
}

/** A section; one that is empty in any way, such as `false` or an empty text, is none. */
function sectionIn(data: JsonMap, word: string | undefined): Json | undefined {
  const section = own(data, word)
  return isNothing(section) ? undefined : section
}

function describe(data: JsonMap, key: string): string {
  const description = own(data, key)
  return typeof description === 'string' && description !== '' ? description : 'No description'
}

/** Nothing is checked of them but by the function that looks something up. */
const mappingsIn = (raw: Json | undefined): JsonMap => (isJsonMap(raw) ? raw : {})

function reportStrangers(data: JsonMap, version: Version, problems: TemplateProblem[]): void {
  const known: readonly unknown[] = Object.values(version.words)
  for (const key of Object.keys(data)) {
    if (known.includes(key)) continue
    const problem = invalid('InvalidSection', `The template section is invalid: ${key}`, [key])
    problems.push(stranger(problem, key, version, ({ words }) => words))
  }
}
