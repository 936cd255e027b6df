import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { proven, sections, sectionsIn, testsBySection } from '../../tools/rules.ts'

describe('the rules of the engine', () => {
  it('have tests, every section of them', () => {
    const counts = testsBySection()
    assert.deepEqual(
      proven.filter((section) => !counts.has(section)),
      [],
    )
  })

  it('are sections that there are, wherever a test names one', () => {
    const unknown = [...testsBySection().keys()].filter((section) => !Object.hasOwn(sections, section))
    assert.deepEqual(unknown, [])
  })

  it('are known by the ends of the names of tests', () => {
    const text = `it('a (§5)', f)\n  it(\n "it's b (§8, §10)",\n test(\`c \${d} (§3)\`, f)\n it('see (§4) there', f)`
    assert.deepEqual(sectionsIn(text), [5, 8, 10, 3])
  })
})
