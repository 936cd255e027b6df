import type { Definition, Parameter } from '../../src/template/yaql/definition.ts'
import { themes } from '../../src/template/yaql/library/index.ts'
import { binary, unary } from '../../src/template/yaql/operators.ts'
import { defaultLimits } from '../../src/template/yaql/run.ts'

/** The language of the template function `yaql`: how expressions are written, and every function with an example. */
export function yaqlPage(): string {
  return [
    '# YAQL',
    introduction,
    '## Operators',
    'From the tightest to the loosest. Operators of one line bind alike, from left to right (`->` from right to left).',
    operatorTable(),
    ...themes.flatMap(([title, definitions]) => [`## ${title}`, functionTable(definitions)]),
  ]
    .join('\n\n')
    .concat('\n')
}

const introduction = `The template function [\`yaql\`](functions/yaql.md) evaluates an expression on \`data\`, which the expression finds in \`$.data\`.

- Literals: \`1\`, \`1.5\`, \`'text'\` or \`"text"\` with escapes such as \`\\n\`, \`\` \`verbatim\` \`\`, \`true\`, \`false\`, \`null\`. A word without quotes is the text of itself.
- \`[1, 2]\` is a list, \`{a => 1}\` a dictionary.
- \`$\` is the value in hand: at first \`data\` under that name, inside of \`where(…)\` and the like the item. \`$x\` is a variable.
- \`$.a\` is what a dictionary has under a key, and of a list what each item has; \`$?.a\` is null where \`$\` is. \`$[0]\` is an item, \`$[key]\` an entry.
- Functions are called as \`f(1, name => 2)\`, methods as \`$.f(1)\`. An argument such as \`$ > 1\` may be worked out for every item.
- Numbers without a point are integers of any size; \`/\` of two of them gives an integer.

No collection may have more than ${defaultLimits.iterators} items when a function goes through it or when it is the result, no value may take more
than ${defaultLimits.memory} bytes, and an expression may not take more than ${defaultLimits.steps} steps. An expression gives the same whenever it
is evaluated: what depends on the clock or on chance is refused.`

function operatorTable(): string {
  const levels = new Map<number, string[]>()
  const add = (binds: number, text: string) => levels.set(binds, [...(levels.get(binds) ?? []), text])
  for (const [symbol, { binds }] of binary) add(binds, symbol)
  for (const [symbol, { binds }] of unary) add(binds, `${symbol} (before a value)`)
  const indexed = [...levels].map(([binds, symbols]) => [binds, symbols.map(code).join(', ')] as const)
  const rows = [...indexed, [10, code('[…]')] as const].sort(([a], [b]) => b - a)
  return rows.map(([, symbols], i) => `${i + 1}. ${symbols}`).join('\n')
}

const code = (symbol: string): string => {
  const [first = '', ...rest] = symbol.split(' ')
  return [`\`${first}\``, ...rest].join(' ')
}

function functionTable(definitions: readonly Definition[]): string {
  const rows = definitions.map((one) => `| ${[signature(one), one.says, example(one)].join(' | ')} |`)
  return ['| call | gives | example |', '|---|---|---|', ...rows].join('\n')
}

function example({ example: shown }: Definition): string {
  return shown === undefined ? '' : `${cell(shown[0])} → ${cell(shown[1])}`
}

/** Code in a cell of a table. */
function cell(text: string): string {
  const quote = text.includes('`') ? '``' : '`'
  const pad = text.includes('`') ? ' ' : ''
  return quote + pad + text.replaceAll('|', '\\|') + pad + quote
}

function signature(definition: Definition): string {
  const { name, takes, called } = definition
  const all = [takes.positions, takes.names].filter((one) => one !== undefined)
  const names = takes.plain.map(parameter)
  const further = all.map(([key]) => `${key}…`)
  if (name.startsWith('#property#')) return cell(`datetime or timespan.${name.slice('#property#'.length)}`)
  if (/^\W/.test(name))
    return cell(
      operatorCall(name, [...takes.plain.map(kindNamed), ...all.map(([, { name: kind }]) => `${kind}…`)]),
    )
  const [first, ...others] = [...names, ...further]
  const asMethod = `${kindNamed(takes.plain[0] ?? takes.positions)}.${name}(${others.join(', ')})`
  const asFunction = `${name}(${[first, ...others].filter((one) => one !== undefined).join(', ')})`
  if (called === 'either') return `${cell(asMethod)}, ${cell(asFunction)}`
  return cell(called === 'method' ? asMethod : asFunction)
}

const parameter = ([name, { fallback }]: Parameter): string => (fallback === undefined ? name : `${name}?`)

const kindNamed = (one: Parameter | undefined): string => one?.[1].name ?? ''

/** Functions that are written with signs. */
function operatorCall(name: string, kinds: readonly string[]): string {
  const [left = '', right = ''] = kinds
  const special: Readonly<Record<string, string>> = {
    '#get_context_data': '$name',
    '#indexer': `${left}[${kinds.slice(1).join(', ')}]`,
    '#list': '[value, …]',
    '#map': '{key => value, …}',
    '*equal': `${left} = ${right}`,
    '*not_equal': `${left} != ${right}`,
  }
  const known = special[name]
  if (known !== undefined) return known
  const sign = name.replace(/^#(unary_)?operator_/, '')
  if (name.startsWith('#unary_')) return `${sign} ${left}`
  if (sign === '.' || sign === '?.') return `${left}${sign}${right}`
  return kinds.length === 1
    ? `${left.replace('…', '')} ${sign} ${left.replace('…', '')}`
    : `${left} ${sign} ${right}`
}
