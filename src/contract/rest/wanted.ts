import { any, boolean, integer, list, map, string } from '../../schema/index.ts'
import { commaList } from './fields.ts'

/** What a body says about the stack that is wanted. */
export const wanted = {
  template: any('The template, as JSON or as the text that its author wrote.'),
  template_url: string('Where to fetch the template, if none is sent.'),
  parameters: map('Values of parameters; they win over those of the environment.'),
  environment: any('The environment, as JSON or as text; passed over if environment_files names any.'),
  environment_files: list(string(), 'Names in files of environments to merge, lowest precedence first.'),
  files: map('The contents of the files that the template and the environments speak of, by name.'),
  files_container: string('A container of the object store whose objects are added to the files.'),
  timeout_mins: integer('How many minutes the work may take; 0 for the default.', { range: { min: 0 } }),
  disable_rollback: boolean('Whether to leave things as they are when the work fails.'),
  tags: commaList('Words to find the stack by.'),
}

/** What a body says about a stack that is to be. */
export const named = {
  stack_name: string('The name of the stack.', {
    required: true,
    pattern: '[a-zA-Z][a-zA-Z0-9_.-]{0,254}',
  }),
  ...wanted,
  adopt_stack_data: string(
    'The document of an abandoned stack, as JSON or YAML: its template counts, and its resources are taken over.',
  ),
}

/** What a body says about what a stack is to become. */
export const changed = {
  ...wanted,
  converge: boolean('Whether to compare with what is really there, not only with what was last applied.'),
}

/** What a body says about a stack of which the rest is to stay as it is. */
export const patched = { ...changed, clear_parameters: list(string(), 'Names of parameters to forget.') }

/** A body that is as small as one can be that says something of everything. */
export const exampleOfWanted = {
  template: {
    heat_template_version: '2021-04-16',
    parameters: { size: { type: 'number', default: 3 } },
    resources: {
      password: { type: 'OS::Heat::RandomString', properties: { length: { get_param: 'size' } } },
    },
    outputs: { address: { value: { get_attr: ['password', 'value'] } } },
  },
  parameters: { size: 8 },
  environment: { parameters: { size: 5 } },
  files: { 'file:///home/ada/boot.sh': '#!/bin/sh' },
  timeout_mins: 60,
  disable_rollback: true,
  tags: 'production,web',
}

/** The same of a change: all but one value stays. */
export const exampleOfPatch = { parameters: { size: 12 } }
