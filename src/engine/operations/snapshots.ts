import { isMap, type JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { NotFound, NotSupported, RequestLimitExceeded, SnapshotNotFound } from '../../contract/problems.ts'
import type { Caller, SnapshotView, StackIdentity } from '../../contract/views.ts'
import type { SnapshotRow, StackRow } from '../../store/rows.ts'
import { hiddenValues, masking } from '../../template/index.ts'
import { renewedCredential } from '../credentials.ts'
import { inside, templateIn, typeInDocument } from '../definition/document-types.ts'
import { refuseTooLarge } from '../document.ts'
import { removeKept } from '../lifecycle/clear-snapshot.ts'
import { noted } from '../noted.ts'
import type { EngineParts } from '../parts.ts'
import { begun } from '../plan/begin.ts'
import { masked, maskedEnvironment } from './masked.ts'
import { permitDefinition, permitStack } from './permit.ts'
import { restoredTemplate } from './restored.ts'
import { lastGoodTemplate, refuseBusy, retarget } from './retarget.ts'
import { liveStackOf, stackOf } from './stacks.ts'

interface Asked {
  readonly stack: StackIdentity
}

type Named = Asked & { readonly snapshot: string }

/** Has a snapshot taken of a stack: of what is recorded, and of the state of the objects whose types can keep it. */
export async function createSnapshot(
  parts: EngineParts,
  caller: Caller,
  ask: Asked & { readonly name?: string },
): Promise<SnapshotView> {
  const { clock, newId } = parts
  const snapshot: SnapshotRow = {
    ...{
      id: parts.call ?? newId(),
      stackId: ask.stack.id,
      name: ask.name ?? null,
      action: 'CREATE',
      status: 'IN_PROGRESS',
    },
    ...{ statusReason: '', createdAt: clock.now(), document: null },
  }
  await retarget(parts, ask.stack, async (stack) => {
    refuseBusy(stack)
    await checkRoom(parts, stack)
    await refuseTooLarge(parts, stack)
    const row: StackRow = {
      ...begun(stack, 'SNAPSHOT', clock.now()),
      previousTemplateId: lastGoodTemplate(stack),
    }
    return { stack: row, snapshot, credential: await renewedCredential(parts, caller, stack) }
  })
  return viewOf(parts, await stackOf(parts, ask.stack), snapshot)
}

async function checkRoom({ store, options }: EngineParts, { id }: StackRow): Promise<void> {
  const most = options.maxSnapshotsPerStack
  if (most < 0 || (await store.countSnapshots(id)) < most) return
  throw RequestLimitExceeded({
    message: `You have reached the maximum snapshots per stack, ${most}. Please delete some snapshots.`,
  })
}

export async function listSnapshots(
  parts: EngineParts,
  _caller: Caller,
  ask: Asked,
): Promise<readonly SnapshotView[]> {
  const stack = await stackOf(parts, ask.stack)
  return (await parts.store.snapshots(stack.id)).map((one) => viewOf(parts, stack, one))
}

export async function showSnapshot(parts: EngineParts, _caller: Caller, ask: Named): Promise<SnapshotView> {
  const stack = await stackOf(parts, ask.stack)
  return viewOf(parts, stack, await snapshotOf(parts, stack, ask.snapshot))
}

async function snapshotOf({ store }: EngineParts, stack: StackRow, id: string): Promise<SnapshotRow> {
  const snapshot = await store.snapshot(id)
  if (snapshot === undefined) throw NotFound({ message: `Snapshot with id ${id} not found` })
  if (snapshot.stackId !== stack.id) throw SnapshotNotFound({ snapshot: id, stack: stack.name })
  return snapshot
}

/** Deletes a snapshot and what it kept in the clouds; where that can't be done, the snapshot says why. */
export async function deleteSnapshot(parts: EngineParts, caller: Caller, ask: Named): Promise<void> {
  const { store, access } = parts
  const stack = await liveStackOf(parts, ask.stack)
  const snapshot = await snapshotOf(parts, stack, ask.snapshot)
  if (isUnderWay(snapshot)) throw NotSupported({ feature: 'Deleting in-progress snapshot' })
  const going: SnapshotRow = { ...snapshot, action: 'DELETE', status: 'IN_PROGRESS', statusReason: '' }
  if (!(await store.changeSnapshot(going, noted(parts)))) return
  const place = { parts, stack, session: access.forCaller(caller), signal: new AbortController().signal }
  try {
    await removeKept(place, snapshot)
    await store.forgetSnapshot(snapshot.id)
  } catch (error) {
    await store.changeSnapshot({ ...going, status: 'FAILED', statusReason: messageOf(error) })
  }
}

const isUnderWay = ({ action, status }: SnapshotRow): boolean =>
  action === 'CREATE' && status === 'IN_PROGRESS'

/** Brings a stack back to what it was when a snapshot was taken. */
export async function restoreSnapshot(parts: EngineParts, caller: Caller, ask: Named): Promise<void> {
  await retarget(parts, ask.stack, async (stack) => {
    await permitStack(parts, caller, stack)
    if (stack.action === 'DELETE') throw NotSupported({ feature: 'Restoring a stack when it is deleting' })
    const { action, status, document } = await snapshotOf(parts, stack, ask.snapshot)
    if (action !== 'CREATE' || status !== 'COMPLETE' || document === null)
      throw NotSupported({ feature: 'Restoring from a snapshot that is not complete' })
    const template = await restoredTemplate(parts, caller, { stack, document })
    permitDefinition(parts, caller, parts.definitions.of(stack, template))
    const row: StackRow = {
      ...begun(stack, 'RESTORE', parts.clock.now()),
      templateId: template.id,
      previousTemplateId: lastGoodTemplate(stack),
      keepsObjects: false,
    }
    return { stack: row, template, credential: await renewedCredential(parts, caller, stack) }
  })
}

function viewOf(parts: EngineParts, stack: StackRow, row: SnapshotRow): SnapshotView {
  const { id, name, action, status, statusReason, createdAt, document } = row
  const data = document && shown(parts, stack, { id, document })
  return { id, name, action, status, statusReason, createdAt, data }
}

interface Showing {
  readonly id: string
  readonly document: JsonMap
  /** The document that it is inside of. */
  readonly around?: JsonMap
}

/** A document as its readers may see it: without the values of hidden parameters, and what resources keep for themselves. */
function shown(parts: EngineParts, stack: StackRow, { id, document, around = {} }: Showing): JsonMap {
  const { resources, environment } = document
  const whole = inside(around, document)
  const template = templateIn(`snapshot ${id} of ${String(document.id)}`, stack, whole)
  const typeOf = typeInDocument(parts, stack, whole)
  const definition = () => parts.definitions.of(stack, template)
  const resource = (name: string, said: unknown): unknown => {
    if (!isMap(said)) return said
    if (isMap(said.resources)) {
      const inner = shown(parts, stack, { id, document: said as JsonMap, around: whole })
      // What is hidden here may be a plain value inside.
      return cleanTexts(inner, masking(hiddenValues(definition().parameters)))
    }
    if (!isMap(said.resource_data)) return said
    const type = typeOf(name, String(said.type))
    const told = type?.is === 'resource' ? type.snapshot?.as : undefined
    return { ...said, resource_data: masked(said.resource_data, (key) => key !== told) }
  }
  const entries = Object.entries(isMap(resources) ? resources : {})
  return {
    ...document,
    environment: isMap(environment)
      ? maskedEnvironment(template.environment, definition().hiddenParameterNames)
      : {},
    resources: Object.fromEntries(entries.map(([name, said]) => [name, resource(name, said)])),
  } as JsonMap
}

function cleanTexts(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((one) => cleanTexts(one, clean))
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleanTexts(one, clean)]))
}
