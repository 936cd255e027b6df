import type { JsonMap } from '../../base/json.ts'
import { nearest } from '../../schema/index.ts'
import { suggestion, type TemplateProblem } from '../problem.ts'
import { cfnVersions } from './cfn.ts'
import { hotVersions } from './hot.ts'
import type { Version } from './version.ts'

const families: Readonly<Record<Version['type'], readonly Version[]>> = {
  hot: hotVersions,
  cfn: cfnVersions,
}

/** Every version of the language: those of each kind together, the oldest first. */
export const allVersions: readonly Version[] = [...hotVersions, ...cfnVersions]

const versionKeys = ['heat_template_version', 'HeatTemplateFormatVersion', 'AWSTemplateFormatVersion']

const byName = new Map<string, Version>(
  allVersions.flatMap((one) =>
    [one.name, ...one.aliases].map((name) => [`${one.key}.${name}`, one] as const),
  ),
)

/** The version that a template says it is written in, or why there is none. */
export function versionOf(
  template: JsonMap,
  { isText }: { readonly isText: boolean } = { isText: true },
): Version | TemplateProblem {
  const present = versionKeys.filter((key) => Object.hasOwn(template, key))
  // Heat looks for the key where it reads a text, and for its value later.
  if (present.length === 0 && isText)
    return {
      code: 'TemplateMalformed',
      message: 'Template format version not found.',
      path: [],
      hint: isLikeEnvironment(template)
        ? 'It looks like an environment'
        : `A template begins with a line such as heat_template_version: ${newestName}`,
    }
  const named = present.filter((candidate) => typeof template[candidate] === 'string')
  const [key, another] = named
  if (key === undefined) return invalid('Template version was not provided', present.slice(0, 1))
  if (another !== undefined) return invalid(`Ambiguous versions (${named.join(', ')})`, [another])
  const name = String(template[key])
  return byName.get(`${key}.${name}`) ?? unknown(key, name)
}

const newestName = hotVersions.at(-1)?.name

const isLikeEnvironment = (data: JsonMap): boolean =>
  !Object.hasOwn(data, 'resources') &&
  ['parameter_defaults', 'resource_registry', 'parameters'].some((key) => Object.hasOwn(data, key))

function invalid(explanation: string, path: readonly string[]): TemplateProblem {
  return { code: 'InvalidVersion', message: `The template version is invalid: ${explanation}`, path }
}

function unknown(key: string, name: string): TemplateProblem {
  const names = allVersions.flatMap((one) => (one.key === key ? [one.name, ...one.aliases] : [])).sort()
  const choice = names.length > 1 ? `should be one of: ${names.join(', ')}` : `should be: ${names.join('')}`
  return {
    ...invalid(`"${key}: ${name}". "${key}" ${choice}`, [key]),
    ...suggestion(nearest(name, names)),
  }
}

/** The first version of a family (native or CloudFormation's) of which something is true. */
export function firstVersion(
  family: Version['type'],
  isSo: (version: Version) => boolean,
): Version | undefined {
  return families[family].find(isSo)
}

/** The last version of a family of which something is true. */
export function lastVersion(
  family: Version['type'],
  isSo: (version: Version) => boolean,
): Version | undefined {
  return families[family].findLast(isSo)
}

/** The version that people mean by a date, an alias, or the name that the API has for it. */
export function versionNamed(name: string): Version | undefined {
  const isIt = (one: Version) => [one.name, ...one.aliases].includes(name)
  return byName.get(name) ?? allVersions.find(isIt)
}

/** The template versions that this program reads, as the API lists them. */
export function versions(): readonly {
  readonly version: string
  readonly type: 'hot' | 'cfn'
  readonly aliases: readonly string[]
}[] {
  const listed = allVersions.map(({ key, name, type, aliases }) => ({
    version: `${key}.${name}`,
    type,
    aliases: aliases.map((alias) => `${key}.${alias}`),
  }))
  return listed.sort((a, b) => (a.version < b.version ? -1 : 1))
}

/** The functions of a version (`heat_template_version.2016-10-14`, or an alias), as the API lists them. */
export function functionsOf(
  version: string,
  { conditions = false }: { readonly conditions?: boolean } = {},
): readonly { readonly functions: string; readonly description: string }[] | undefined {
  const found = byName.get(version)
  if (found === undefined) return undefined
  const all = new Map([...found.functions, ...(conditions ? found.conditionFunctions : [])])
  const first = found.listedFirst.flatMap((name) => all.get(name) ?? [])
  return [...new Set([...first, ...all.values()])].map(({ name, summary }) => ({
    functions: name,
    description: summary,
  }))
}
