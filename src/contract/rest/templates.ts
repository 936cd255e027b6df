import type { JsonMap } from '../../base/json.ts'
import { boolean } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { commaList } from './fields.ts'
import type { TemplateFunctionReply, TemplateVersionReply } from './replies.ts'
import { wanted } from './stacks.ts'

export const validateTemplate = endpoint<JsonMap>()('POST /v1/{project_id}/validate', {
  summary: 'Checks a template and shows its parameters.',
  policy: 'stacks:validate_template',
  query: {
    show_nested: boolean('The templates inside it too.'),
    ignore_errors: commaList('Codes of errors to pass over: 99001, a service that is not there.'),
  },
  body: wanted,
})

export const listTemplateVersions = endpoint<{
  readonly template_versions: readonly TemplateVersionReply[]
}>()('GET /v1/{project_id}/template_versions', {
  summary: 'Lists the versions of the template language.',
  policy: 'stacks:list_template_versions',
})

export const listTemplateFunctions = endpoint<{
  readonly template_functions: readonly TemplateFunctionReply[]
}>()('GET /v1/{project_id}/template_versions/{template_version}/functions', {
  summary: 'Lists the functions of one version of the template language.',
  policy: 'stacks:list_template_functions',
  query: { with_condition_func: boolean('The functions of conditions too.') },
})
