import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { templateFunction } from '../../../src/template/function.ts'
import { type FunctionHistory, functionHistories } from '../../../src/template/index.ts'
import { allVersions } from '../../../src/template/versions/index.ts'
import { functionText } from '../../../tools/reference/function-page.ts'

const history = (name: string): FunctionHistory => {
  const found = functionHistories().find((one) => one.name === name)
  assert.ok(found)
  return found
}

const lines = (name: string) => functionText(history(name)).split('\n')

describe('the page of a function', () => {
  it('tells what an example asks of its stack, and what comes of it', () => {
    const [versions] = [allVersions.slice(0, 1)]
    const does = templateFunction('greet', {
      summary: 'Greets.',
      usage: 'greet: NAME',
      examples: [
        {
          shows: 'By name',
          call: 'greet: Ada',
          gives: 'Hello',
          where: { parameters: { tone: 'kind' }, conditions: { late: false } },
        },
        { call: 'greet: 1', refuses: 'No name:\n  1' },
      ],
      evaluate: () => null,
    })
    const text = functionText({
      name: 'greet',
      forms: [{ does, versions, forValues: versions, forConditions: [] }],
      removed: [],
    })
    assert.match(
      text,
      /\*\*By name\*\*\n\n```yaml\ngreet: Ada\n```\n\nwhere the parameter `tone` is `kind` and the condition `late` does not hold, gives `Hello`\./,
    )
    assert.match(text, /is refused: `No name: 1`/)
  })

  it('tells what became of the function with each version', () => {
    const changes = lines('if').filter((line) => line.startsWith('- [20'))
    assert.match(changes[0] ?? '', /2016-10-14.*: has it\.$/)
    assert.match(changes[1] ?? '', /2021-04-16.*: the second value may be left out/)
    assert.ok(
      lines('Ref').some((line) =>
        /2014-10-16.*: has it no more; a template that calls it is refused\.$/.test(line),
      ),
    )
    assert.ok(
      lines('get_param').some((line) => /2016-10-14.*: may be called for conditions too\.$/.test(line)),
    )
  })

  it('says since when an argument may be given that was not always there', () => {
    assert.ok(
      lines('repeat').some((line) =>
        line.startsWith('| `permutations` | truth value; optional; since 2017-09-01 |'),
      ),
    )
  })

  it('repeats nothing of an older form that is as in the newest', () => {
    const [, older = ''] = functionText(history('str_replace')).split('## From 2013-05-23 to 2015-04-30')
    assert.match(older, /Maps and lists are refused/)
    assert.doesNotMatch(older, /A longer word is looked for first/)
  })

  it('links to the functions that its notes speak of', () =>
    assert.ok(
      lines('str_replace').some((line) => line.includes('[`str_replace_strict`](str_replace_strict.md)')),
    ))
})
