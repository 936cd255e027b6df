import { isMap, type JsonMap } from '../base/json.ts'
import { shortened } from '../base/text.ts'
import type { StackRequest, UpdateRequest } from '../contract/engine.ts'
import { BadRequest, NotSupported, RequestLimitExceeded, ValidationFailed } from '../contract/problems.ts'
import { malformed } from './faults.ts'
import { readBoolean, readInteger } from './query.ts'
import type { Reachable } from './reachable.ts'
import { fetchTemplate } from './template-url.ts'

/** What kind of request a body is of: it decides what must and may be in it. */
export type Purpose = 'create' | 'update' | 'patch' | 'validate'

interface Limits {
  readonly maxTemplateSize: number
  readonly templateFetchTimeoutMs: number
  readonly reachable: Reachable
}

/** The part of an update request that the body says. */
export type UpdateWish = Omit<UpdateRequest, 'stack' | 'existing'>

/** Reads what a body says about the stack that is wanted; the template is fetched if only its address is given. */
export async function stackRequest(body: JsonMap, purpose: Purpose, limits: Limits): Promise<UpdateWish> {
  refuseAdoption(body, purpose)
  const settings = purpose === 'validate' ? {} : settingsIn(body, purpose)
  const template = await templateIn(body, purpose, limits)
  const environment = environmentIn(body)
  const files = filesIn(body)
  const filesContainer = containerIn(body)
  const environmentFiles = textsIn(body, 'environment_files')
  const parameters = parametersIn(body)
  return {
    ...settings,
    ...(template !== undefined && { template }),
    ...(environment !== undefined && { environment }),
    ...(files !== undefined && { files }),
    ...(filesContainer !== undefined && { filesContainer }),
    ...(environmentFiles !== undefined && { environmentFiles }),
    ...(parameters !== undefined && { parameters }),
  }
}

/** The name that a new stack is to have. */
export function stackNameIn(body: JsonMap): string {
  const name = body.stack_name
  if (name === undefined) throw BadRequest({ message: 'No stack name specified' })
  if (typeof name === 'string') return name
  const told = shortened(name === null ? 'None' : JSON.stringify(name), 100)
  throw ValidationFailed({ message: `Invalid stack name ${told}, must be a string`, problems: [] })
}

/** The document that a new stack is to be adopted from. */
export function adoptedIn({ adopt_stack_data: adopt }: JsonMap): { readonly adopt?: string } {
  if (!isGiven(adopt)) return {}
  if (typeof adopt !== 'string') throw malformed()
  return { adopt }
}

const parts = [
  'stack_name',
  'template',
  'template_url',
  'parameters',
  'environment',
  'files',
  'environment_files',
  'files_container',
]

/** Whether a PATCH says nothing at all: then it only asks to go over the stack again. */
export function changesNothing(body: JsonMap): boolean {
  const saysMore = Object.keys(body).some((key) => !parts.includes(key))
  const saysTemplate = (body.template ?? body.template_url ?? body.files_container ?? null) !== null
  const contents = [body.parameters, body.environment, body.files, body.environment_files]
  return !saysMore && !saysTemplate && contents.every(isEmpty)
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isMap(value) && Object.values(value).every(isEmpty)
}

function refuseAdoption({ adopt_stack_data: adopt }: JsonMap, purpose: Purpose): void {
  if (purpose !== 'create' && isGiven(adopt))
    throw NotSupported({ feature: 'Adopting into a stack that is there' })
}

type StackSettings = Pick<
  UpdateWish,
  'timeoutMins' | 'disableRollback' | 'tags' | 'converge' | 'clearParameters'
>

function settingsIn(body: JsonMap, purpose: Purpose): StackSettings {
  const { timeout_mins: timeout, disable_rollback: stay, tags, converge } = body
  const isUpdate = purpose === 'update' || purpose === 'patch'
  if (!isUpdate && converge !== undefined) {
    throw BadRequest({ message: 'converge flag only supported in stack update (or update preview) request.' })
  }
  const clear = purpose === 'patch' ? textsIn(body, 'clear_parameters') : undefined
  return {
    ...(isGiven(timeout) && { timeoutMins: readInteger('timeout_mins', timeout) }),
    ...(isGiven(stay) && { disableRollback: readBoolean('disable_rollback', stay) }),
    ...(isGiven(tags) && { tags: readTags(tags) }),
    ...(isGiven(converge) && { converge: readBoolean('converge', converge) }),
    ...(clear && { clearParameters: clear }),
  }
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/** Tags separated by commas, or as a list. */
export function readTags(value: unknown): readonly string[] {
  const tags: unknown = typeof value === 'string' ? value.split(',') : value
  if (!Array.isArray(tags)) throw malformed()
  return tags.map((tag: unknown) => {
    if (typeof tag !== 'string') throw malformed()
    if (tag.length > 80)
      throw BadRequest({ message: `Invalid tag, "${tag.slice(0, 100)}" is longer than 80 characters` })
    return tag
  })
}

async function templateIn(
  body: JsonMap,
  purpose: Purpose,
  limits: Limits,
): Promise<StackRequest['template']> {
  const { template } = body
  // The document that a stack is adopted from has its own.
  if (purpose === 'create' && isGiven(body.adopt_stack_data)) return undefined
  if (template === undefined && body.template_url !== undefined) {
    const { maxTemplateSize: maxSize, templateFetchTimeoutMs: timeoutMs, reachable } = limits
    return fetchTemplate(body.template_url, { maxSize, timeoutMs, reachable })
  }
  if (template === undefined || template === null) {
    if (purpose === 'patch') return undefined
    throw BadRequest({ message: 'No template specified' })
  }
  if (typeof template !== 'string' && !isMap(template)) {
    const error = 'The template is not a JSON object or YAML mapping.'
    throw BadRequest({ message: `Template not in valid format: ${error}` })
  }
  checkSize(template, limits.maxTemplateSize)
  return template
}

function checkSize(template: string | JsonMap, limit: number): void {
  const size = Buffer.byteLength(typeof template === 'string' ? template : JSON.stringify(template))
  if (size > limit) {
    throw RequestLimitExceeded({
      message: `Template size (${size} bytes) exceeds maximum allowed size (${limit} bytes).`,
    })
  }
}

function environmentIn({ environment }: JsonMap): StackRequest['environment'] {
  if (environment === undefined || environment === null) return undefined
  if (typeof environment === 'string' || isMap(environment)) return environment
  throw BadRequest({
    message: 'Environment not in valid format: The environment is not a valid YAML mapping data type.',
  })
}

function parametersIn({ parameters }: JsonMap): JsonMap | undefined {
  if (parameters === undefined) return undefined
  if (!isMap(parameters)) throw malformed()
  return parameters
}

function filesIn({ files }: JsonMap): Readonly<Record<string, string>> | undefined {
  if (files === undefined || files === null) return undefined
  if (!isMap(files)) throw malformed()
  const strange = Object.entries(files).find(([, content]) => typeof content !== 'string')
  if (strange) throw BadRequest({ message: `The content of file "${strange[0]}" is not a text.` })
  return files as Readonly<Record<string, string>>
}

function containerIn({ files_container: container }: JsonMap): string | undefined {
  if (!isGiven(container) || container === '') return undefined
  if (typeof container !== 'string') throw malformed()
  return container
}

function textsIn(body: JsonMap, key: string): readonly string[] | undefined {
  const value = body[key]
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value
  throw malformed()
}
