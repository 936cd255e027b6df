import {
  type Argument,
  type Documentation,
  type Example,
  type FunctionForm,
  type FunctionHistory,
  functionHistories,
  type TemplateFunction,
  type Version,
} from '../../src/template/index.ts'
import { allVersions } from '../../src/template/versions/index.ts'
import { code, exampleWords } from './example-words.ts'
import { formIn, functionPage, spanWords, versionBefore, versionName, versionPage } from './version-words.ts'

/** The page of one function: as it is now, what versions changed, and as it was before. */
export function functionText(history: FunctionHistory): string {
  const [newest, ...older] = history.forms.toReversed()
  if (newest === undefined) return ''
  return [
    `# ${history.name}`,
    newest.does.summary,
    usageOf(newest.does),
    ...argumentTable(newest, history),
    ...examplesOf(newest.does, '## Examples'),
    ...notesOf(newest.does, '## Notes'),
    '## Versions',
    changeList(history),
    ...older.flatMap((form) => olderForm(form, newest)),
  ]
    .join('\n\n')
    .concat('\n')
}

const usageOf = ({ usage }: Documentation): string => `\`\`\`yaml\n${usage}\n\`\`\``

function argumentTable({ does }: FunctionForm, history: FunctionHistory): readonly string[] {
  if (does.arguments === undefined) return []
  const rows = does.arguments.map(
    (one) => `| ${code(one.name)} | ${argumentKind(one, history)} | ${one.meaning.replaceAll('|', '\\|')} |`,
  )
  return [['| | kind | |', '|---|---|---|', ...rows].join('\n')]
}

function argumentKind({ name, kind, optional }: Argument, { forms }: FunctionHistory): string {
  const first = forms.find(({ does }) => does.arguments?.some((one) => one.name === name))
  const since = first === forms[0] ? undefined : first?.versions[0]
  return [kind, ...(optional ? ['optional'] : []), ...(since ? [`since ${since.name}`] : [])].join('; ')
}

function examplesOf({ examples }: Documentation, heading?: string): readonly string[] {
  if (examples.length === 0) return []
  return [...(heading === undefined ? [] : [heading]), ...examples.map(exampleWords)]
}

function notesOf({ name, notes = [] }: TemplateFunction, heading?: string): readonly string[] {
  if (notes.length === 0) return []
  return [
    ...(heading === undefined ? [] : [heading]),
    notes.map((note) => `- ${linked(note, name)}`).join('\n'),
  ]
}

const names: ReadonlySet<string> = new Set(functionHistories().map(({ name }) => name))

/** A note in which the other functions that it speaks of are links. */
const linked = (note: string, self: string): string =>
  note.replaceAll(/`([\w:]+)`/g, (words: string, name: string) =>
    names.has(name) && name !== self ? `[${words}](${functionPage(name)})` : words,
  )

/** What of an older form is not as in the newest one; nothing, if the list of changes has told it all. */
function olderForm(form: FunctionForm, newest: FunctionForm): readonly string[] {
  const { examples, notes = [], usage } = form.does
  const isNew = ({ call }: Example) => !newest.does.examples.some((one) => one.call === call)
  const own = {
    ...form.does,
    examples: examples.filter(isNew),
    notes: notes.filter((note) => !newest.does.notes?.includes(note)),
  }
  const parts = [...(usage === newest.does.usage ? [] : [usageOf(own)]), ...examplesOf(own), ...notesOf(own)]
  return parts.length === 0 ? [] : [`## ${spanWords(form.versions)}`, ...parts]
}

/** What became of a function, version by version. */
function changeList(history: FunctionHistory): string {
  return allVersions
    .flatMap((version) => {
      const change = changeIn(history, version)
      return change === undefined
        ? []
        : [`- [${versionName(version)}](../template-versions/${versionPage(version)}): ${change}`]
    })
    .join('\n')
}

function changeIn(history: FunctionHistory, version: Version): string | undefined {
  if (version.type === 'cfn') return presenceIn(history, version)
  const before = versionBefore(version)
  const then = before && formIn(history, before)
  const now = formIn(history, version)
  if (now === undefined) return then && 'has it no more; a template that calls it is refused.'
  if (then === undefined) return presenceIn(history, version)
  if (then !== now) return now.does.changes ?? 'gives it a new meaning.'
  const newly = (places: readonly Version[]) => places.includes(version) && before && !places.includes(before)
  return newly(now.forConditions) ? 'may be called for conditions too.' : undefined
}

function presenceIn(history: FunctionHistory, version: Version): string | undefined {
  const form = formIn(history, version)
  if (form === undefined) return undefined
  if (!form.forValues.includes(version)) return 'has it, for conditions only.'
  return form.forConditions.includes(version) ? 'has it, for conditions too.' : 'has it.'
}
