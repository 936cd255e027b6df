import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeTemplate } from '../../../src/template/index.ts'
import { sampleStack, sampleTemplate } from '../sample.ts'

test('describes parameters as the API shows them', () => {
  const template = sampleTemplate({
    description: 'Words',
    parameters: {
      size: {
        type: 'number',
        description: 'How large',
        label: 'Size',
        default: 2,
        tags: ['a'],
        constraints: [
          { range: { min: 1, max: 9 }, description: 'One to nine.' },
          { modulo: { step: 1, offset: 0 }, description: 'Whole.' },
        ],
      },
      name: {
        type: 'string',
        hidden: true,
        constraints: [{ length: { min: 1 } }, { allowed_pattern: '.*' }, { custom_constraint: 'dns_name' }],
      },
      list: { type: 'comma_delimited_list', default: [], constraints: [{ allowed_values: ['a', 'b'] }] },
    },
    parameter_groups: [{ label: 'All', parameters: ['size'] }],
  })
  const { definition } = sampleStack(template, {
    lenient: true,
    environment: { parameters: { name: 'x' }, parameter_defaults: { size: 3 } },
  })
  assert.deepEqual(describeTemplate(definition), {
    Description: 'Words',
    Parameters: {
      size: {
        Type: 'Number',
        Description: 'How large',
        NoEcho: 'false',
        Label: 'Size',
        Default: 3,
        Tags: ['a'],
        MinValue: 1,
        MaxValue: 9,
        Step: 1,
        Offset: 0,
        ConstraintDescription: 'One to nine. Whole.',
      },
      name: {
        Type: 'String',
        Description: '',
        NoEcho: 'true',
        Label: 'name',
        Value: 'x',
        MinLength: 1,
        AllowedPattern: '.*',
        CustomConstraint: 'dns_name',
      },
      list: {
        Type: 'CommaDelimitedList',
        Description: '',
        NoEcho: 'false',
        Label: 'list',
        Default: [],
        AllowedValues: ['a', 'b'],
      },
    },
    ParameterGroups: [{ label: 'All', parameters: ['size'] }],
    Environment: {
      parameters: { name: 'x' },
      parameter_defaults: { size: 3 },
      resource_registry: { resources: {} },
      event_sinks: [],
    },
  })
})

test('describes the templates inside, level by level', () => {
  const files = {
    'a.yaml':
      'heat_template_version: 2018-08-31\ndescription: A\nparameters: {x: {type: string}}\nresources: {b: {type: b.yaml}}\n',
    'b.yaml': 'heat_template_version: 2018-08-31\nparameters: {y: {type: json, default: {}}}\n',
  }
  const template = sampleTemplate({
    resources: { one: { type: 'a.yaml', properties: { x: 'given' } }, two: { type: 'OS::Heat::None' } },
  })
  const { definition } = sampleStack(template, { lenient: true, files })
  const { NestedParameters: nested } = describeTemplate(definition, { showNested: true })
  assert.deepEqual(nested, {
    one: {
      Type: 'a.yaml',
      Description: 'A',
      Parameters: { x: { Type: 'String', Description: '', NoEcho: 'false', Label: 'x', Value: 'given' } },
      NestedParameters: {
        b: {
          Type: 'b.yaml',
          Description: 'No description',
          Parameters: { y: { Type: 'Json', Description: '', NoEcho: 'false', Label: 'y', Default: {} } },
        },
      },
    },
  })
  assert.equal('NestedParameters' in describeTemplate(definition), false)
})
