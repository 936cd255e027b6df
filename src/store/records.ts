import type { JsonMap } from '../base/json.ts'
import type { Origin } from '../base/tracing.ts'
import type { Sealer } from './fernet.ts'
import type {
  CredentialRow,
  DeploymentRow,
  EngineRow,
  EventRow,
  ResourceRow,
  StackRow,
  TemplateRow,
} from './rows.ts'
import type {
  CredentialRecord,
  DeploymentRecord,
  EngineRecord,
  EventRecord,
  FilesRecord,
  ResourceRecord,
  StackRecord,
  TemplateRecord,
} from './tables.ts'

/** How a stack is written into its table. */
export function stackRecord(row: StackRow): StackRecord {
  return {
    id: row.id,
    name: row.name,
    live_name: row.deletedAt === null ? row.name : null,
    project_id: row.projectId,
    parent_id: row.parentId,
    parent_resource_id: row.parentResourceId,
    parent_resource_name: row.parentResourceName,
    root_id: row.rootId,
    depth: row.depth,
    action: row.action,
    status: row.status,
    status_reason: storable(row.statusReason),
    template_id: row.templateId,
    previous_template_id: row.previousTemplateId,
    disable_rollback: row.disableRollback ? 1 : 0,
    keeps_objects: row.keepsObjects ? 1 : 0,
    converge: row.converge ? 1 : 0,
    timeout_mins: row.timeoutMins,
    tags: JSON.stringify(row.tags),
    user_id: row.userId,
    user_name: row.userName,
    credential_id: row.credentialId,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    deleted_at: row.deletedAt,
  }
}

export function stackRow(record: StackRecord): StackRow {
  return {
    id: record.id,
    name: record.name,
    projectId: record.project_id,
    parentId: record.parent_id,
    parentResourceId: record.parent_resource_id,
    parentResourceName: record.parent_resource_name,
    rootId: record.root_id,
    depth: record.depth,
    action: record.action as StackRow['action'],
    status: record.status as StackRow['status'],
    statusReason: record.status_reason,
    templateId: record.template_id,
    previousTemplateId: record.previous_template_id,
    disableRollback: record.disable_rollback === 1,
    keepsObjects: record.keeps_objects === 1,
    converge: record.converge === 1,
    timeoutMins: record.timeout_mins,
    tags: JSON.parse(record.tags) as string[],
    userId: record.user_id,
    userName: record.user_name,
    credentialId: record.credential_id,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    deletedAt: record.deleted_at,
  }
}

export function templateRecord(row: TemplateRow, filesId: string | null, sealer: Sealer): TemplateRecord {
  return {
    id: row.id,
    stack_id: row.stackId,
    template: JSON.stringify(row.template),
    environment: sealer.seal(JSON.stringify(row.environment)),
    files_id: filesId,
    facade: row.facade && JSON.stringify(row.facade),
  }
}

export function templateRow(
  record: TemplateRecord,
  files: TemplateRow['files'],
  sealer: Sealer,
): TemplateRow {
  return {
    id: record.id,
    stackId: record.stack_id,
    template: JSON.parse(record.template) as JsonMap,
    environment: JSON.parse(sealer.unseal(record.environment)) as JsonMap,
    files,
    facade: record.facade === null ? null : (JSON.parse(record.facade) as JsonMap),
  }
}

export function filesOf(record: FilesRecord): TemplateRow['files'] {
  return JSON.parse(record.content) as TemplateRow['files']
}

type Documented = Pick<ResourceRow, 'reference' | 'deletionPolicy' | 'notes' | 'needs'> & {
  readonly external?: true
}
/** What the template's values are in: also of a change that is under way. */
type Exposing = Pick<ResourceRow, 'properties' | 'attributes' | 'metadata' | 'intent'>
type Secret = Pick<ResourceRow, 'secrets'>

/** How a resource is written into its table: what it must keep to itself is encrypted, and what holds nothing is not there. */
export function resourceRecord(row: ResourceRow, sealer: Sealer): ResourceRecord {
  const { metadata, reference, deletionPolicy, notes, needs, intent, properties, attributes, secrets } = row
  const exposing: Exposing = { properties, attributes, metadata, intent }
  const document: Documented & Partial<Exposing> = {
    ...{ reference, deletionPolicy, notes, needs },
    ...(row.external && { external: true }),
    ...(!row.sealed && exposing),
  }
  const secret: Secret & Partial<Exposing> = { secrets, ...(row.sealed && exposing) }
  return {
    id: row.id,
    stack_id: row.stackId,
    name: row.name,
    type: row.type,
    physical_id: row.physicalId,
    action: row.action,
    status: row.status,
    status_reason: storable(row.statusReason),
    template_id: row.templateId,
    replaces: row.replaces,
    replaced_by: row.replacedBy,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    document: JSON.stringify(document),
    sealed: row.sealed || Object.keys(secrets).length > 0 ? sealer.seal(JSON.stringify(secret)) : null,
  }
}

export function resourceRow(record: ResourceRecord, sealer: Sealer): ResourceRow {
  // What is stored was written by `resourceRecord`, so these are its types.
  const document = JSON.parse(record.document) as Documented & Partial<Exposing>
  const secret = (record.sealed === null ? {} : JSON.parse(sealer.unseal(record.sealed))) as Partial<
    Secret & Exposing
  >
  return {
    id: record.id,
    stackId: record.stack_id,
    name: record.name,
    type: record.type,
    physicalId: record.physical_id,
    external: document.external === true,
    action: record.action as ResourceRow['action'],
    status: record.status as ResourceRow['status'],
    statusReason: record.status_reason,
    properties: document.properties ?? secret.properties ?? null,
    sealed: secret.attributes !== undefined,
    // Rows of earlier versions have these in the document, sealed or not.
    metadata: document.metadata ?? secret.metadata ?? {},
    attributes: document.attributes ?? secret.attributes ?? {},
    reference: document.reference,
    deletionPolicy: document.deletionPolicy,
    notes: document.notes,
    secrets: secret.secrets ?? {},
    needs: document.needs,
    templateId: record.template_id,
    replaces: record.replaces,
    replacedBy: record.replaced_by,
    intent: document.intent ?? secret.intent ?? null,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  }
}

export function eventRecord(row: EventRow): EventRecord {
  return {
    id: row.id,
    stack_id: row.stackId,
    root_id: row.rootId,
    resource_name: row.resourceName,
    resource_type: row.resourceType,
    physical_id: row.physicalId,
    action: row.action,
    status: row.status,
    status_reason: storable(row.statusReason),
    sequence: row.sequence,
    created_at: row.createdAt,
    properties: row.properties && eventProperties(row.properties),
  }
}

export function eventRow(record: EventRecord): EventRow {
  return {
    id: record.id,
    stackId: record.stack_id,
    rootId: record.root_id,
    resourceName: record.resource_name,
    resourceType: record.resource_type,
    physicalId: record.physical_id,
    action: record.action,
    status: record.status,
    statusReason: record.status_reason,
    properties: record.properties === null ? null : (JSON.parse(record.properties) as JsonMap),
    sequence: record.sequence,
    createdAt: record.created_at,
  }
}

/** In characters: a stack keeps many events, and each has properties of its own. */
const mostEventProperties = 64 * 1024

function eventProperties(properties: JsonMap): string | null {
  const text = JSON.stringify(properties)
  return text.length > mostEventProperties ? null : text
}

export function deploymentRow(record: DeploymentRecord): DeploymentRow {
  return {
    stackId: record.stack_id,
    pending: record.pending === 1,
    engineId: record.engine_id,
    fence: record.fence,
    request: record.request,
    askedAt: record.asked_at,
    ...(record.origin !== null && { origin: JSON.parse(record.origin) as Origin }),
  }
}

export function engineRecord(row: EngineRow): EngineRecord {
  return { id: row.id, host: row.host, started_at: row.startedAt, seen_at: row.seenAt }
}

export function engineRow(record: EngineRecord): EngineRow {
  return { id: record.id, host: record.host, startedAt: record.started_at, seenAt: record.seen_at }
}

export function credentialRecord(row: CredentialRow, sealer: Sealer): CredentialRecord {
  return { id: row.id, document: sealer.seal(JSON.stringify(row.document)) }
}

export function credentialRow(record: CredentialRecord, sealer: Sealer): CredentialRow {
  return { id: record.id, document: JSON.parse(sealer.unseal(record.document)) as JsonMap }
}

/** A cloud's words may hold a null character, which PostgreSQL stores in no text. */
export const storable = (text: string): string => text.replaceAll('\0', '\uFFFD')
