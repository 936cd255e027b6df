import { isMap } from '../../base/json.ts'
import { jsonText, wordOf } from '../../base/text.ts'
import type { Documentation } from '../documentation.ts'
import type { Evaluation } from '../evaluate.ts'
import { type Expression, entriesOf } from '../expression.ts'
import { type EagerFunction, Refusal, templateFunction } from '../function.ts'
import { spendCharacters, spendSteps } from '../spend.ts'
import { ofAnything, ofScalars, strict, veryStrict } from './str-replace-documentation.ts'

/** How one of the str_replace functions treats what it is given. */
interface Manner {
  /** Maps and lists are put in as JSON. */
  readonly json: boolean
  /** Every param must occur in the template. */
  readonly strict: boolean
  /** No param may be null or empty. */
  readonly filled: boolean
}

const scalars: Manner = { json: false, strict: false, filled: false }

/** Puts values in place of words in a text; only texts, numbers and truth values. */
export const strReplaceScalars = replacing('str_replace', { manner: scalars, documentation: ofScalars })

/** Puts values in place of words in a text, maps and lists as JSON. */
export const strReplace = replacing('str_replace', {
  manner: { json: true, strict: false, filled: false },
  documentation: ofAnything,
})

/** As str_replace; a param that the text does not have is an error. */
export const strReplaceStrict = replacing('str_replace_strict', {
  manner: { json: true, strict: true, filled: false },
  documentation: strict,
})

/** As str_replace_strict; a param without a value is an error too. */
export const strReplaceVeryStrict = replacing('str_replace_vstrict', {
  manner: { json: true, strict: true, filled: true },
  documentation: veryStrict,
})

interface Form {
  readonly manner: Manner
  readonly documentation: Documentation
}

function replacing(name: string, { manner, documentation }: Form): EagerFunction {
  return templateFunction(name, {
    ...documentation,
    misuse: (args) => misuse(name, args),
    evaluate: (args, run) => replaceWords(args as Replacing, { name, manner, run }),
  })
}

/** What is replaced, and by what. */
interface Replacing {
  readonly template: unknown
  readonly params: unknown
}

/** Puts values in place of words in a text. */
export function replaceWords(
  { template, params }: Replacing,
  {
    name,
    manner = scalars,
    run,
  }: { readonly name: string; readonly manner?: Manner; readonly run: Evaluation },
): string {
  if (typeof template !== 'string') throw new Refusal(`"${name}" template must be a string`)
  if (!isMap(params)) throw new Refusal(`"${name}" params must be a map`)
  const keys = Object.keys(params).sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  if (keys[0] !== undefined && keys.includes('')) throw new Refusal('empty separator')
  const words = keys.map((key) => ({ key, word: wordFor(params[key], { name, key, manner }) }))
  const missing = new Set(manner.strict ? keys : [])
  const text = replaceEach(template, words, { run, missing })
  if (missing.size === 0) return text
  throw new Refusal(`The following params were not found in the template: ${[...missing].join(',')}`)
}

function misuse(name: string, args: Expression): string | undefined {
  const entries = entriesOf(args)
  if (entries === undefined) return `Arguments to "${name}" must be a map`
  const params = entries.get('params')
  if (params === undefined || !entries.has('template')) {
    const form = `${name}:\n  template: This is var1 template var2\n  params:\n    var1: a\n    var2: string`
    return `"${name}" syntax should be ${form}`
  }
  return params.is === 'call' || entriesOf(params) ? undefined : `"${name}" parameters must be a mapping`
}

function wordFor(
  value: unknown,
  { name, key, manner }: { name: string; key: string; manner: Manner },
): string {
  if (manner.filled && isEmpty(value)) {
    throw new Refusal(
      `${name} has an undefined or empty value for param ${key}, must be a defined non-empty value`,
    )
  }
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return wordOf(value)
  if (manner.json) return jsonText(value, 'sorted')
  throw new Refusal(`"${name}" params must be strings or numbers, param ${key} is not valid`)
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)

interface Word {
  readonly key: string
  readonly word: string
}

interface Progress {
  readonly run: Evaluation
  /** The keys that were not found so far. */
  readonly missing: Set<string>
}

/** A part of the text, and whether it is a replacement, which is never searched. */
interface Part {
  readonly text: string
  readonly isReplacement: boolean
}

/** One pass per key over the parts not yet replaced, the longest key first, so that one key may be the start of another. */
function replaceEach(text: string, words: readonly Word[], progress: Progress): string {
  let parts: readonly Part[] = [{ text, isReplacement: false }]
  const often = charactersOf(text)
  for (const word of words) {
    const beginnings = often[word.key.charCodeAt(0) % kinds] ?? 0
    spendSteps(progress.run, Math.ceil(text.length / 256 + (beginnings + parts.length) / 16))
    if (!parts.some((part) => !part.isReplacement && part.text.includes(word.key))) continue
    progress.missing.delete(word.key)
    parts = parts.flatMap((part) => (part.isReplacement ? part : replaceIn(part.text, word, progress.run)))
  }
  return parts.map((part) => part.text).join('')
}

const kinds = 256

/** About how often each character is in a text: a search stops at each that may begin what is sought. */
function charactersOf(text: string): Uint32Array {
  const often = new Uint32Array(kinds)
  for (let i = 0; i < text.length; i++) {
    const kind = text.charCodeAt(i) % kinds
    often[kind] = (often[kind] ?? 0) + 1
  }
  return often
}

function replaceIn(text: string, { key, word }: Word, run: Evaluation): readonly Part[] {
  const between = text.split(key)
  if (between.length > 1) spendCharacters(run, text.length + (between.length - 1) * word.length)
  return between.flatMap((part, i) => [
    ...(i > 0 ? [{ text: word, isReplacement: true }] : []),
    ...(part === '' ? [] : [{ text: part, isReplacement: false }]),
  ])
}
