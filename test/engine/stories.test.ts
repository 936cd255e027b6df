import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { readStory } from '../../src/testing/story/read-story.ts'
import { tellStory } from '../../src/testing/story/tell-story.ts'

const folder = 'test/engine/stories'

/** Each file tells a story: what users ask, what befalls clouds and engines meanwhile, and what must have come of it. */
describe('stories', () => {
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(`${folder}/${file}`, 'utf8')
    it(`${readStory(text).title} (${file})`, () => tellStory(text))
  }
})
