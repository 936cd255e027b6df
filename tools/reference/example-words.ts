import type { Json } from '../../src/base/json.ts'
import type { Circumstances, Example } from '../../src/template/index.ts'

/** An example as a page shows it: what it shows, the call, the stack it asks, and what it gives. */
export function exampleWords(example: Example): string {
  const { call, where, shows } = example
  const heading = shows === undefined ? [] : [`**${shows}**`]
  return [
    ...heading,
    `\`\`\`yaml\n${call.trimEnd()}\n\`\`\``,
    `${circumstanceWords(where)}${outcome(example)}`,
  ].join('\n\n')
}

function outcome(example: Example): string {
  if ('refuses' in example) return `is refused: ${code(example.refuses.replaceAll(/\n\s*/g, ' '))}`
  const gives = example.gives.trimEnd()
  return gives.includes('\n') ? `gives\n\n\`\`\`yaml\n${gives}\n\`\`\`` : `gives ${code(gives)}.`
}

/** What is to be known of the stack that an example is in: `where the parameter …, `. */
export function circumstanceWords(where: Circumstances = {}): string {
  const facts = [
    ...each(where.parameters, (name, value) => `the parameter ${code(name)} is ${code(flow(value))}`),
    ...each(
      where.attributes,
      (name, value) => `the resource ${code(name)} has the attributes ${code(flow(value))}`,
    ),
    ...each(where.references, (name, value) => `the resource ${code(name)} is known as ${code(value)}`),
    ...each(where.files, (name, value) => `the file ${code(name)} contains ${code(JSON.stringify(value))}`),
    ...each(
      where.conditions,
      (name, value) => `the condition ${code(name)} ${value ? 'holds' : 'does not hold'}`,
    ),
    ...each(where.mappings, (name, value) => `the mapping ${code(name)} is ${code(flow(value))}`),
    ...each(
      where.facade,
      (name, value) => `the resource in the outer template says ${code(`${name}: ${flow(value)}`)}`,
    ),
  ]
  if (facts.length === 0) return ''
  const [last, ...others] = facts.toReversed()
  return `where ${[others.toReversed().join(', '), last].filter(Boolean).join(' and ')}, `
}

const each = <T>(map: Readonly<Record<string, T>> = {}, words: (name: string, value: T) => string) =>
  Object.entries(map).map(([name, value]) => words(name, value))

/** A value as YAML in one line. */
export function flow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => flow(item)).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Record<string, Json>)
    return `{ ${entries.map(([key, item]) => `${flow(key)}: ${flow(item)}`).join(', ')} }`
  }
  return typeof value === 'string' && isPlain(value) ? value : JSON.stringify(value)
}

/** Whether YAML reads a text as itself where it stands without quotes. */
const isPlain = (text: string): boolean =>
  /^([A-Za-z][\w .-]*|\d+(\.\d+){2,})$/.test(text) && !/^(y|n|yes|no|on|off|true|false|null)$|\s$/i.test(text)

/** Words as code in a line of Markdown. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)
