import { type ScenarioOptions, scenario } from '../scenario.ts'
import { asking } from './asking.ts'
import { befalling } from './befalling.ts'
import { looking } from './looking.ts'
import { readStory, type Sentence } from './read-story.ts'
import type { Phrase, Telling } from './telling.ts'

const phrases: readonly Phrase[] = [...asking, ...befalling, ...looking]

/** Tells a story from its text, in a world of its own with one engine. Throws at the first sentence that is not true. */
export async function tellStory(text: string, options: ScenarioOptions = {}): Promise<void> {
  const { sentences } = readStory(text)
  const play = await scenario({
    ...options,
    options: { enableStackAbandon: true, enableStackAdopt: true, ...options.options },
  })
  const telling: Telling = {
    ...{ play, stacks: new Map(), engines: [], documents: new Map() },
    ...{ before: new Map(), left: new Set() },
  }
  try {
    telling.engines.push(await play.worker())
    for (const sentence of sentences) await tell(telling, sentence)
    await tell(telling, { line: 0, words: 'in the end all is in order', block: [] })
  } finally {
    for (const { life } of telling.engines) life.thaw()
    await play.end()
  }
}

async function tell(telling: Telling, { line, words, block }: Sentence): Promise<void> {
  try {
    for (const [form, carryOut] of phrases) {
      const found = form.exec(words)
      if (found !== null) return await carryOut(telling, found.groups ?? {}, block)
    }
    throw new Error('No story can say that.')
  } catch (error) {
    throw new Error(`line ${line}, "${words}": ${error instanceof Error ? error.message : error}`, {
      cause: error,
    })
  }
}
