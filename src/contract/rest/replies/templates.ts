import {
  anything,
  document,
  documentOf,
  listOf,
  mapOf,
  named,
  orNull,
  record,
  type Told,
  text,
  word,
} from '../../reply.ts'

export const templateVersion = named(
  'TemplateVersion',
  'A version of the template language.',
  record({
    version: text('Its name.', 'heat_template_version.2021-04-16'),
    type: word('Which of the two languages it is of.', ['hot', 'cfn']),
    aliases: listOf('Its other names.', text('One of them.', 'heat_template_version.wallaby')),
  }),
)

export type TemplateVersionReply = Told<typeof templateVersion>

export const templateFunction = named(
  'TemplateFunction',
  'A function of the template language.',
  record({
    functions: text('Its name.', 'str_replace'),
    description: text('What it does.', 'Puts values into a text.'),
  }),
)

export type TemplateFunctionReply = Told<typeof templateFunction>

const parameters = mapOf(
  'What the template wants to know, with types, defaults and constraints.',
  document('One parameter.', { Type: 'String', Description: '', NoEcho: 'false', Label: 'size' }),
  'size',
)

export const validated = documentOf(
  named(
    'ValidatedTemplate',
    'What a template asks for.',
    record(
      {
        Description: anything(
          "The template's own description, usually a text.",
          'Two servers and a load balancer.',
        ),
        Parameters: parameters,
        Environment: document('The environment as it comes out of all that was sent.', { parameters: {} }),
      },
      {
        ParameterGroups: listOf(
          'Parameters that belong together.',
          anything('One group, as its author wrote it.', { label: 'size', parameters: ['size'] }),
        ),
        NestedParameters: mapOf(
          'The same of the templates inside it, by resource.',
          document('What one of them asks for.', { Type: 'server.yaml', Description: '', Parameters: {} }),
          'server',
        ),
      },
    ),
  ),
)

export const resourceTypeRow = named(
  'ResourceTypeRow',
  'One row of a list of resource types with descriptions.',
  record({
    resource_type: text('The name of the type.', 'OS::Nova::Server'),
    description: text('What it is for.', 'A server.'),
  }),
)

export type ResourceTypeRow = Told<typeof resourceTypeRow>

export const resourceType = documentOf(
  named(
    'ResourceType',
    'What a resource of a type takes and tells.',
    record(
      {
        resource_type: text('The name of the type.', 'OS::Nova::Server'),
        properties: mapOf(
          'What it takes.',
          document('One property.', {
            type: 'string',
            required: false,
            update_allowed: true,
            immutable: false,
          }),
          'name',
        ),
        attributes: mapOf('What it tells.', document('One attribute.', { description: 'The name.' }), 'name'),
        support_status: record({
          status: text('How far it may be relied on.', 'SUPPORTED'),
          message: orNull(text('What else there is to say of that.', '')),
          version: orNull(text('The release that first had it.', '2014.1')),
          previous_status: orNull(document('What its status was before.', {})),
        }),
      },
      { description: text('What it is for; only where it was asked for.', 'A server.') },
    ),
  ),
)
