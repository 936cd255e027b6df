import type { JsonMap } from '../base/json.ts'
import type { NewSoftwareDeployment, SoftwareDeploymentUpdate } from '../contract/engine.ts'
import { softwareDeployments } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'
import { isGiven, mapIn, neededTextIn, textIn } from './software-body.ts'
import { softwareConfigReply, softwareDeploymentReply } from './software-shapes.ts'

const list = answer(softwareDeployments.listSoftwareDeployments, async ({ query, caller, engine }) => {
  const { server_id: serverId } = query
  const found = await engine.listSoftwareDeployments(caller, serverId === undefined ? {} : { serverId })
  return { software_deployments: found.map(softwareDeploymentReply) }
})

const configs = answer(softwareDeployments.showServerConfigs, async ({ path, caller, engine }) => ({
  metadata: (await engine.showServerConfigs(caller, { serverId: path.server_id })).map(softwareConfigReply),
}))

const create = answer(softwareDeployments.createSoftwareDeployment, async ({ body, caller, engine }) => ({
  software_deployment: softwareDeploymentReply(
    await engine.createSoftwareDeployment(caller, newDeployment(body)),
  ),
}))

const longestId = 64
const longestReason = 64 * 1024

const newDeployment = (body: JsonMap): NewSoftwareDeployment => ({
  serverId: neededTextIn(body, 'server_id', longestId),
  configId: neededTextIn(body, 'config_id', longestId),
  inputValues: mapIn(body, 'input_values'),
  action: textIn(body, 'action'),
  status: textIn(body, 'status'),
  statusReason: textIn(body, 'status_reason', longestReason),
  stackUserProjectId: textIn(body, 'stack_user_project_id', longestId),
})

const show = answer(softwareDeployments.showSoftwareDeployment, async ({ path, caller, engine }) => ({
  software_deployment: softwareDeploymentReply(
    await engine.showSoftwareDeployment(caller, { id: path.deployment_id }),
  ),
}))

const update = answer(
  softwareDeployments.updateSoftwareDeployment,
  async ({ path, body, caller, engine }) => ({
    software_deployment: softwareDeploymentReply(
      await engine.updateSoftwareDeployment(caller, { id: path.deployment_id, ...changeIn(body) }),
    ),
  }),
)

/** What is empty or null stays as it is. */
function changeIn(body: JsonMap): Omit<SoftwareDeploymentUpdate, 'id'> {
  const said = {
    configId: textIn(body, 'config_id', longestId),
    inputValues: mapIn(body, 'input_values'),
    outputValues: mapIn(body, 'output_values'),
    action: textIn(body, 'action'),
    status: textIn(body, 'status'),
    statusReason: textIn(body, 'status_reason', longestReason),
  }
  const given = Object.entries(said).filter(([, value]) => isGiven(value))
  return Object.fromEntries(given) as Omit<SoftwareDeploymentUpdate, 'id'>
}

const remove = answer(softwareDeployments.deleteSoftwareDeployment, async ({ path, caller, engine }) => {
  await engine.deleteSoftwareDeployment(caller, { id: path.deployment_id })
  return null
})

/** What answers for software deployments. */
export const softwareDeploymentRoutes: readonly Route[] = [list, configs, create, show, update, remove]
