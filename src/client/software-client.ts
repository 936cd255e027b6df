import type { ReplyOf, RequestOf } from '../contract/endpoint.ts'
import {
  type SoftwareConfigReply,
  type SoftwareDeploymentReply,
  softwareConfigs,
  softwareDeployments,
} from '../contract/rest/index.ts'
import type { Connection } from './connection.ts'
import { newSignalUrl } from './signal-url.ts'

/** What `POST /software_configs` takes. */
export type SoftwareConfigBody = RequestOf<typeof softwareConfigs.createSoftwareConfig>['body']
/** What `POST /software_deployments` takes. */
export type SoftwareDeploymentBody = RequestOf<typeof softwareDeployments.createSoftwareDeployment>['body']
/** What `PUT /software_deployments/{id}` takes. */
export type SoftwareDeploymentChange = RequestOf<typeof softwareDeployments.updateSoftwareDeployment>['body']

/** What servers are to be configured with. */
export interface SoftwareClient {
  createSoftwareConfig(body: SoftwareConfigBody): Promise<SoftwareConfigReply>
  showSoftwareConfig(id: string): Promise<SoftwareConfigReply>
  listSoftwareConfigs(
    query?: RequestOf<typeof softwareConfigs.listSoftwareConfigs>['query'],
  ): Promise<ReplyOf<typeof softwareConfigs.listSoftwareConfigs>>
  deleteSoftwareConfig(id: string): Promise<void>
  createSoftwareDeployment(body: SoftwareDeploymentBody): Promise<SoftwareDeploymentReply>
  showSoftwareDeployment(id: string): Promise<SoftwareDeploymentReply>
  /** Those of one server, if it is said. */
  listSoftwareDeployments(options?: {
    readonly server?: string
  }): Promise<ReplyOf<typeof softwareDeployments.listSoftwareDeployments>>
  updateSoftwareDeployment(id: string, change: SoftwareDeploymentChange): Promise<SoftwareDeploymentReply>
  deleteSoftwareDeployment(id: string): Promise<void>
  /** What a server is to be configured with, in the order in which it is to be done. */
  showServerConfigs(server: string): Promise<readonly SoftwareConfigReply[]>
  /** An address in the object store at which anybody may write what came of a software deployment, from now on for so long. */
  newSignalUrl(options: {
    readonly container: string
    readonly minutes: number
    readonly now: number
  }): Promise<string>
}

/** That part of a client. */
export function softwareCalls(connection: Connection): SoftwareClient {
  const config = (id: string) => ({ path: { config_id: id } })
  const deployment = (id: string) => ({ path: { deployment_id: id } })
  return {
    createSoftwareConfig: async (body) =>
      (await connection.ask(softwareConfigs.createSoftwareConfig, { body })).software_config,
    showSoftwareConfig: async (id) =>
      (await connection.ask(softwareConfigs.showSoftwareConfig, config(id))).software_config,
    listSoftwareConfigs: (query = {}) => connection.ask(softwareConfigs.listSoftwareConfigs, { query }),
    async deleteSoftwareConfig(id) {
      await connection.ask(softwareConfigs.deleteSoftwareConfig, config(id))
    },
    createSoftwareDeployment: async (body) =>
      (await connection.ask(softwareDeployments.createSoftwareDeployment, { body })).software_deployment,
    showSoftwareDeployment: async (id) =>
      (await connection.ask(softwareDeployments.showSoftwareDeployment, deployment(id))).software_deployment,
    listSoftwareDeployments({ server } = {}) {
      const query = server === undefined ? {} : { server_id: server }
      return connection.ask(softwareDeployments.listSoftwareDeployments, { query })
    },
    async updateSoftwareDeployment(id, body) {
      const question = { ...deployment(id), body }
      return (await connection.ask(softwareDeployments.updateSoftwareDeployment, question))
        .software_deployment
    },
    async deleteSoftwareDeployment(id) {
      await connection.ask(softwareDeployments.deleteSoftwareDeployment, deployment(id))
    },
    newSignalUrl: (options) => newSignalUrl(connection, options),
    showServerConfigs: async (server) =>
      (await connection.ask(softwareDeployments.showServerConfigs, { path: { server_id: server } })).metadata,
  }
}
