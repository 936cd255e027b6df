import assert from 'node:assert/strict'
import { test } from 'node:test'
import { string } from '../../../src/schema/index.ts'
import { checkStack, parseTemplate, type TypeCatalog } from '../../../src/template/index.ts'
import { catalog } from '../check/catalog.ts'
import { messages, sampleStack, sampleTemplate } from '../sample.ts'

const template = sampleTemplate({
  parameters: {
    password: { type: 'string', hidden: true, constraints: [{ allowed_pattern: '[0-9]+' }] },
    keys: { type: 'json', hidden: true, default: { inner: ['hunter22'] } },
  },
  resources: {
    server: {
      type: 'OS::Nova::Server',
      properties: {
        flavor: 'm1',
        count: { get_param: 'password' },
        tags: { get_param: ['keys', 'inner', 0] },
      },
    },
  },
})

test('values of hidden parameters do not show up in problems', () => {
  const { definition, problems } = sampleStack(template, {
    environment: { parameters: { password: 'swordfish' } },
  })
  assert.deepEqual(messages(problems), [
    `Parameter 'password' is invalid: "******" does not match pattern "[0-9]+"`,
  ])
  assert.deepEqual(messages(checkStack(definition, catalog)), [
    "Property error: resources.server.properties.count: Value '******' is not an integer",
    'Property error: resources.server.properties.tags: "\'******\'" is not a list',
  ])
})

test('a hidden value does not show where a message writes it with escapes, or cuts it off', () => {
  for (const password of ['it\'s\n"hush"', `swordfish${'x'.repeat(900)}`]) {
    const { definition } = sampleStack(template, { environment: { parameters: { password } } })
    const [told = ''] = messages(checkStack(definition, catalog))
    assert.match(told, /'\*{6}/)
    assert.doesNotMatch(told, /hush|swordfish/)
  }
})

test('a hidden value is known again in quotes, and where a message ends it early', () => {
  const sly = `it's "${'x'.repeat(300)}`
  const { definition, problems } = sampleStack(template, {
    environment: { parameters: { password: sly, keys: { inner: [[sly]] } } },
  })
  for (const message of [...messages(problems), ...messages(checkStack(definition, catalog))])
    assert.doesNotMatch(message, /xxxx|it's/)
})

test('a hidden value does not show where a whole message is cut, nor where the reason in it is', () => {
  const { definition, problems } = sampleStack(
    sampleTemplate({
      parameters: { password: { type: 'string', hidden: true } },
      resources: {
        file: { type: 'A', properties: { zone: { get_file: { get_param: 'password' } } } },
        zone: { type: 'A', properties: { zone: { get_param: 'password' } } },
      },
    }),
    { environment: { parameters: { password: `swordfish…${'xswordx'.repeat(1000)}` } } },
  )
  const zone = string('', { format: 'timezone' })
  const types: TypeCatalog = { find: () => ({ properties: { zone }, attributes: {} }), names: () => [] }
  assert.deepEqual(messages([...problems, ...checkStack(definition, types)]), [
    'Property error: resources.file.properties.zone: No content found in the "files" section for get_file path: ******',
    "Property error: resources.zone.properties.zone: Error validating value '******': Invalid timezone: '******",
  ])
})

test('the default of a hidden parameter is not told when it is wrong', () => {
  const { problems } = parseTemplate({
    heat_template_version: '2021-04-16',
    parameters: {
      p: { type: 'string', hidden: true, default: 'hunter22', constraints: [{ allowed_values: ['other'] }] },
    },
  })
  assert.deepEqual(messages(problems), [
    `Parameter 'p' is invalid: Invalid default ****** (****** is not an allowed value ["other"])`,
  ])
})
