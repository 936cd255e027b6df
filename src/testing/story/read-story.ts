import type { JsonMap } from '../../base/json.ts'
import { readResource } from './read-resource.ts'

/** One thing that is said in a story, with the indented lines under it. */
export interface Sentence {
  readonly line: number
  readonly words: string
  readonly block: readonly string[]
}

export interface StoryText {
  readonly title: string
  readonly sentences: readonly Sentence[]
}

/** Reads a story: its title after `#`, then a sentence on each line; what is indented belongs to the sentence before. */
export function readStory(text: string): StoryText {
  const sentences: { line: number; words: string; block: string[] }[] = []
  let title = ''
  for (const [index, line] of text.split('\n').entries()) {
    const words = line.trim()
    if (words === '') continue
    if (words.startsWith('#')) title ||= words.replace(/^#\s*/, '')
    else if (line.startsWith(' ')) sentences.at(-1)?.block.push(words)
    else sentences.push({ line: index + 1, words, block: [] })
  }
  return { title, sentences }
}

/** The template that the lines under a sentence say: a resource on each, a `?` before what is there only if `wide` is true. */
export function readTemplate(block: readonly string[]): JsonMap {
  const resources = Object.fromEntries(block.map((line) => readResource(line)))
  return {
    heat_template_version: '2021-04-16',
    parameters: { wide: { type: 'boolean', default: false }, size: { type: 'number', default: 1 } },
    conditions: { wide: { equals: [{ get_param: 'wide' }, true] } },
    resources,
  }
}
