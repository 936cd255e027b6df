import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { brokenIn } from '../../tools/documents.ts'

describe('the paths in documents', () => {
  const there = new Set(['src/engine/plan/decide.ts', 'docs/guide.md', 'src/store'])
  const broken = (file: string, text: string) => brokenIn(file, text, (path) => there.has(path))

  it('are those of files that are there', () => {
    assert.deepEqual(broken('README.md', 'See [the guide](docs/guide.md#first) and `src/store`.'), [])
    assert.deepEqual(broken('README.md', 'See [the guide](docs/guides.md) and `src/stores/rows.ts`.'), [
      'README.md speaks of docs/guides.md, which is not there',
      'README.md speaks of src/stores/rows.ts, which is not there',
    ])
  })

  it('may be told from where the document is', () => {
    assert.deepEqual(
      broken('src/engine/ARCHITECTURE.md', '`plan/decide.ts`, [guide](../../docs/guide.md)'),
      [],
    )
    assert.equal(broken('src/engine/ARCHITECTURE.md', '`plan/decided.ts`').length, 1)
  })

  it('are not sought in addresses, examples and plain words', () => {
    const text =
      '[Heat](https://example.org/heat) `and/or` `~/.cache` `/etc/hearth`\n```sh\ncat `src/none.ts`\n```\n'
    assert.deepEqual(broken('README.md', text), [])
  })
})
