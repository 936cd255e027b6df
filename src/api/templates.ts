import { templates } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'
import { stackRequest } from './stack-request.ts'

const validate = answer(templates.validateTemplate, async ({ query, body, caller, engine, settings }) => {
  const request = await stackRequest(body, 'validate', settings)
  return engine.validateTemplate(caller, {
    ...request,
    showNested: query.show_nested ?? false,
    ...(query.ignore_errors && { ignoreErrors: query.ignore_errors }),
  })
})

const versions = answer(templates.listTemplateVersions, async ({ caller, engine }) => ({
  template_versions: await engine.listTemplateVersions(caller, {}),
}))

const functions = answer(templates.listTemplateFunctions, async ({ path, query, caller, engine }) => {
  const ask = { version: path.template_version, withConditions: query.with_condition_func ?? false }
  return { template_functions: await engine.listTemplateFunctions(caller, ask) }
})

/** What answers for templates and their language. */
export const templateRoutes: readonly Route[] = [validate, versions, functions]
