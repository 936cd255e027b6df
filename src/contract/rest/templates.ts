import { boolean } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { listOf, record } from '../reply.ts'
import { commaList } from './fields.ts'
import { templateFunction, templateVersion, validated } from './replies/templates.ts'
import { exampleOfWanted, wanted } from './wanted.ts'

export const validateTemplate = endpoint('POST /v1/{project_id}/validate', {
  summary: 'Checks a template and shows its parameters.',
  policy: 'stacks:validate_template',
  query: {
    show_nested: boolean('The templates inside it too.'),
    ignore_errors: commaList('Codes of errors to pass over: 99001, a service that is not there.', '99001'),
  },
  body: wanted,
  example: exampleOfWanted,
  reply: validated,
})

export const listTemplateVersions = endpoint('GET /v1/{project_id}/template_versions', {
  summary: 'Lists the versions of the template language.',
  policy: 'stacks:list_template_versions',
  reply: record({ template_versions: listOf('The versions.', templateVersion) }),
})

export const listTemplateFunctions = endpoint(
  'GET /v1/{project_id}/template_versions/{template_version}/functions',
  {
    summary: 'Lists the functions of one version of the template language.',
    policy: 'stacks:list_template_functions',
    query: { with_condition_func: boolean('The functions of conditions too.') },
    reply: record({ template_functions: listOf('The functions.', templateFunction) }),
  },
)
