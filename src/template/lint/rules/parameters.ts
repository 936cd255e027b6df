import { lintRule } from '../rule.ts'

/** Parameters that do not say what they are for. */
export const undescribedParameter = lintRule('UndescribedParameter', {
  severity: 'info',
  summary: 'A parameter without a description.',
  advice: 'Say what it is for: forms and `stack show` show it. This rule only runs if it is enabled.',
  optional: true,
  example: {
    template: 'parameters:\n  size: {type: number}\noutputs:\n  size: {value: {get_param: size}}\n',
  },
  fine: {
    template:
      'parameters:\n  size: {type: number, description: How many gigabytes.}\noutputs:\n  size: {value: {get_param: size}}\n',
  },
  find: ({ template: { parameters, version } }) =>
    [...parameters.values()]
      .filter(({ description }) => description === '')
      .map(({ name }) => ({
        message: `The parameter ${name} does not say what it is for`,
        path: [version.words.parameters, name],
      })),
})

/** Parameters that take any value. */
export const unconstrainedParameter = lintRule('UnconstrainedParameter', {
  severity: 'info',
  summary: 'A parameter that takes any value of its type.',
  advice: 'A constraint tells a mistake before anything is made. This rule only runs if it is enabled.',
  optional: true,
  example: { template: 'parameters:\n  size: {type: number}\n' },
  fine: { template: 'parameters:\n  size: {type: number, constraints: [{range: {min: 1}}]}\n' },
  find: ({ template: { parameters, version } }) =>
    [...parameters.values()]
      .filter(({ constraints, type }) => constraints.length === 0 && type !== 'boolean' && type !== 'json')
      .map(({ name }) => ({
        message: `The parameter ${name} takes any value`,
        path: [version.words.parameters, name],
      })),
})
