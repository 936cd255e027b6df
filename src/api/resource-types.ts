import { BadRequest, Forbidden } from '../contract/problems.ts'
import { resourceTypes } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'

const list = answer(resourceTypes.listResourceTypes, async ({ query, caller, engine, policy }) => {
  const all = await engine.listResourceTypes(caller, {
    ...(query.name !== undefined && { name: query.name }),
    ...(query.support_status !== undefined && { supportStatus: query.support_status }),
    ...(query.version !== undefined && { version: query.version }),
  })
  const found = all.filter(({ type }) => policy.allowsType?.(type, caller) ?? true)
  if (!query.with_description) return { resource_types: found.map(({ type }) => type) }
  return { resource_types: found.map(({ type, description }) => ({ resource_type: type, description })) }
})

const show = answer(resourceTypes.showResourceType, async ({ path, query, caller, engine, policy }) => {
  const { type_name: type } = path
  if (policy.allowsType && !policy.allowsType(type, caller)) throw Forbidden({ action: type })
  return engine.showResourceType(caller, { type, withDescription: query.with_description ?? false })
})

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
