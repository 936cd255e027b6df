import type { JsonMap } from '../base/json.ts'
import type { NewSoftwareConfig } from '../contract/engine.ts'
import { softwareConfigs } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'
import { mapIn, textIn } from './software-body.ts'
import { softwareConfigReply, softwareConfigRow } from './software-shapes.ts'

const list = answer(softwareConfigs.listSoftwareConfigs, async ({ path, query, caller, engine, policy }) => {
  const { limit, marker, global_tenant: globalTenant = false } = query
  if (globalTenant) policy.check('software_configs:global_index', caller, path)
  const found = await engine.listSoftwareConfigs(caller, {
    ...(limit !== undefined && { limit }),
    ...(marker !== undefined && { marker }),
    ...(globalTenant && { globalTenant }),
  })
  const withProject = caller.isAdmin || globalTenant
  return { software_configs: found.map((one) => softwareConfigRow(one, { withProject })) }
})

const create = answer(softwareConfigs.createSoftwareConfig, async ({ body, caller, engine }) => ({
  software_config: softwareConfigReply(await engine.createSoftwareConfig(caller, newConfig(body))),
}))

const newConfig = (body: JsonMap): NewSoftwareConfig => ({
  name: textIn(body, 'name'),
  group: textIn(body, 'group'),
  config: body.config ?? null,
  inputs: body.inputs || [],
  outputs: body.outputs || [],
  options: mapIn(body, 'options'),
})

const show = answer(softwareConfigs.showSoftwareConfig, async ({ path, caller, engine }) => ({
  software_config: softwareConfigReply(await engine.showSoftwareConfig(caller, { id: path.config_id })),
}))

const remove = answer(softwareConfigs.deleteSoftwareConfig, async ({ path, caller, engine }) => {
  await engine.deleteSoftwareConfig(caller, { id: path.config_id })
  return null
})

/** What answers for software configs. */
export const softwareConfigRoutes: readonly Route[] = [list, create, show, remove]
