import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { dump } from 'js-yaml'
import { format } from '../../../src/cli/format/format.ts'
import { readSource } from '../../../src/template/index.ts'

async function formatted(text: string, how: Partial<Parameters<typeof format>[1]> = {}): Promise<string> {
  const result = await format(text, { ordered: false, ...how })
  assert.ok('text' in result, 'refused' in result ? result.refused : '')
  return result.text
}

const dataOf = (text: string) => readSource(text, { what: 'template', maxSize: 1e9 }).value?.data

test('indentation, quotes and flow are brought into one form, comments and long texts stay', async () => {
  const text = `# about the template
heat_template_version:   "2016-10-14"   # the version


parameters:
    size: {type: 'number' , default: 0755}   # octal
    words:
        type: "string"
        description: over
          two lines
resources:
    # about the server
    server:
        type: OS::Nova::Server
        properties:
            networks:
            - {network: web}
            -   port: |2-
                    indented
                  less
            user_data: |   # a script
                #!/bin/sh
                  echo "hi"   
            tags: [a, b # one
              , c]
# the end
`
  assert.equal(
    await formatted(text),
    `# about the template
heat_template_version: "2016-10-14" # the version

parameters:
  size: { type: number, default: 0755 } # octal
  words:
    type: string
    description: over
      two lines
resources:
  # about the server
  server:
    type: OS::Nova::Server
    properties:
      networks:
        - { network: web }
        - port: |2-
              indented
            less
      user_data: | # a script
        #!/bin/sh
          echo "hi"   
      tags:
        - a
        - b # one
        - c

# the end
`,
  )
})

test('texts that old readers take for something else stay between quotes', async () => {
  const words = [
    'yes',
    'No',
    'on',
    'y',
    'null',
    '~',
    '0755',
    '1e3',
    '1:30',
    '2016-10-14',
    '.5',
    '-x',
    '=',
    '<<',
  ]
  for (const word of [
    ...words,
    'a: b',
    'a #b',
    ' a',
    '',
    '*a',
    '!x',
    '%x',
    '@x',
    'a,b',
    '{a}',
    'x:',
    'http://',
  ])
    assert.match(await formatted(`a: "${word}"\n`), /^a: "/, word)
  for (const word of ['plain', 'two words', 'OS::Nova::Server', 'a/b.c', 'http://x.org/y?', 'm1.small'])
    assert.equal(await formatted(`a: "${word}"\n`), word.endsWith('?') ? `a: "${word}"\n` : `a: ${word}\n`)
})

test('long flow collections become blocks, the same however they were laid out', async () => {
  const items = Array.from({ length: 12 }, (_, i) => `item-number-${i}`)
  const wide = await formatted(`a: [${items.join(', ')}]\n`)
  const broken = await formatted(`a: [${items.join(',\n  ')}]\n`)
  assert.equal(wide, broken)
  assert.equal(wide, `a:\n${items.map((item) => `  - ${item}\n`).join('')}`)
})

test('aliases, merges and keys that stand twice stay what they are', async () => {
  const text = 'base: &base\n  a: 1\nuse:\n  <<: *base\n  b: *base\ntwice: 1\ntwice: 2\n'
  assert.equal(await formatted(text), text)
})

test('Windows line ends and a byte order mark go', async () => {
  assert.equal(await formatted('\ufeffa: 1\r\nb: |\r\n  x\r\n'), 'a: 1\nb: |\n  x\n')
})

test('JSON stays JSON, and each can become the other', async () => {
  assert.equal(
    await formatted('{"a": {"b":[1,"0755"]}}'),
    '{\n  "a": {\n    "b": [\n      1,\n      "0755"\n    ]\n  }\n}\n',
  )
  const yaml = await formatted('{"a": {"b":[1,"0755","yes"]}}', { to: 'yaml' })
  assert.deepEqual(dataOf(yaml), { a: { b: [1, '0755', 'yes'] } })
  assert.deepEqual(JSON.parse(await formatted('a: 0755 # octal\n', { to: 'json' })), { a: 493 })
})

test('sections and keys are put into their usual order when that is asked for', async () => {
  const text = `outputs: {}
resources:
  # the first
  b:
    properties: {}
    type: T
  a: {type: T}
heat_template_version: 2021-04-16
`
  assert.equal(
    await formatted(text, { ordered: true }),
    `heat_template_version: 2021-04-16
resources:
  # the first
  b:
    type: T
    properties: {}
  a: { type: T }
outputs: {}
`,
  )
})

test('where it is not sure that the meaning stays, nothing is written', async () => {
  const text = '" ":\n " ": |1-\n   a\n   \n'
  assert.deepEqual(await format(text, { ordered: false }), { refused: 'it would not mean the same any more' })
})

test('what can not be read, or is more than one document, is refused', async () => {
  for (const text of ['a: [', 'a: 1\n---\nb: 1\n', '- a\n', 'a: !Ref b\n', 'a: __hearth_kept_0__\n'])
    assert.ok('refused' in (await format(text, { ordered: false })), text)
})

const scalar = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom('a', ' ', '\n', ':', '#', '-', "'", '"', '\\', '{', ','),
    maxLength: 40,
  }),
  fc.constantFrom('yes', '0755', '~', '', '- a', 'a: b', '| x', '> y', '\ttab'),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)
const { value: data } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), tie('value'), { maxKeys: 5 }),
  ),
}))

test('whatever the data and however it is written, it stays the same, and a second time changes nothing', async () => {
  const writings = fc.record({
    flowLevel: fc.constantFrom(-1, 0, 1, 2),
    indent: fc.constantFrom(1, 2, 4),
    lineWidth: fc.constantFrom(20, 80, -1),
    forceQuotes: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.string({ minLength: 1 }), data, { minKeys: 1 }),
      writings,
      async (map, how) => {
        const text = dump(map, how)
        // Of lines of nothing but spaces the library does not know whether they count; such a text is refused.
        if (dataOf(text) === undefined || /^\s*\{/.test(text) || /^[ \t]+$/m.test(text)) return
        const once = await formatted(text)
        assert.deepEqual(dataOf(once), dataOf(text))
        assert.equal(await formatted(once), once)
      },
    ),
    { numRuns: 300 },
  )
})

test('the examples keep their comments and their meaning, and a second time changes nothing', async () => {
  for (const file of globSync('examples/**/*.yaml')) {
    const text = readFileSync(file, 'utf8')
    const once = await formatted(text)
    assert.deepEqual(dataOf(once), dataOf(text))
    assert.equal(await formatted(once), once, file)
    for (const [comment] of text.matchAll(/(?<=^|\s)# [A-Z].*$/gm)) assert.ok(once.includes(comment), comment)
  }
})
