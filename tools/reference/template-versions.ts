import { readFileSync } from 'node:fs'
import { type FunctionHistory, functionHistories, type Version } from '../../src/template/index.ts'
import { allVersions } from '../../src/template/versions/index.ts'
import { circumstanceWords, code, flow } from './example-words.ts'
import { changesOf, sectionsOf, texts } from './version-changes.ts'
import { versionExamples } from './version-examples.ts'
import { formIn, functionLink, versionBefore, versionName, versionPage } from './version-words.ts'

const folder = 'template-versions'

/** A page for each version of the template language, and one that lists them. */
export function versionPages(): readonly (readonly [path: string, text: string])[] {
  const histories = functionHistories()
  return [
    ['template-versions.md', index(histories)],
    ...allVersions.map((one) => [`${folder}/${versionPage(one)}`, page(one, histories)] as const),
  ]
}

const introduction = `A template says in which version of the language it is written. \`heat_template_version\` is Heat's own language, called HOT;
\`AWSTemplateFormatVersion\` and \`HeatTemplateFormatVersion\` are that of CloudFormation, as Heat reads it. A version stays what it is, however
new the program: an old template means what it always meant. New templates are best written in the newest version of HOT. A nested
template may be of another version than the outer one.`

function index(histories: readonly FunctionHistory[]): string {
  const rows = allVersions.map((version) => {
    const changes = changesOf(version, histories)
    return [
      code(version.key),
      `[${version.name}](${folder}/${versionPage(version)})`,
      version.aliases.map(code).join(', '),
      listed(changes.flatMap(({ gained }) => gained)) ||
        (changes.length === 0 && versionBefore(version) ? 'nothing' : ''),
      listed(changes.flatMap(({ lost }) => lost)),
    ]
  })
  return [
    '# Template versions',
    introduction,
    [['key', 'version', 'alias', 'new or changed', 'gone'], ['---', '---', '---', '---', '---'], ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
    'Which function is in which version: [the functions](functions.md).',
  ]
    .join('\n\n')
    .concat('\n')
}

const listed = (names: readonly string[]): string => [...new Set(names)].map(code).join(', ')

/** The releases of OpenStack that the versions came with. */
const releases: Readonly<Record<string, string>> = {
  '2013-05-23': 'Icehouse',
  '2014-10-16': 'Juno',
  '2015-04-30': 'Kilo',
  '2015-10-15': 'Liberty',
  '2016-04-08': 'Mitaka',
  '2016-10-14': 'Newton',
  '2017-02-24': 'Ocata',
  '2017-09-01': 'Pike',
  '2018-03-02': 'Queens',
  '2018-08-31': 'Rocky',
  '2021-04-16': 'Wallaby',
}

function page(version: Version, histories: readonly FunctionHistory[]): string {
  return [
    `# ${version.key} ${version.name}`,
    origin(version),
    ...news(version, histories),
    '## Sections and keys',
    keyTable(version),
    '## Functions',
    functionList(version, histories),
    '## For example',
    ...example(version),
  ]
    .join('\n\n')
    .concat('\n')
}

function origin({ key, name, aliases, type }: Version): string {
  const [alias] = aliases
  const written = [
    `${key}: ${type === 'hot' ? name : `"${name}"`}`,
    ...aliases.map((one) => `${key}: ${one}`),
  ]
  const release = releases[name]
  return [
    type === 'hot' && release ? `It came with OpenStack ${release}. ` : '',
    `A template of this version has ${written.map(code).join(' or ')}${alias ? ', which is the same,' : ''} at its top.`,
  ].join('')
}

function news(version: Version, histories: readonly FunctionHistory[]): readonly string[] {
  const before = versionBefore(version)
  if (before === undefined) return []
  const link = `[${versionName(before)}](${versionPage(before)})`
  const changes = changesOf(version, histories)
  if (changes.length === 0) return [`## What is new`, `Nothing: it is ${link} under another name.`]
  return [
    version.type === 'hot' ? `## What is new` : '## What is different',
    `Compared with ${link}:`,
    changes.map(({ words }) => `- ${words}`).join('\n'),
  ]
}

function keyTable({ words, parameterTypes, constraints, deletionPolicies }: Version): string {
  const rows = [
    ['a template', sectionsOf(words)],
    ['a parameter', texts(words.parameter)],
    ["a parameter's type", Object.keys(parameterTypes)],
    ...(words.parameter.constraints === undefined ? [] : [['a constraint', constraints] as const]),
    ['a resource', texts(words.resource)],
    ['a deletion policy', Object.keys(deletionPolicies)],
    ['an output', texts(words.output)],
  ] as const
  return [
    '| what | has or is one of |',
    '|---|---|',
    ...rows.map(([what, names]) => `| ${what} | ${listed(names)} |`),
  ].join('\n')
}

function functionList(version: Version, histories: readonly FunctionHistory[]): string {
  return histories
    .flatMap((history) => {
      const form = formIn(history, version)
      if (form === undefined) return []
      const [forValues, forConditions] = [form.forValues, form.forConditions].map((all) =>
        all.includes(version),
      )
      const place = forValues ? (forConditions ? ' For conditions too.' : '') : ' For conditions only.'
      return [`- ${functionLink(history.name)}: ${form.does.summary}${place}`]
    })
    .join('\n')
}

function example(version: Version): readonly string[] {
  const name = versionPage(version).replace('.md', '')
  const text = readFileSync(`examples/template-versions/${name}.yaml`, 'utf8').trimEnd()
  const { where, outputs } = versionExamples[name] ?? { outputs: {} }
  const results = Object.entries(outputs).map(([output, value]) => `- ${code(output)}: ${code(flow(value))}`)
  return [
    `\`\`\`yaml\n${text}\n\`\`\``,
    `${sentence(`${circumstanceWords(where)}its outputs are:`)}\n\n${results.join('\n')}`,
  ]
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
