import { BadRequest } from '../contract/problems.ts'
import { resourceTypes } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'

const list = answer(resourceTypes.listResourceTypes, async ({ query, caller, engine }) => {
  const found = await engine.listResourceTypes(caller, {
    ...(query.name !== undefined && { name: query.name }),
    ...(query.support_status !== undefined && { supportStatus: query.support_status }),
    ...(query.version !== undefined && { version: query.version }),
  })
  if (!query.with_description) return { resource_types: found.map(({ type }) => type) }
  return { resource_types: found.map(({ type, description }) => ({ resource_type: type, description })) }
})

const show = answer(resourceTypes.showResourceType, ({ path, query, caller, engine }) =>
  engine.showResourceType(caller, {
    type: path.type_name,
    withDescription: query.with_description ?? false,
  }),
)

const template = answer(resourceTypes.showResourceTypeTemplate, ({ path, query, caller, engine }) =>
  engine.resourceTypeTemplate(caller, { type: path.type_name, form: formIn(query.template_type ?? 'cfn') }),
)

function formIn(text: string): 'cfn' | 'hot' {
  const form = text.toLowerCase()
  if (form === 'cfn' || form === 'hot') return form
  const why = `Invalid template type "${text.slice(0, 100)}", valid types are: cfn, hot.`
  throw BadRequest({ message: `Template type is not supported: ${why}` })
}

/** What answers for resource types. */
export const resourceTypeRoutes: readonly Route[] = [list, show, template]
