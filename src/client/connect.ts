import { Problem } from '../base/problem.ts'
import { actions, events, misc, resources, resourceTypes, stacks, templates } from '../contract/rest/index.ts'
import { Connection } from './connection.ts'
import { findProject } from './find-project.ts'
import type { HearthClient, StackAddress, StackArgument } from './hearth-client.ts'
import type { ClientSettings } from './settings.ts'
import { softwareCalls } from './software-client.ts'

/** Proves who is asking, finds the service and answers with a client of it. Refusals are `Problem`s. */
export async function connectClient(settings: ClientSettings): Promise<HearthClient> {
  return clientOf(await Connection.open(settings))
}

function clientOf(connection: Connection): HearthClient {
  return {
    findProject: (project, { domain } = {}) =>
      findProject((path) => connection.askKeystone(path), {
        project,
        ...(domain !== undefined && { domain }),
      }),
    readObject: (url) => connection.readObject(url),
    ask: (endpoint, question) => connection.ask(endpoint, question),
    withSignal: (signal) => clientOf(connection.withSignal(signal)),
    projectId: connection.projectId,
    endpoint: connection.endpoint,
    ...stackCalls(connection),
    ...snapshotCalls(connection),
    ...resourceCalls(connection),
    ...eventCalls(connection),
    ...typeCalls(connection),
    ...softwareCalls(connection),
  }
}

type StackCalls = Pick<
  HearthClient,
  | 'createStack'
  | 'previewStack'
  | 'updateStack'
  | 'previewUpdate'
  | 'deleteStack'
  | 'actOnStack'
  | 'exportStack'
  | 'abandonStack'
  | 'findStack'
  | 'showStack'
  | 'listStacks'
  | 'showTemplate'
  | 'showEnvironment'
  | 'showFiles'
  | 'listOutputs'
  | 'showOutput'
>

function stackCalls(connection: Connection): StackCalls {
  const at = async (stack: StackArgument) => ({ path: await addressOf(connection, stack) })
  return {
    createStack: (body) => connection.ask(stacks.createStack, { body }),
    previewStack: (body) => connection.ask(stacks.previewStack, { body }),
    async updateStack(stack, body, { existing = false } = {}) {
      await connection.ask(existing ? stacks.patchStack : stacks.updateStack, { ...(await at(stack)), body })
    },
    async previewUpdate(stack, body, { existing = false, showNested } = {}) {
      const query = showNested === undefined ? {} : { show_nested: showNested }
      const question = { ...(await at(stack)), query, body }
      return connection.ask(existing ? stacks.previewPatch : stacks.previewUpdate, question)
    },
    async deleteStack(stack) {
      await connection.ask(stacks.deleteStack, await at(stack))
    },
    findStack: (nameOrId) => addressOf(connection, nameOrId),
    async showStack(stack, { resolveOutputs } = {}) {
      const query = resolveOutputs === undefined ? {} : { resolve_outputs: resolveOutputs }
      return connection.ask(stacks.showStack, { ...(await at(stack)), query })
    },
    listStacks: (query = {}) => connection.ask(stacks.listStacks, { query }),
    showTemplate: async (stack) => connection.ask(stacks.showTemplate, await at(stack)),
    async actOnStack(stack, action) {
      await connection.ask(actions.actOnStack, { ...(await at(stack)), body: { [action]: null } })
    },
    exportStack: async (stack) => connection.ask(stacks.exportStack, await at(stack)),
    abandonStack: async (stack) => connection.ask(stacks.abandonStack, await at(stack)),
    showEnvironment: async (stack) => connection.ask(stacks.showEnvironment, await at(stack)),
    showFiles: async (stack) => connection.ask(stacks.showFiles, await at(stack)),
    listOutputs: async (stack) => connection.ask(stacks.listOutputs, await at(stack)),
    async showOutput(stack, key) {
      return connection.ask(stacks.showOutput, {
        path: { ...(await addressOf(connection, stack)), output_key: key },
      })
    },
  }
}

/** A name or ID is looked up; `name/id` is an address already. */
async function addressOf(connection: Connection, stack: StackArgument): Promise<StackAddress> {
  if (typeof stack !== 'string') return stack
  const [name = '', id] = stack.split('/')
  if (id !== undefined) return { stack_name: name, stack_id: id }
  const [lookup] = stacks.lookups
  if (lookup === undefined) throw new TypeError('the contract has no look-up')
  const { headers } = await connection.send(lookup, { path: { stack_name: stack } })
  const location = headers.get('location') ?? ''
  const [, foundName, foundId] = /\/stacks\/([^/?]+)\/([^/?]+)/.exec(location) ?? []
  if (foundName === undefined || foundId === undefined) {
    throw new Problem('StrangeRedirect', `The service does not say where stack ${stack} is.`, { status: 502 })
  }
  return { stack_name: decodeURIComponent(foundName), stack_id: decodeURIComponent(foundId) }
}

type SnapshotCalls = Pick<
  HearthClient,
  'createSnapshot' | 'listSnapshots' | 'showSnapshot' | 'deleteSnapshot' | 'restoreSnapshot'
>

function snapshotCalls(connection: Connection): SnapshotCalls {
  const at = async (stack: StackArgument, snapshot: string) => ({
    path: { ...(await addressOf(connection, stack)), snapshot_id: snapshot },
  })
  return {
    async createSnapshot(stack, { name } = {}) {
      const body = name === undefined ? {} : { name }
      return connection.ask(stacks.createSnapshot, { path: await addressOf(connection, stack), body })
    },
    listSnapshots: async (stack) =>
      connection.ask(stacks.listSnapshots, { path: await addressOf(connection, stack) }),
    showSnapshot: async (stack, snapshot) => connection.ask(stacks.showSnapshot, await at(stack, snapshot)),
    async deleteSnapshot(stack, snapshot) {
      await connection.ask(stacks.deleteSnapshot, await at(stack, snapshot))
    },
    async restoreSnapshot(stack, snapshot) {
      await connection.ask(stacks.restoreSnapshot, await at(stack, snapshot))
    },
  }
}

type ResourceCalls = Pick<
  HearthClient,
  'listResources' | 'showResource' | 'showMetadata' | 'markUnhealthy' | 'signalResource'
>

function resourceCalls(connection: Connection): ResourceCalls {
  const at = async (stack: StackArgument, resource: string) => ({
    path: { ...(await addressOf(connection, stack)), resource_name: resource },
  })
  return {
    async listResources(stack, query = {}) {
      return connection.ask(resources.listResources, { path: await addressOf(connection, stack), query })
    },
    async showResource(stack, resource, { withAttributes } = {}) {
      const query = withAttributes ? { with_attr: withAttributes } : {}
      return connection.ask(resources.showResource, { ...(await at(stack, resource)), query })
    },
    async markUnhealthy(stack, resource, { unhealthy, reason }) {
      const body = { mark_unhealthy: unhealthy, ...(reason !== '' && { resource_status_reason: reason }) }
      await connection.ask(resources.markUnhealthy, { ...(await at(stack, resource)), body })
    },
    showMetadata: async (stack, resource) =>
      connection.ask(resources.showMetadata, await at(stack, resource)),
    async signalResource(stack, resource, details) {
      const where = await at(stack, resource)
      await connection.ask(resources.signalResource, { ...where, ...(details && { body: details }) })
    },
  }
}

function eventCalls(connection: Connection): Pick<HearthClient, 'listEvents' | 'showEvent'> {
  return {
    async listEvents(stack, query = {}, { resource } = {}) {
      const path = await addressOf(connection, stack)
      if (resource === undefined) return connection.ask(events.listEvents, { path, query })
      return connection.ask(events.listResourceEvents, { path: { ...path, resource_name: resource }, query })
    },
    async showEvent(stack, resource, event) {
      const address = await addressOf(connection, stack)
      return connection.ask(events.showEvent, {
        path: { ...address, resource_name: resource, event_id: event },
      })
    },
  }
}

type TypeCalls = Pick<
  HearthClient,
  | 'validateTemplate'
  | 'listResourceTypes'
  | 'showResourceType'
  | 'showResourceTypeTemplate'
  | 'listTemplateVersions'
  | 'listTemplateFunctions'
  | 'buildInfo'
  | 'listServices'
>

function typeCalls(connection: Connection): TypeCalls {
  return {
    validateTemplate(body, { showNested, ignoreErrors } = {}) {
      const query = {
        ...(showNested !== undefined && { show_nested: showNested }),
        ...(ignoreErrors && { ignore_errors: ignoreErrors }),
      }
      return connection.ask(templates.validateTemplate, { query, body })
    },
    listResourceTypes: (query = {}) => connection.ask(resourceTypes.listResourceTypes, { query }),
    showResourceType(type, { withDescription } = {}) {
      const query = withDescription === undefined ? {} : { with_description: withDescription }
      return connection.ask(resourceTypes.showResourceType, { path: { type_name: type }, query })
    },
    showResourceTypeTemplate(type, form) {
      const query = form === undefined ? {} : { template_type: form }
      return connection.ask(resourceTypes.showResourceTypeTemplate, { path: { type_name: type }, query })
    },
    listTemplateVersions: () => connection.ask(templates.listTemplateVersions),
    listTemplateFunctions(version, { withConditions } = {}) {
      const query = withConditions === undefined ? {} : { with_condition_func: withConditions }
      return connection.ask(templates.listTemplateFunctions, { path: { template_version: version }, query })
    },
    buildInfo: () => connection.ask(misc.buildInfo),
    listServices: () => connection.ask(misc.listServices),
  }
}
