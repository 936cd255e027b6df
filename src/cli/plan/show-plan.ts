import type { PropertyChangeReply } from '../../contract/rest/index.ts'
import type { Context } from '../kit/context.ts'
import { pythonJson } from '../render/cells.ts'
import type { Output } from '../render/output.ts'
import { cut, padEnd, plainText, widthOf } from '../render/width.ts'
import type { Paint, Style } from '../terminal.ts'
import type { Does, Plan, PlannedChange } from './plan.ts'

/** A plan as output: words where a table would be, and the whole of it in formats for programs. */
export function planOutput(plan: Plan, { terminal }: Pick<Context, 'terminal'>): Output {
  return {
    shows: 'one',
    fields: [
      ['stack_name', plan.stack],
      ['changes', plan.changes],
    ],
    texts: { table: () => planText(plan, terminal.out.paint) },
  }
}

const signs: Readonly<Record<Does, readonly [sign: string, style: Style]>> = {
  create: ['  +', 'green'],
  update: ['  ~', 'yellow'],
  replace: ['-/+', 'red'],
  delete: ['  -', 'red'],
  leave: ['   ', 'dim'],
}

/** A plan in words: one sign per change, why it is made, and what each property was and becomes. */
export function planText({ stack, changes }: Plan, paint: Paint): string {
  const shown = changes.filter(({ does }) => does !== 'leave')
  const unchanged = changes.length - shown.length
  if (shown.length === 0)
    return `Nothing would change in ${stack} (${unchanged} ${unchanged === 1 ? 'resource' : 'resources'}).\n`
  const width = shown.reduce((most, { resource }) => Math.max(most, widthOf(resource)), 0)
  const blocks = shown.map((change) => changeLines(change, width, paint).join('\n'))
  return `${blocks.join('\n')}\n\n${paint('bold', `Plan for ${stack}: ${tally(changes)}.`)}\n`
}

function changeLines(change: PlannedChange, width: number, paint: Paint): readonly string[] {
  const [sign, style] = signs[change.does]
  const perhaps = change.uncertain ? paint('dim', '  (perhaps: some values are known only later)') : ''
  const title = `${paint(style, `${sign} ${padEnd(plainText(change.resource), width)}`)}  ${plainText(change.type)}${perhaps}`
  const because = change.because === '' ? [] : [paint('dim', `because ${plainText(change.because)}`)]
  return [title, ...[...change.properties.map(propertyLine), ...because].map((line) => `        ${line}`)]
}

function propertyLine({ path, before, after, replaces }: PropertyChangeReply): string {
  const became = after === undefined ? '(known later)' : short(after)
  return `${plainText(path)}: ${short(before)} → ${became}${replaces ? '  (replaces)' : ''}`
}

function short(value: unknown): string {
  return value === undefined || value === null ? '(none)' : cut(plainText(pythonJson(value)), 100)
}

function tally(changes: readonly PlannedChange[]): string {
  const count = (does: Does) => changes.filter((change) => change.does === does).length
  const words = [
    `${count('create')} to create`,
    `${count('update')} to change`,
    `${count('replace')} to replace`,
  ]
  return [...words, `${count('delete')} to delete`, `${count('leave')} unchanged`].join(', ')
}
