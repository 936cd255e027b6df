import type { JsonMap } from '../../base/json.ts'
import { boolean, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import type { ResourceTypeRow } from './replies.ts'

const types = '/v1/{project_id}/resource_types' as const

export const listResourceTypes = endpoint<{
  readonly resource_types: readonly string[] | readonly ResourceTypeRow[]
}>()(`GET ${types}`, {
  summary: 'Lists the resource types that templates may use here.',
  policy: 'stacks:list_resource_types',
  query: {
    name: string('Types whose name begins as this regular expression says.'),
    support_status: string('UNKNOWN, SUPPORTED, DEPRECATED, UNSUPPORTED or HIDDEN.'),
    version: string('Types that came with this release.'),
    with_description: boolean('Their descriptions too.'),
  },
})

export const showResourceType = endpoint<JsonMap>()(`GET ${types}/{type_name}`, {
  summary: 'Shows the properties and attributes of a resource type.',
  policy: 'stacks:resource_schema',
  query: { with_description: boolean('The description of the type too.') },
})

export const showResourceTypeTemplate = endpoint<JsonMap>()(`GET ${types}/{type_name}/template`, {
  summary: 'Shows a template with one resource of the type.',
  policy: 'stacks:generate_template',
  query: { template_type: string('cfn, which is the default, or hot.') },
})
