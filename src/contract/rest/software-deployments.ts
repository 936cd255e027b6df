import { map, string } from '../../schema/index.ts'
import { endpoint } from '../endpoint.ts'
import { listOf, nothing, record } from '../reply.ts'
import { softwareConfig, softwareDeployment } from './replies/software.ts'

const deployments = '/v1/{project_id}/software_deployments' as const

const changeable = {
  config_id: string('The software config that the server is to be configured with.'),
  input_values: map('Values of its inputs.'),
  action: string('What it is done for: CREATE, UPDATE, …'),
  status: string('IN_PROGRESS, COMPLETE or FAILED.'),
  status_reason: string('Why that is its status.'),
}

const reply = record({ software_deployment: softwareDeployment })

export const listSoftwareDeployments = endpoint(`GET ${deployments}`, {
  summary: 'Lists software deployments, the oldest first.',
  policy: 'software_deployments:index',
  query: { server_id: string('Those of this server.', { example: '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1' }) },
  reply: record({ software_deployments: listOf('The software deployments.', softwareDeployment) }),
})

export const showServerConfigs = endpoint(`GET ${deployments}/metadata/{server_id}`, {
  summary: 'Shows what a server is to be configured with: the software configs, in the order of their names.',
  policy: 'software_deployments:metadata',
  reply: record({ metadata: listOf('The software configs.', softwareConfig) }),
})

export const createSoftwareDeployment = endpoint(`POST ${deployments}`, {
  summary: 'Notes that a server is to be configured with a software config.',
  policy: 'software_deployments:create',
  body: {
    server_id: string('The server.', { required: true }),
    ...changeable,
    config_id: string('The software config that the server is to be configured with.', { required: true }),
    stack_user_project_id: string('The project of users who may ask for it from inside the server.'),
  },
  example: {
    server_id: '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
    config_id: '0c24b9a1-3e1d-4f43-8b52-5b7e3f0c9d11',
    ...{ input_values: { port: 8080 }, action: 'CREATE', status: 'IN_PROGRESS' },
  },
  reply,
})

export const showSoftwareDeployment = endpoint(`GET ${deployments}/{deployment_id}`, {
  summary: 'Shows one software deployment.',
  policy: 'software_deployments:show',
  reply,
})

export const updateSoftwareDeployment = endpoint(`PUT ${deployments}/{deployment_id}`, {
  summary: 'Changes what is given of a software deployment and keeps the rest.',
  policy: 'software_deployments:update',
  body: { ...changeable, output_values: map('What came of it: values of the outputs of its config.') },
  example: { status: 'COMPLETE', output_values: { deploy_status_code: 0 } },
  reply,
})

export const deleteSoftwareDeployment = endpoint(`DELETE ${deployments}/{deployment_id}`, {
  summary: 'Deletes a software deployment.',
  policy: 'software_deployments:delete',
  status: 204,
  reply: nothing,
})
