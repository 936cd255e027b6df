import type { NewStackRequest } from '../../contract/engine.ts'
import { NotSupported, RequestLimitExceeded, StackExists, ValidationFailed } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import { newCredential, passesTrustOn } from '../credentials.ts'
import { type AbandonedStack, readDocument } from '../document.ts'
import { stackEvent } from '../lifecycle/journal.ts'
import { seedsOf } from '../lifecycle/seeds.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { started } from '../plan/begin.ts'
import { withContainer } from './files-container.ts'
import { permitTypes } from './permit.ts'
import { identityOf } from './stacks.ts'
import { verifyStack } from './verify.ts'
import { type WantedStack, type Wanting, wantedStack } from './wanted.ts'

/** Accepts a new stack: it is stored with its target when this resolves, and an engine takes it up at once. */
export async function createStack(
  parts: EngineParts,
  caller: Caller,
  given: NewStackRequest,
): Promise<StackIdentity> {
  const id = parts.call ?? parts.newId()
  checkName(given.name)
  await checkRoom(parts, caller, given.name)
  const ask = await withContainer(parts, caller, given)
  const abandoned = abandonedIn(parts, ask)
  const pseudo = { stackName: ask.name, stackId: id, projectId: caller.projectId }
  const wanted = wantedNew(parts, { ask, pseudo, ...(abandoned && { abandoned }) })
  permitTypes(parts, caller, wanted.types)
  const imagined = stackRow(parts, caller, { ask, id, templateId: '', credentialId: null })
  await verifyStack(parts, caller, { stack: imagined, definition: wanted.definition })
  const credential = await newCredential(parts, caller, { passedOn: passesTrustOn(parts, wanted.types) })
  const template = templateRow(parts, id, wanted)
  const created = stackRow(parts, caller, { ask, id, templateId: template.id, credentialId: credential.id })
  const stack = abandoned === undefined ? created : adopted(created)
  const { definition } = wanted
  const seeding = abandoned && { stackId: id, templateId: template.id, definition, ...abandoned }
  try {
    await parts.store.createStack({
      stack,
      template,
      credential,
      askedAt: stack.createdAt,
      events: [stackEvent(parts, stack)],
      call: noted(parts),
      ...(seeding && { resources: seedsOf(parts, seeding) }),
    })
  } catch (error) {
    await parts.access.discard(credential.document, caller.projectId).catch(() => {})
    throw error
  }
  parts.hints.work(id)
  return identityOf(stack)
}

/** The stack that is to be adopted, if one is. */
export function abandonedIn(
  { options }: EngineParts,
  { adopt }: NewStackRequest,
): AbandonedStack | undefined {
  if (adopt === undefined) return undefined
  if (!options.enableStackAdopt) throw NotSupported({ feature: 'Stack Adopt' })
  return readDocument(adopt, options)
}

interface WantingNew extends Omit<Wanting, 'ask'> {
  readonly ask: NewStackRequest
  readonly abandoned?: AbandonedStack
}

/** What a new stack is to be; what is said of it counts more than what the abandoned one was. */
export function wantedNew(parts: EngineParts, { ask, abandoned, ...rest }: WantingNew): WantedStack {
  if (abandoned === undefined) return wantedStack(parts, { ask, ...rest })
  const { template: _, ...said } = ask
  const present = { row: abandoned, clearParameters: [] }
  return wantedStack(parts, { ask: said, present, ...rest })
}

const adopted = (stack: StackRow): StackRow => ({
  ...stack,
  ...started('ADOPT'),
})

const nameForm = /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/

export function checkName(name: string): void {
  if (nameForm.test(name)) return
  const message = `Invalid stack name ${name.slice(0, 300)} must contain only alphanumeric or "_-." characters, must start with alpha and must be 255 characters or less.`
  throw ValidationFailed({ message, problems: [] })
}

export async function checkRoom(
  { store, options }: EngineParts,
  caller: Caller,
  name: string,
): Promise<void> {
  if ((await store.stackByName(caller.projectId, name)) !== undefined) throw StackExists({ stack: name })
  const most = options.maxStacksPerTenant
  if (caller.isAdmin || most < 0 || (await store.countLive(caller.projectId)) < most) return
  throw RequestLimitExceeded({
    message: `You have reached the maximum stacks per tenant, ${most}. Please delete some stacks.`,
  })
}

/** A request's template, environment and files as they are stored. */
export function templateRow(
  { newId }: EngineParts,
  stackId: string,
  { template, environment, files }: WantedStack,
): TemplateRow {
  return {
    id: newId(),
    stackId,
    template: template.source,
    environment: environment.toJson(),
    files,
    facade: null,
  }
}

interface Beginning {
  readonly ask: NewStackRequest
  readonly id: string
  readonly templateId: string
  readonly credentialId: string | null
}

export function stackRow(
  { clock }: EngineParts,
  caller: Caller,
  { ask, id, templateId, credentialId }: Beginning,
): StackRow {
  return {
    id,
    name: ask.name,
    projectId: caller.projectId,
    parentId: null,
    parentResourceId: null,
    parentResourceName: null,
    rootId: id,
    depth: 0,
    ...started('CREATE'),
    templateId,
    previousTemplateId: null,
    disableRollback: ask.disableRollback ?? true,
    keepsObjects: false,
    converge: false,
    timeoutMins: ask.timeoutMins || null,
    tags: ask.tags ?? [],
    userId: caller.userId,
    userName: caller.userName,
    credentialId,
    createdAt: clock.now(),
    updatedAt: null,
    deletedAt: null,
  }
}
