import type { JsonMap } from '../base/json.ts'
import type { AnyEndpoint, ReplyOf, RequestOf } from '../contract/endpoint.ts'
import type {
  actions,
  events,
  misc,
  resources,
  resourceTypes,
  stacks,
  templates,
} from '../contract/rest/index.ts'
import type { SoftwareClient } from './software-client.ts'

/** A stack whose address is known, so that no look-up is needed. */
export interface StackAddress {
  readonly stack_name: string
  readonly stack_id: string
}

/** A stack by its name or ID, which the service looks up, or by its address. */
export type StackArgument = string | StackAddress

/** What an operation is asked with: the path's values but for the project, which the client knows. */
export interface Question<E> {
  readonly path?: Omit<RequestOf<E>['path'], 'project_id'>
  readonly query?: RequestOf<E>['query']
  readonly body?: RequestOf<E>['body']
}

/** What `POST /stacks` takes. */
export type CreateBody = RequestOf<typeof stacks.createStack>['body']
/** What updates take; `clear_parameters` only together with `existing`. */
export type UpdateBody = RequestOf<typeof stacks.patchStack>['body']
/** What `POST /validate` takes. */
export type ValidateBody = RequestOf<typeof templates.validateTemplate>['body']
/** What lists of stacks can be asked for. */
export type StackListQuery = RequestOf<typeof stacks.listStacks>['query']
/** What lists of resources can be asked for. */
export type ResourceListQuery = RequestOf<typeof resources.listResources>['query']
/** What lists of events can be asked for. */
export type EventListQuery = RequestOf<typeof events.listEvents>['query']
/** What lists of resource types can be asked for. */
export type ResourceTypeQuery = RequestOf<typeof resourceTypes.listResourceTypes>['query']

/** What can be done to a stack as it is. */
export type StackDeed = keyof typeof actions.actions

/** A connection to one orchestration service in the name of one project. Replies are what the REST API sends. */
export interface HearthClient extends SoftwareClient {
  readonly projectId: string
  /** The service's address up to and including the project. */
  readonly endpoint: string
  /** The same client, whose requests end as soon as the signal is given. */
  withSignal(signal: AbortSignal): HearthClient
  /** The ID of a project, by its name or ID and, if it is said, the name or ID of its domain. */
  findProject(nameOrId: string, options?: { readonly domain?: string }): Promise<string>
  /** The bytes of an object in the cloud's own object store, by its URL; refuses any other URL, for the token is sent there. */
  readObject(url: string): Promise<Uint8Array>
  /** Asks for any operation of the API, also for those that have no method here: `ask(operations.misc.listVersions)`. */
  ask<E extends AnyEndpoint>(endpoint: E, question?: Question<E>): Promise<ReplyOf<E>>

  createStack(body: CreateBody): Promise<ReplyOf<typeof stacks.createStack>>
  previewStack(body: CreateBody): Promise<ReplyOf<typeof stacks.previewStack>>
  /** `existing`: what is not given stays as it is. */
  updateStack(
    stack: StackArgument,
    body: UpdateBody,
    options?: { readonly existing?: boolean },
  ): Promise<void>
  previewUpdate(
    stack: StackArgument,
    body: UpdateBody,
    options?: { readonly existing?: boolean; readonly showNested?: boolean },
  ): Promise<ReplyOf<typeof stacks.previewUpdate>>
  deleteStack(stack: StackArgument): Promise<void>
  /** Does something to a stack as it is. */
  actOnStack(stack: StackArgument, action: StackDeed): Promise<void>
  /** All that is known of a stack, secrets too. */
  exportStack(stack: StackArgument): Promise<JsonMap>
  /** The same; and the stack is forgotten. There is no second answer. */
  abandonStack(stack: StackArgument): Promise<JsonMap>
  createSnapshot(
    stack: StackArgument,
    options?: { readonly name?: string },
  ): Promise<ReplyOf<typeof stacks.createSnapshot>>
  listSnapshots(stack: StackArgument): Promise<ReplyOf<typeof stacks.listSnapshots>>
  showSnapshot(stack: StackArgument, snapshot: string): Promise<ReplyOf<typeof stacks.showSnapshot>>
  deleteSnapshot(stack: StackArgument, snapshot: string): Promise<void>
  restoreSnapshot(stack: StackArgument, snapshot: string): Promise<void>
  /** The address of the stack of a name or ID. */
  findStack(nameOrId: string): Promise<StackAddress>
  showStack(
    stack: StackArgument,
    options?: { readonly resolveOutputs?: boolean },
  ): Promise<ReplyOf<typeof stacks.showStack>>
  listStacks(query?: StackListQuery): Promise<ReplyOf<typeof stacks.listStacks>>
  showTemplate(stack: StackArgument): Promise<JsonMap>
  showEnvironment(stack: StackArgument): Promise<JsonMap>
  showFiles(stack: StackArgument): Promise<Readonly<Record<string, string>>>
  listOutputs(stack: StackArgument): Promise<ReplyOf<typeof stacks.listOutputs>>
  showOutput(stack: StackArgument, key: string): Promise<ReplyOf<typeof stacks.showOutput>>

  listResources(
    stack: StackArgument,
    query?: ResourceListQuery,
  ): Promise<ReplyOf<typeof resources.listResources>>
  showResource(
    stack: StackArgument,
    resource: string,
    options?: { readonly withAttributes?: readonly string[] },
  ): Promise<ReplyOf<typeof resources.showResource>>
  showMetadata(stack: StackArgument, resource: string): Promise<ReplyOf<typeof resources.showMetadata>>

  /** Tells a resource something; with `details` left out, only that there is something to tell. */
  signalResource(stack: StackArgument, resource: string, details?: JsonMap): Promise<void>

  /** Says that a resource is not well, or that it is well after all. */
  markUnhealthy(
    stack: StackArgument,
    resource: string,
    mark: { readonly unhealthy: boolean; readonly reason: string },
  ): Promise<void>

  /** Those of the whole stack or, with `resource`, of one resource of it. */
  listEvents(
    stack: StackArgument,
    query?: EventListQuery,
    options?: { readonly resource?: string },
  ): Promise<ReplyOf<typeof events.listEvents>>
  showEvent(stack: StackArgument, resource: string, event: string): Promise<ReplyOf<typeof events.showEvent>>

  validateTemplate(
    body: ValidateBody,
    options?: { readonly showNested?: boolean; readonly ignoreErrors?: readonly string[] },
  ): Promise<JsonMap>
  listResourceTypes(query?: ResourceTypeQuery): Promise<ReplyOf<typeof resourceTypes.listResourceTypes>>
  showResourceType(type: string, options?: { readonly withDescription?: boolean }): Promise<JsonMap>
  showResourceTypeTemplate(type: string, form?: 'cfn' | 'hot'): Promise<JsonMap>
  listTemplateVersions(): Promise<ReplyOf<typeof templates.listTemplateVersions>>
  listTemplateFunctions(
    version: string,
    options?: { readonly withConditions?: boolean },
  ): Promise<ReplyOf<typeof templates.listTemplateFunctions>>
  buildInfo(): Promise<ReplyOf<typeof misc.buildInfo>>
  listServices(): Promise<ReplyOf<typeof misc.listServices>>
}
