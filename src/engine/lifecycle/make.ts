import type { JsonMap } from '../../base/json.ts'
import type { AnyNested, AnyResource, AnyType } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { OwnershipLost } from '../../store/store.ts'
import {
  evaluateExternalId,
  evaluateMetadata,
  evaluateProperties,
  type ResourceDefinition,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { decide } from '../plan/decide.ts'
import { adopt } from './adopt.ts'
import { Aborted, failureReason, Stopping } from './failure.ts'
import { makeNested } from './make-nested.ts'
import { makePlain } from './make-plain.ts'
import { usableProperties, type Values } from './properties.ts'
import { Hold, type Site } from './site.ts'
import { worldOf } from './world.ts'

/** A resource as the template wants it, evaluated: what it needs is there. */
export interface Wanted<T extends AnyType = AnyType> {
  readonly type: T
  readonly resource: ResourceDefinition
  readonly values: Values
  readonly metadata: JsonMap
  readonly needs: readonly string[]
}

/** What making a resource came to: the row that stands for it now, and the one that it replaced. */
export interface Made {
  readonly row: ResourceRow
  readonly replaced?: ResourceRow
}

/** A resource could not be made as wanted; the message is the stack's reason. The failure is recorded. */
export class MakingFailed extends Error {
  constructor(reason: string, cause: unknown) {
    super(reason, { cause })
    this.name = 'MakingFailed'
  }
}

/** Brings one resource to what the template wants. */
export async function make(site: Site, name: string, needs: readonly string[]): Promise<Made> {
  const hold = new Hold(site, site.rows.get(name) ?? freshRow(site, name, needs))
  try {
    const wanted = want(site, name, needs)
    const made = await perform(hold, wanted)
    site.rows.set(name, made.row)
    return made
  } catch (error) {
    throw await failed(hold, error)
  }
}

function want(site: Site, name: string, needs: readonly string[]): Wanted {
  const { definition, parts } = site
  const resource = definition.resources.get(name)
  if (resource === undefined) throw new Error(`there is no resource ${name}`)
  const type = typeOf(definition, resource, parts.registry)
  if (type === undefined) throw new Error(`The Resource Type (${resource.type}) could not be found.`)
  const world = worldOf(site.rows)
  return {
    type,
    resource,
    values: usableProperties(type, name, evaluateProperties(definition, name, world)),
    metadata: evaluateMetadata(definition, name, world) as JsonMap,
    needs,
  }
}

async function perform(hold: Hold, wanted: Wanted): Promise<Made> {
  const { site } = hold
  const { resource, type } = wanted
  const externalId =
    resource.externalId && evaluateExternalId(site.definition, resource.name, worldOf(site.rows))
  if (externalId !== undefined && type.is === 'resource')
    return await adopt(hold, wanted as Wanted<AnyResource>, externalId)
  const decision = decide(site.rows.get(resource.name), {
    type: resource.type,
    properties: wanted.values,
    shape: type.properties as Shape,
    nested: type.is === 'nested',
    open: type.open === true,
  })
  if (type.is === 'nested') return await makeNested(hold, wanted as Wanted<AnyNested>, decision)
  return await makePlain(hold, wanted as Wanted<AnyResource>, decision)
}

/** A row for a resource that is still to be made; a replacement gets one of its own. */
export function freshRow(site: Site, name: string, needs: readonly string[]): ResourceRow {
  const { parts, stack, definition } = site
  const now = parts.clock.now()
  return {
    id: parts.newId(),
    stackId: stack.id,
    name,
    type: definition.resources.get(name)?.type ?? '',
    physicalId: null,
    action: 'INIT',
    status: 'COMPLETE',
    statusReason: '',
    properties: null,
    sealed: definition.usesHidden(name),
    metadata: {},
    attributes: {},
    reference: null,
    deletionPolicy: definition.resources.get(name)?.deletionPolicy ?? 'Delete',
    notes: {},
    secrets: {},
    needs,
    templateId: stack.templateId,
    replaces: null,
    replacedBy: null,
    intent: null,
    createdAt: now,
    updatedAt: now,
  }
}

/** Records a failure. One whose deployment belongs to another engine now is that engine's to judge. */
async function failed(hold: Hold, error: unknown): Promise<unknown> {
  if (error instanceof OwnershipLost || hold.site.signal.reason instanceof Stopping) return error
  const { name, action } = hold.row
  const acting = action === 'INIT' ? 'CREATE' : action
  const reason =
    error instanceof Aborted
      ? `${acting} aborted (${error.message})`
      : failureReason(error, `resources.${name}`)
  await hold.set({ action: acting, status: 'FAILED', statusReason: reason })
  hold.site.rows.set(name, hold.row)
  return new MakingFailed(`Resource ${acting} failed: ${reason}`, error)
}
