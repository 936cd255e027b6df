import { type FunctionHistory, functionHistories, type Version } from '../../src/template/index.ts'
import { allVersions } from '../../src/template/versions/index.ts'
import { functionText } from './function-page.ts'
import { functionPage, isCloudFormation, versionPage } from './version-words.ts'

const folder = 'functions'

/** A page for each function of the template language, and one with all of them and the versions that have each. */
export function functionPages(): readonly (readonly [path: string, text: string])[] {
  const histories = functionHistories()
  return [
    ['functions.md', index(histories)],
    ...histories.map((one) => [`${folder}/${functionPage(one.name)}`, functionText(one)] as const),
  ]
}

function index(histories: readonly FunctionHistory[]): string {
  const native = histories.filter(({ name }) => !isCloudFormation(name))
  const cloudFormation = histories.filter(({ name }) => isCloudFormation(name))
  const isForConditions = ({ forms }: FunctionHistory) =>
    forms.every(({ forValues }) => forValues.length === 0)
  return [
    '# Template functions',
    introduction,
    ...listed(
      'Functions',
      native.filter((one) => !isForConditions(one)),
    ),
    ...listed('Functions of conditions', native.filter(isForConditions)),
    ...listed('Functions of CloudFormation', cloudFormation),
    '## Which version has which',
    legend,
    ...matrix(native),
    ...matrix(cloudFormation),
  ]
    .join('\n\n')
    .concat('\n')
}

const introduction = `A map with a single key that is the name of a function is a call of it. Its arguments may hold calls in turn. A template's
[version](template-versions.md) says which functions it has.`

const legend = `- \`x\`: the version has it
- \`1\`, \`2\`, \`3\`: the version has it in its first, second or third form; its page says what changed
- \`c\`: the version has it, where a condition is expected and nowhere else
- \`R\`: it was removed, and a template that calls it is refused
- empty: a map with that key is plain data`

function listed(title: string, histories: readonly FunctionHistory[]): readonly string[] {
  const lines = histories.map((one) => `- ${linked(one)}: ${one.forms.at(-1)?.does.summary}`)
  return lines.length === 0 ? [] : [`## ${title}`, lines.join('\n')]
}

const linked = ({ name }: FunctionHistory): string => `[\`${name}\`](${folder}/${functionPage(name)})`

function matrix(histories: readonly FunctionHistory[]): readonly string[] {
  const versions = allVersions.filter((version) => histories.some((one) => cell(one, version) !== ''))
  if (versions.length === 0) return []
  const head = versions.map((one) => `[${one.name}](template-versions/${versionPage(one)})`)
  const rows = histories.map((one) => [linked(one), ...versions.map((version) => cell(one, version))])
  return [
    [['', ...head], ['---', ...versions.map(() => ':-:')], ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
  ]
}

function cell({ forms, removed }: FunctionHistory, version: Version): string {
  if (removed.includes(version)) return 'R'
  const at = forms.findIndex(({ versions }) => versions.includes(version))
  const form = forms[at]
  if (form === undefined) return ''
  if (!form.forValues.includes(version)) return 'c'
  return forms.length === 1 ? 'x' : String(at + 1)
}
