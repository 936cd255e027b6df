import { boolean, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { document, eitherOf, listOf, record, text } from '../reply.ts'
import { resourceType, resourceTypeRow } from './replies/templates.ts'

const types = '/v1/{project_id}/resource_types' as const

export const listResourceTypes = endpoint(`GET ${types}`, {
  summary: 'Lists the resource types that templates may use here.',
  policy: 'stacks:list_resource_types',
  query: {
    name: string('Types whose name begins as this regular expression says.', { example: 'OS::Nova' }),
    support_status: string('UNKNOWN, SUPPORTED, DEPRECATED, UNSUPPORTED or HIDDEN.', {
      example: 'SUPPORTED',
    }),
    version: string('Types that came with this release.', { example: '5.0.0' }),
    with_description: boolean('Their descriptions too.'),
  },
  reply: record({
    resource_types: eitherOf(
      listOf('Their names.', text('One of them.', 'OS::Nova::Server')),
      listOf('Their names and descriptions, where these were asked for.', resourceTypeRow),
    ),
  }),
})

export const showResourceType = endpoint(`GET ${types}/{type_name}`, {
  summary: 'Shows the properties and attributes of a resource type.',
  policy: 'stacks:resource_schema',
  query: { with_description: boolean('The description of the type too.') },
  reply: resourceType,
})

export const showResourceTypeTemplate = endpoint(`GET ${types}/{type_name}/template`, {
  summary: 'Shows a template with one resource of the type.',
  policy: 'stacks:generate_template',
  query: { template_type: string('cfn, which is the default, or hot.', { example: 'hot' }) },
  reply: document('The template.', { HeatTemplateFormatVersion: '2012-12-12', Resources: {} }),
})
