import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { compareKeys } from './order.ts'
import { needsQuotes } from './quotes.ts'

/** Flow collections that would be longer are written as blocks. */
const longestFlow = 100

/** A comment may find its place only when what is around it has found its own. */
const mostPasses = 4

/** YAML text in one form, with its comments; `undefined` if it is not to be had. */
export function formatYaml(source: string, how: { readonly ordered: boolean }): string | undefined {
  let text = source.replace(/^\ufeff/, '').replace(/\r\n/g, '\n')
  if (text.includes('__hearth_kept_')) return undefined
  for (let pass = 0; pass < mostPasses; pass++) {
    const next = passed(text, how)
    if (next === undefined || next === text) return next
    text = next
  }
  return text
}

function passed(text: string, { ordered }: { readonly ordered: boolean }): string | undefined {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    customTags: (tags) => [...tags, nothing],
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: 'silent',
  })
  const [document, another] = Array.isArray(documents) ? documents : []
  if (document === undefined || another !== undefined || document.errors.length > 0) return undefined
  const kept: Kept[] = []
  if (ordered) orderKeys(document)
  prepare(document, text, kept)
  const written = document.toString({ lineWidth: 0, indent: 2, flowCollectionPadding: false, nullStr: '' })
  return putBack(written.replace(/^\n+/, ''), kept)
}

/** Only what is not written at all is nothing: all other scalars stay the texts that they are. */
const nothing = {
  tag: 'tag:yaml.org,2002:null',
  default: true,
  identify: (value: unknown) => value === null,
  createNode: () => new Scalar(null),
  test: /^$/,
  resolve: () => new Scalar(null),
  stringify: () => '',
} as const

function prepare(document: Document.Parsed, text: string, kept: Kept[]): void {
  visit(document, {
    Collection(_key, node) {
      const collection = node as YAMLMap | YAMLSeq
      closeUp(collection.items[0])
      pad(collection)
      if (
        collection.flow &&
        collection.items.length > 0 &&
        (lengthOf(collection) > longestFlow || holdsComment(collection))
      )
        collection.flow = false
    },
    Scalar(key, scalar, path) {
      const isInFlow = path.some((one) => isCollection(one) && one.flow === true)
      if (isNeedlesslyQuoted(scalar)) scalar.type = Scalar.PLAIN
      else if (isOverLines(scalar, text) ? key !== 'key' && !isInFlow : isQuoted(scalar))
        keep(scalar, text, kept)
    },
  })
}

/** Maps on one line have spaces inside their braces, lists have none. */
function pad(collection: YAMLMap | YAMLSeq): void {
  const flowCollectionPadding = isMap(collection) ? ' ' : ''
  const write = collection.toString.bind(collection)
  collection.toString = (context, ...more) =>
    write(context === undefined ? context : { ...context, flowCollectionPadding }, ...more)
}

/** No blank line comes before the first part of something. */
function closeUp(first: unknown): void {
  const node = isPair(first) ? first.key : first
  if (isNode(node)) node.spaceBefore = false
}

/** About as long as it will be on one line; the same for the same data however it was laid out. */
function lengthOf(node: unknown): number {
  if (isPair(node)) return lengthOf(node.key) + lengthOf(node.value) + 2
  if (isAlias(node)) return node.source.length + 1
  if (isScalar(node)) return String(node.value ?? '').length + 2
  if (!isCollection(node)) return 0
  return itemsOf(node).reduce<number>((sum, item) => sum + lengthOf(item) + 2, 2)
}

/** A comment in a flow collection ends its line. */
function holdsComment(node: unknown): boolean {
  if (isPair(node)) return isCommented(node.key) || isCommented(node.value)
  return isCollection(node) ? itemsOf(node).some(isCommented) : false
}

const isCommented = (node: unknown): boolean =>
  (isNode(node) && Boolean(node.comment || node.commentBefore)) || holdsComment(node)

const itemsOf = ({ items }: { readonly items: readonly unknown[] }): readonly unknown[] => items

const isNeedlesslyQuoted = ({ type, value, tag }: Scalar): boolean =>
  isQuoted({ type }) && typeof value === 'string' && tag === undefined && !needsQuotes(value)

const isQuoted = ({ type }: { readonly type?: string | undefined }): boolean =>
  type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE

const isBlock = ({ type }: Scalar): boolean => type === Scalar.BLOCK_FOLDED || type === Scalar.BLOCK_LITERAL

function isOverLines(scalar: Scalar, text: string): boolean {
  return (
    isBlock(scalar) || (scalar.range ? text.slice(scalar.range[0], scalar.range[1]).includes('\n') : false)
  )
}

/** A word that stands for a text over several lines, whose own lines are to stay as they are. */
const standIn = (index: number): string => `__hearth_kept_${index}__`

/** A text over several lines as it is written, without its indentation. */
interface Kept {
  readonly isBlock: boolean
  readonly head: string
  readonly lines: readonly string[]
}

function keep(scalar: Scalar, text: string, kept: Kept[]): void {
  const [start, end] = scalar.range ?? [0, 0]
  const [first = '', ...others] = text.slice(start, end).replace(/\n$/, '').split('\n')
  const value = String(scalar.value)
  if (isBlock(scalar) && /^[ \t]+$/m.test(value)) {
    // Lines of nothing but spaces are lost too easily to stand in a block.
    kept.push({ isBlock: false, head: JSON.stringify(value), lines: [] })
  } else if (isBlock(scalar)) {
    // A comment behind the sign of a block is written by the library. The indentation is always two.
    const head = (/^[|>][-+\d]*/.exec(first)?.[0] ?? first).replace(/\d/, '2')
    kept.push({ isBlock: true, head, lines: withoutIndentation(others, value) })
  } else kept.push({ isBlock: false, head: first.trimEnd(), lines: others.map((line) => line.trim()) })
  scalar.value = standIn(kept.length - 1)
  scalar.type = Scalar.PLAIN
  delete scalar.source
}

/** Lines of a block as they count; how far they are indented is told by the first that is not empty. */
function withoutIndentation(lines: readonly string[], value: string): readonly string[] {
  const leading = (line: string) => line.length - line.trimStart().length
  const written = lines.find((line) => line.trim() !== '') ?? ''
  const meant = value.split('\n').find((line) => line.trim() !== '') ?? ''
  const indentation = Math.max(0, leading(written) - leading(meant))
  return lines.map((line) => line.slice(indentation))
}

const kepts = /__hearth_kept_(\d+)__/g

const onOneLine = (stored: Kept | undefined): string | undefined =>
  stored?.isBlock === false && stored.lines.length === 0 ? stored.head : undefined

function putBack(written: string, kept: readonly Kept[]): string {
  return written
    .split('\n')
    .map((raw) => {
      const line = raw.replaceAll(kepts, (word, at: string) => onOneLine(kept[Number(at)]) ?? word)
      const [all, before = '', index, behind = ''] = /^(.*?)__hearth_kept_(\d+)__(.*)$/.exec(line) ?? []
      const stored = kept[Number(index)]
      if (all === undefined || stored === undefined) return line.trimEnd()
      const prefix = /^(?: |- )*/.exec(before)?.[0].length ?? 0
      const isItem = prefix > 0 && prefix === before.length
      const indent = ' '.repeat(isItem ? prefix : prefix + 2)
      const lines = stored.lines.map((one) => (one === '' ? '' : indent + one))
      // What a comment follows is at its end, but for a block, where it follows the sign.
      const texts = stored.isBlock ? [stored.head + behind, ...lines] : [stored.head, ...lines]
      return `${before}${texts.join('\n')}${stored.isBlock ? '' : behind}`
    })
    .join('\n')
}

function orderKeys(document: Document.Parsed): void {
  const root = document.contents
  if (!isMap(root)) return
  sortItems(root as YAMLMap, undefined)
  for (const section of root.items) {
    const name = isScalar(section.key) ? String(section.key.value) : ''
    if (!isMap(section.value)) continue
    for (const { value } of section.value.items) if (isMap(value)) sortItems(value as YAMLMap, name)
  }
}

function sortItems(map: YAMLMap, section: string | undefined): void {
  const compare = compareKeys(section)
  const nameOf = ({ key }: Pair) => (isScalar(key) ? String(key.value) : '')
  map.items.sort((a, b) => compare(nameOf(a), nameOf(b)))
}
