import type { Template } from '../../template.ts'
import { resourcePath } from '../../uses.ts'
import { type Found, lintRule, type Subject } from '../rule.ts'

const oneServer =
  'resources:\n  web:\n    type: OS::Heat::Value\n    properties: {value: {get_param: size}}\noutputs:\n  size: {value: {get_attr: [web, value]}}\n'

/** Parameters that nothing reads. */
export const unusedParameter = lintRule('UnusedParameter', {
  severity: 'warning',
  summary: 'A parameter that nothing in the template reads.',
  advice: 'Whoever gives it a value expects it to do something. Read it, or take it out.',
  example: {
    template: `parameters:\n  size: {type: number, default: 1}\n  colour: {type: string, default: red}\n${oneServer}`,
  },
  fine: { template: `parameters:\n  size: {type: number, default: 1}\n${oneServer}` },
  find({ template, uses }) {
    if (uses.dynamic.has('parameters')) return []
    const read = new Set(uses.parameters.map(({ name }) => name))
    return unusedAmong(template.parameters.keys(), read, { what: 'parameter', template })
  },
})

/** Conditions that decide about nothing. */
export const unusedCondition = lintRule('UnusedCondition', {
  severity: 'warning',
  summary: 'A condition that decides about nothing.',
  advice: 'Put it on a resource or an output, use it in an `if`, or take it out.',
  example: { template: 'conditions:\n  large: true\n' },
  fine: {
    template: 'conditions:\n  large: true\noutputs:\n  size: {value: {if: [large, 9, 1]}}\n',
  },
  find: ({ template, uses }) =>
    unusedAmong(template.conditions.keys(), uses.conditions, { what: 'condition', template }),
})

/** Mappings that nothing looks anything up in. */
export const unusedMapping = lintRule('UnusedMapping', {
  severity: 'warning',
  summary: 'A mapping that nothing looks anything up in.',
  advice: 'Take it out.',
  example: {
    version: 'AWSTemplateFormatVersion: 2010-09-09',
    template: 'Mappings:\n  Sizes: {small: {ram: 1}}\n',
  },
  fine: {
    version: 'AWSTemplateFormatVersion: 2010-09-09',
    template:
      'Mappings:\n  Sizes: {small: {ram: 1}}\nOutputs:\n  Ram: {Value: {"Fn::FindInMap": [Sizes, small, ram]}}\n',
  },
  find({ template, uses }) {
    if (uses.dynamic.has('mappings')) return []
    return unusedAmong(Object.keys(template.mappings), uses.mappings, { what: 'mapping', template })
  },
})

interface Unused {
  readonly what: 'parameter' | 'condition' | 'mapping'
  readonly template: Template
}

function unusedAmong(
  names: Iterable<string>,
  used: ReadonlySet<string>,
  { what, template: { version } }: Unused,
): readonly Found[] {
  const section = version.words[`${what}s`] ?? ''
  return [...names]
    .filter((name) => !used.has(name))
    .map((name) => ({ message: `The ${what} ${name} is not used`, path: [section, name] }))
}

/** Resources that make nothing and that nobody reads. */
export const idleResource = lintRule('IdleResource', {
  severity: 'warning',
  summary: 'A resource that makes nothing in a cloud, and that nothing reads or waits for.',
  advice: 'Read what it gives, or take it out: as it is, it has no effect.',
  example: { template: 'resources:\n  password: {type: OS::Heat::RandomString}\n' },
  fine: {
    template:
      'resources:\n  password: {type: OS::Heat::RandomString}\n  secret:\n    type: OS::Heat::Value\n    properties: {value: {get_resource: password}}\noutputs:\n  length: {value: {get_attr: [secret, value]}}\n',
  },
  find: idleResources,
})

function idleResources({ template, uses, factsOf }: Subject): readonly Found[] {
  if (uses.dynamic.has('resources')) return []
  return [...template.resources.values()]
    .filter((resource) => factsOf(resource)?.inert === true && !uses.wanted.has(resource.name))
    .map(({ name, type }) => ({
      message: `The resource ${name} has no effect: ${type} makes nothing, and nothing refers to it`,
      path: resourcePath(template, name),
    }))
}
