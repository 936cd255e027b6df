import type { JsonMap } from '../../base/json.ts'
import { nearest } from '../../schema/index.ts'
import { suggestion, type TemplateProblem } from '../problem.ts'
import { hotVersions } from './hot.ts'
import type { Version } from './version.ts'

/** Every version of the language: those of each kind together, the oldest first. */
export const allVersions: readonly Version[] = hotVersions

/** The keys that name a version; those of CloudFormation are recognised, so that the answer can say what they are. */
const versionKeys = ['heat_template_version', 'HeatTemplateFormatVersion', 'AWSTemplateFormatVersion']

const byName = new Map<string, Version>(
  allVersions.flatMap((one) =>
    [one.name, ...one.aliases].map((name) => [`${one.key}.${name}`, one] as const),
  ),
)

/** The version that a template says it is written in, or why there is none. */
export function versionOf(template: JsonMap): Version | TemplateProblem {
  const present = versionKeys.filter((key) => Object.hasOwn(template, key))
  if (present.length === 0)
    return { code: 'TemplateMalformed', message: 'Template format version not found.', path: [] }
  const [key, another] = present.filter((candidate) => typeof template[candidate] === 'string')
  if (key === undefined) return invalid('Template version was not provided', present.slice(0, 1))
  if (another !== undefined) return invalid(`Ambiguous versions (${present.join(', ')})`, [another])
  const name = String(template[key])
  return byName.get(`${key}.${name}`) ?? unknown(key, name)
}

function invalid(explanation: string, path: readonly string[]): TemplateProblem {
  return { code: 'InvalidVersion', message: `The template version is invalid: ${explanation}`, path }
}

function unknown(key: string, name: string): TemplateProblem {
  const names = allVersions.flatMap((one) => (one.key === key ? [one.name, ...one.aliases] : [])).sort()
  if (names.length === 0) {
    return {
      ...invalid(`"${key}: ${name}". CloudFormation templates are not supported yet`, [key]),
      hint: 'Write the template as a heat_template_version',
    }
  }
  return {
    ...invalid(`"${key}: ${name}". "${key}" should be one of: ${names.join(', ')}`, [key]),
    ...suggestion(nearest(name, names)),
  }
}

/** The oldest known version, from a given one on, that has a function. */
export function firstWith(functionName: string): Version | undefined {
  return allVersions.find(
    ({ functions, missing }) => functions.has(functionName) || missing.has(functionName),
  )
}

/** The last known version that has a function. */
export function lastWith(functionName: string): Version | undefined {
  return allVersions.findLast(
    ({ functions, missing }) => functions.has(functionName) || missing.has(functionName),
  )
}

/** The template versions that this program reads, as the API lists them. */
export function versions(): readonly {
  readonly version: string
  readonly type: 'hot' | 'cfn'
  readonly aliases: readonly string[]
}[] {
  return allVersions.map(({ key, name, type, aliases }) => ({
    version: `${key}.${name}`,
    type,
    aliases: aliases.map((alias) => `${key}.${alias}`),
  }))
}

/** The functions of a version (`heat_template_version.2016-10-14`, or an alias), as the API lists them. */
export function functionsOf(
  version: string,
  { conditions = false }: { readonly conditions?: boolean } = {},
): readonly { readonly functions: string; readonly description: string }[] | undefined {
  const found = byName.get(version)
  if (found === undefined) return undefined
  const listed = new Map([...found.functions, ...(conditions ? found.conditionFunctions : [])])
  return [...listed.values()].map(({ name, summary }) => ({ functions: name, description: summary }))
}
