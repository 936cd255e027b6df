import { isDeepStrictEqual } from 'node:util'
import { isMap } from '../../base/json.ts'
import { readSource, type TemplateProblem } from '../../template/index.ts'
import { yamlText } from '../render/yaml.ts'

/** How a text is to be formatted. */
export interface Formatting {
  /** What it is to become; absent: what it is. */
  readonly to?: 'yaml' | 'json'
  /** Whether sections and the keys of resources are put into their usual order. */
  readonly ordered: boolean
}

/** A text in the one form that it should have, or why it can't be brought into it. */
export type Formatted = { readonly text: string } | { readonly refused: string }

/**
 * Formats a template or an environment. What comes out means the same, by the reader that templates are read with: if it did
 * not, nothing would come out.
 */
export async function format(source: string, { to, ordered }: Formatting): Promise<Formatted> {
  const read = readSource(source, { what: 'template', maxSize: Number.POSITIVE_INFINITY })
  const before = read.value?.data
  if (before === undefined) return { refused: `it can not be read: ${reasonIn(read.problems)}` }
  const isJson = /^\s*\{/.test(source) && isJsonText(source)
  const text = await written(source, before, { to: to ?? (isJson ? 'json' : 'yaml'), isJson, ordered })
  if (text === undefined) return { refused: 'its YAML is of a kind that can not be formatted' }
  const after = readSource(text, { what: 'template', maxSize: Number.POSITIVE_INFINITY }).value?.data
  return isDeepStrictEqual(before, after) ? { text } : { refused: 'it would not mean the same any more' }
}

const reasonIn = ([problem]: readonly TemplateProblem[]): string =>
  [problem?.message.replace(/^Error parsing template \[root stack\] /, ''), problem?.hint]
    .filter((part) => part !== undefined)
    .join('. ')

function isJsonText(text: string): boolean {
  try {
    return isMap(JSON.parse(text))
  } catch {
    return false
  }
}

async function written(
  source: string,
  data: Readonly<Record<string, unknown>>,
  {
    to,
    isJson,
    ordered,
  }: { readonly to: 'yaml' | 'json'; readonly isJson: boolean; readonly ordered: boolean },
): Promise<string | undefined> {
  const { inOrder } = await import('./order.ts')
  if (to === 'json') return `${JSON.stringify(ordered ? inOrder(data) : data, null, 2)}\n`
  if (isJson) return yamlText(ordered ? inOrder(data) : data)
  const { formatYaml } = await import('./yaml.ts')
  return formatYaml(source, { ordered })
}
