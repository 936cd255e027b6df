import type { JsonMap } from '../../../src/base/json.ts'

const version = '2021-04-16'

/** Templates of stacks that are made at once, or nearly so, and that have something of everything. */
export const templates: readonly JsonMap[] = [
  {
    heat_template_version: version,
    parameters: { size: { type: 'number', default: 3, constraints: [{ range: { min: 1, max: 64 } }] } },
    resources: {
      password: { type: 'OS::Heat::RandomString', properties: { length: { get_param: 'size' } } },
    },
    outputs: {
      password: { value: { get_attr: ['password', 'value'] } },
    },
  },
  {
    heat_template_version: version,
    parameters: { secret: { type: 'string', hidden: true, default: 'sesame' } },
    resources: {
      handle: { type: 'OS::Heat::WaitConditionHandle' },
      wait: {
        type: 'OS::Heat::WaitCondition',
        properties: { handle: { get_resource: 'handle' }, timeout: 2 },
      },
      value: {
        type: 'OS::Heat::Value',
        properties: { value: { get_param: 'secret' } },
        metadata: { role: 'web' },
      },
    },
    outputs: {
      value: { value: { get_attr: ['value', 'value'] } },
      told: { value: { get_attr: ['wait', 'data'] } },
    },
  },
  {
    heat_template_version: version,
    resources: {
      many: {
        type: 'OS::Heat::ResourceGroup',
        properties: { count: 2, resource_def: { type: 'OS::Heat::RandomString', properties: { length: 4 } } },
      },
      'odd name ü': { type: 'OS::Heat::None', depends_on: ['many'] },
    },
    outputs: { refs: { value: { get_attr: ['many', 'refs'] } }, 'odd ü': { value: 1e300 } },
  },
  {
    heat_template_version: version,
    resources: {
      net: { type: 'OS::Neutron::Net' },
      subnet: {
        type: 'OS::Neutron::Subnet',
        properties: { network: { get_resource: 'net' }, cidr: '10.0.0.0/28' },
      },
    },
    outputs: { net: { value: { get_attr: ['net'] } } },
  },
  {
    heat_template_version: version,
    parameters: { fails: { type: 'boolean', default: true } },
    resources: {
      test: { type: 'OS::Heat::TestResource', properties: { value: 'x', fail: { get_param: 'fails' } } },
    },
  },
]

export const environments: readonly JsonMap[] = [
  {},
  { parameters: { size: 5 } },
  { resource_registry: { resources: { password: { hooks: ['pre-create', 'pre-update'] } } } },
  { resource_registry: { 'OS::Heat::RandomString': 'OS::Heat::None' } },
]
