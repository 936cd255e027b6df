import { physicalName } from '../../src/plugin/index.ts'
import type { Field, Shape } from '../../src/schema/index.ts'

/** A declared shape as a nested list in Markdown: what is required first, then by name. */
export function fieldList(shape: Shape, { indent = '', changes = false } = {}): string {
  return Object.entries(shape)
    .filter(([, { options }]) => options.support !== 'HIDDEN')
    .sort(
      ([a, one], [b, other]) =>
        Number(!one.options.required) - Number(!other.options.required) || (a < b ? -1 : 1),
    )
    .map(([name, field]) => fieldItem(name, field, { indent, changes }))
    .join('')
}

function fieldItem(
  name: string,
  field: Field,
  { indent, changes }: { indent: string; changes: boolean },
): string {
  const facts = [
    ...kindOf(field),
    ...ruleWords(field),
    ...(changes ? changeWords(field) : []),
    ...supportWords(field),
  ]
  const description = field.description === '' ? '' : ` ${field.description}`
  const inside = insideOf(field)
  const below = inside === undefined ? '' : fieldList(inside, { indent: `${indent}  `, changes: false })
  return `${indent}- \`${name}\` (${facts.join('; ')})${description}\n${below}`
}

function kindOf({ kind, item, options }: Field): readonly string[] {
  const inside =
    item === undefined || item.kind === 'any' ? '' : ` of ${item.kind === 'map' ? 'maps' : `${item.kind}s`}`
  return [`${kind === 'any' ? 'any value' : kind}${inside}`, ...(options.required ? ['required'] : [])]
}

/** The declared keys of a map, or of the maps in a list. */
const insideOf = (field: Field): Shape | undefined => field.fields ?? (field.item && insideOf(field.item))

function ruleWords({ options, item }: Field): readonly string[] {
  const { range, length, modulo, oneOf, pattern, format, finds } = options
  return [
    ...defaultWords(options.default),
    ...(oneOf ? [`one of ${oneOf.map(code).join(', ')}`] : []),
    ...(item?.options.oneOf ? [`each one of ${item.options.oneOf.map(code).join(', ')}`] : []),
    ...(range ? [boundWords(range)] : []),
    ...(length ? [`length ${boundWords(length)}`] : []),
    ...(modulo ? [`${modulo.offset} and then every ${modulo.step}`] : []),
    ...(pattern === undefined ? [] : [`matches ${code(pattern)}`]),
    ...[format, item?.options.format].flatMap((name) =>
      name === undefined ? [] : [`checked as ${code(name)}`],
    ),
    ...[finds, item?.options.finds].flatMap((finder) => (finder ? [`name or ID, ${code(finder.name)}`] : [])),
  ]
}

function defaultWords(value: unknown): readonly string[] {
  if (value === undefined) return []
  if (value === physicalName) return ['default: a unique name']
  return [`default: ${code(JSON.stringify(value))}`]
}

function boundWords({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (min === undefined) return `at most ${max}`
  return max === undefined ? `at least ${min}` : `${min} to ${max}`
}

function changeWords({ options }: Field): readonly string[] {
  if (options.immutable) return ['can never change']
  return options.updatable ? ['changes in place'] : []
}

function supportWords({ options: { since, support, implemented } }: Field): readonly string[] {
  return [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(support === 'DEPRECATED' ? ['deprecated'] : []),
    ...(support === 'UNSUPPORTED' ? ['not supported'] : []),
    ...(implemented === false ? ['refused: no cloud does it any more'] : []),
  ]
}

const code = (text: unknown): string => (String(text).includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``)
