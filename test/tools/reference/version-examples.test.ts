import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { catalogOf } from '../../../src/plugin/catalog.ts'
import { registry } from '../../../src/plugin/index.ts'
import { allTypes } from '../../../src/resources/index.ts'
import {
  checkStack,
  defineStack,
  emptyEnvironment,
  evaluateOutput,
  parseTemplate,
} from '../../../src/template/index.ts'
import { allVersions } from '../../../src/template/versions/index.ts'
import { versionExamples } from '../../../tools/reference/version-examples.ts'
import { versionPage } from '../../../tools/reference/version-words.ts'
import { worldOf } from '../../template/functions/example.ts'
import { messages, pseudo } from '../../template/sample.ts'

const catalog = catalogOf(registry(allTypes))

describe('the example template of a version', () => {
  for (const version of allVersions) {
    const name = versionPage(version).replace('.md', '')
    it(`${name} is a stack without faults, and its outputs are those on its page`, () => {
      const template = parseTemplate(readFileSync(`examples/template-versions/${name}.yaml`, 'utf8'))
      assert.deepEqual(messages(template.problems), [])
      assert.ok(template.value && template.value.version === version)

      const { value: definition, problems } = defineStack({
        template: template.value,
        environment: emptyEnvironment,
        files: {},
        pseudo,
      })
      assert.deepEqual(messages([...problems, ...checkStack(definition, catalog)]), [])

      const { where = {}, outputs } = versionExamples[name] ?? { outputs: {} }
      const world = worldOf(where)
      const given = [...definition.outputs.keys()].map((output) => [
        output,
        evaluateOutput(definition, output, world),
      ])
      const expected = Object.entries(outputs).map(([output, value]) => [output, { value }])
      assert.deepEqual(Object.fromEntries(given), Object.fromEntries(expected))
    })
  }
})
