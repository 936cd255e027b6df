import { after, before } from 'node:test'
import { uuid } from '../../src/base/ids.ts'
import { silent } from '../../src/base/log.ts'
import {
  type Change,
  type DeploymentRow,
  type EventRow,
  type Ownership,
  openStore,
  type ResourceRow,
  type StackRow,
  type Store,
  type StoreOptions,
  type TemplateRow,
} from '../../src/store/index.ts'

export const encryptionKey = 'a key of thirty-two characters..'

export const open = (connection: string, options: Partial<StoreOptions> = {}): Promise<Store> =>
  openStore({ connection, encryptionKey, log: silent, ...options })

/** Has a store over an empty database for the tests of a suite. */
export function withStore(
  { empty }: { empty(): Promise<string> },
  begin: (opened: { readonly store: Store; readonly connection: string }) => void,
): void {
  let store: Store | undefined
  before(async () => {
    const connection = await empty()
    store = await open(connection)
    begin({ store, connection })
  })
  after(() => store?.close())
}

export function aStack(part: Partial<StackRow> = {}): StackRow {
  const id = part.id ?? uuid()
  return {
    id,
    name: `stack-${id}`,
    projectId: 'project',
    parentId: null,
    parentResourceId: null,
    parentResourceName: null,
    rootId: id,
    depth: 0,
    action: 'CREATE',
    status: 'IN_PROGRESS',
    statusReason: 'Stack CREATE started',
    templateId: uuid(),
    previousTemplateId: null,
    disableRollback: true,
    keepsObjects: false,
    converge: false,
    timeoutMins: null,
    tags: [],
    userId: 'user',
    userName: 'alice',
    credentialId: null,
    createdAt: 1_000,
    updatedAt: null,
    deletedAt: null,
    ...part,
  }
}

export function aTemplate(stack: StackRow, part: Partial<TemplateRow> = {}): TemplateRow {
  return {
    id: stack.templateId,
    stackId: stack.id,
    template: { heat_template_version: '2021-04-16', resources: {} },
    environment: { parameters: { size: 3 } },
    files: {},
    facade: null,
    ...part,
  }
}

export function aResource(stackId: string, part: Partial<ResourceRow> = {}): ResourceRow {
  return {
    id: uuid(),
    stackId,
    name: 'server',
    type: 'OS::Nova::Server',
    physicalId: null,
    external: false,
    action: 'CREATE',
    status: 'COMPLETE',
    statusReason: 'state changed',
    properties: { flavor: 'm1.tiny', networks: [{ network: 'private' }] },
    sealed: false,
    metadata: { role: 'web' },
    attributes: { '["first_address"]': '10.0.0.5' },
    reference: null,
    deletionPolicy: 'Delete',
    notes: { step: 'attached' },
    secrets: {},
    needs: ['network'],
    templateId: 'template',
    replaces: null,
    replacedBy: null,
    intent: null,
    createdAt: 1_000,
    updatedAt: 2_000,
    ...part,
  }
}

let sequence = 0

export function anEvent(stack: StackRow, part: Partial<EventRow> = {}): EventRow {
  return {
    id: uuid(),
    stackId: stack.id,
    rootId: stack.rootId,
    resourceName: 'server',
    resourceType: 'OS::Nova::Server',
    physicalId: '',
    action: 'CREATE',
    status: 'COMPLETE',
    statusReason: 'state changed',
    properties: { size: 1 },
    sequence: ++sequence,
    createdAt: 1_000,
    ...part,
  }
}

/** Stores a new stack; answers its row. */
export async function stored(store: Store, part: Partial<StackRow> = {}): Promise<StackRow> {
  const stack = aStack(part)
  await store.createStack({ stack, template: aTemplate(stack), askedAt: stack.createdAt })
  return stack
}

export async function deploymentOf(store: Store, stackId: string): Promise<DeploymentRow> {
  const deployment = await store.deployment(stackId)
  if (deployment === undefined) throw new Error(`stack ${stackId} has no deployment`)
  return deployment
}

/** Makes an engine the owner of a stack. */
export async function claimed(store: Store, stackId: string, engineId = uuid()): Promise<Ownership> {
  const owner = await store.claim(await deploymentOf(store, stackId), engineId)
  if (owner === undefined) throw new Error(`stack ${stackId} could not be claimed`)
  return owner
}

/** Stores a new stack and owns it. */
export async function owned(
  store: Store,
  part: Partial<StackRow> = {},
): Promise<{ stack: StackRow; owner: Ownership }> {
  const stack = await stored(store, part)
  return { stack, owner: await claimed(store, stack.id) }
}

export const change = (owner: Ownership, part: Omit<Change, 'owner'> = {}): Change => ({ owner, ...part })
