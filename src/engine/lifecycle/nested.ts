import { type JsonMap, sameJson } from '../../base/json.ts'
import type { AnyNested, ChildTemplate } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import type { Targeting } from '../../store/store.ts'
import { childEnvironment, evaluateUpdatePolicy, parseTemplate } from '../../template/index.ts'
import { currentRows } from './child.ts'
import { notesOf, selfOf } from './context.ts'
import { Aborted, NestedFailure, PropertiesRefused } from './failure.ts'
import { stackEvent } from './journal.ts'
import type { Values } from './properties.ts'
import { rest } from './settle.ts'
import type { Hold, Site } from './site.ts'
import { worldOf } from './world.ts'

/** What a nested resource's child stack is to become, and what it is. */
export interface Aim {
  readonly ask: ChildTemplate
  readonly template: TemplateRow
  readonly child: StackRow | undefined
  /** The child already is, or is becoming, just this. */
  readonly same: boolean
}

/** Works out what the child stack of a nested resource is to become next. */
export async function aimOf(type: AnyNested, hold: Hold, values: Values): Promise<Aim> {
  const { site, row } = hold
  const { store } = site.parts
  const child = row.physicalId === null ? undefined : await living(site, row.physicalId)
  const before = child && (await store.template(child.templateId))
  const updatePolicy = evaluateUpdatePolicy(site.definition, row.name, worldOf(site.rows)) as JsonMap
  const ask = type.next({
    props: values,
    self: selfOf(type, hold),
    notes: notesOf(hold, true),
    before: before?.template,
    members: await membersOf(site, child),
    updatePolicy,
    timeoutSeconds: (site.deadline - site.askedAt) / 1000,
  })
  const template = templateOf(hold, { ask, childId: child?.id ?? site.parts.newId(), updatePolicy })
  return { ask, template, child, same: before !== undefined && saysTheSame(before, template) }
}

/** What each resource of a child is referred to by. */
export async function membersOf(
  { parts }: Pick<Site, 'parts'>,
  child: StackRow | undefined,
): Promise<ReadonlyMap<string, string>> {
  const rows = child === undefined ? [] : await parts.store.resources(child.id)
  return new Map(
    [...currentRows(rows)].map(([name, { reference, physicalId }]) => [
      name,
      reference ?? physicalId ?? name,
    ]),
  )
}

/** Whether the child is as it should be, so that there is nothing to do. */
export const isReached = ({ child, same, ask }: Aim): boolean =>
  same && ask.more === undefined && child?.status === 'COMPLETE'

/** Brings the child stack to what it is to be, one template after the other. */
export async function bringAbout(type: AnyNested, hold: Hold, values: Values): Promise<void> {
  for (;;) {
    const aim = await aimOf(type, hold, values)
    if (aim.same && aim.child?.status === 'COMPLETE') return
    const id =
      aim.same && aim.child?.status === 'IN_PROGRESS' && aim.child.action !== 'DELETE'
        ? aim.child.id
        : await target(hold, aim)
    const { status, statusReason } = await settled(hold.site, id)
    if (status === 'FAILED') throw new NestedFailure(statusReason)
    if (aim.ask.more === undefined) return
    await rest(hold.site, aim.ask.more.pauseSeconds * 1000)
  }
}

/** Gives the child its target, together with the record that it is this resource's child. */
async function target(hold: Hold, { ask, template, child }: Aim): Promise<string> {
  const { site } = hold
  checkLimits(site, template)
  const stack =
    child === undefined
      ? newChild(hold, template)
      : retargeted(site, child, { action: 'UPDATE', templateId: template.id })
  const notes = { ...hold.row.notes, ...ask.notes }
  await hold.set({ physicalId: stack.id, notes }, { children: [targeting(site, stack, template)] })
  site.parts.hints.work(stack.id)
  return stack.id
}

/** Deletes the child stack and waits until it is gone. */
export async function removeChild(hold: Hold): Promise<void> {
  const { site, row } = hold
  const child = row.physicalId === null ? undefined : await living(site, row.physicalId)
  if (child === undefined) return
  const stack = retargeted(site, child, { action: 'DELETE', templateId: child.templateId })
  await hold.set({}, { children: [targeting(site, stack)] })
  site.parts.hints.work(stack.id)
  const { status, statusReason } = await settled(site, stack.id)
  if (status === 'FAILED') throw new NestedFailure(statusReason)
}

async function living(site: Site, id: string): Promise<StackRow | undefined> {
  const stack = await site.parts.store.stack(id)
  return stack === undefined || stack.deletedAt !== null ? undefined : stack
}

interface Content {
  readonly ask: ChildTemplate
  readonly childId: string
  readonly updatePolicy: JsonMap
}

function templateOf({ site, row }: Hold, { ask, childId, updatePolicy }: Content): TemplateRow {
  const { definition, parts } = site
  const parameters = (ask.parameters ?? {}) as JsonMap
  return {
    id: parts.newId(),
    stackId: childId,
    template: ask.template as JsonMap,
    environment: childEnvironment(definition.environment, {
      resource: row.name,
      type: row.type,
      parameters,
    }).toJson(),
    files: definition.files,
    facade: { metadata: row.metadata, deletion_policy: row.deletionPolicy, update_policy: updatePolicy },
  }
}

function saysTheSame(a: TemplateRow, b: TemplateRow): boolean {
  return (
    sameJson(a.template, b.template) &&
    sameJson(a.environment, b.environment) &&
    sameJson(a.facade, b.facade) &&
    (a.files === b.files || sameJson(a.files, b.files))
  )
}

function checkLimits({ stack, parts }: Site, { template }: TemplateRow): void {
  const { maxNestedStackDepth } = parts.options
  if (stack.depth + 1 > maxNestedStackDepth)
    throw new PropertiesRefused(`Recursion depth exceeds ${maxNestedStackDepth}.`)
  const { problems } = parseTemplate(template, { maxSize: Number.POSITIVE_INFINITY })
  const [first] = problems
  if (first !== undefined) throw new PropertiesRefused(first.message)
}

function newChild(hold: Hold, template: TemplateRow): StackRow {
  const { site, row } = hold
  const { stack, parts } = site
  return {
    id: template.stackId,
    name: selfOf({ is: 'nested' } as AnyNested, hold).physicalName,
    projectId: stack.projectId,
    parentId: stack.id,
    parentResourceId: row.id,
    parentResourceName: row.name,
    rootId: stack.rootId,
    depth: stack.depth + 1,
    action: 'CREATE',
    status: 'IN_PROGRESS',
    statusReason: 'Stack CREATE started',
    templateId: template.id,
    previousTemplateId: null,
    // The parent rolls its children back.
    disableRollback: true,
    timeoutMins: stack.timeoutMins,
    tags: [],
    userId: stack.userId,
    userName: stack.userName,
    credentialId: stack.credentialId,
    createdAt: parts.clock.now(),
    updatedAt: null,
    deletedAt: null,
  }
}

function retargeted(
  { parts, stack }: Site,
  child: StackRow,
  { action, templateId }: Pick<StackRow, 'action' | 'templateId'>,
): StackRow {
  return {
    ...child,
    action,
    status: 'IN_PROGRESS',
    statusReason: `Stack ${action} started`,
    templateId,
    previousTemplateId: child.status === 'COMPLETE' ? child.templateId : child.previousTemplateId,
    timeoutMins: stack.timeoutMins,
    credentialId: stack.credentialId,
    updatedAt: parts.clock.now(),
  }
}

/** The child's time counts from when its parent's action was asked for, so that the whole tree times out at once. */
function targeting({ parts, askedAt }: Site, stack: StackRow, template?: TemplateRow): Targeting {
  return { stack, askedAt, events: [stackEvent(parts, stack)], ...(template && { template }) }
}

/** How often the store is asked how a child does, should the hint that it settled be lost. */
const lookAgainMs = 2000

/** Waits until a stack's action has ended. */
async function settled(site: Site, stackId: string): Promise<StackRow> {
  const { store, hints } = site.parts
  for (;;) {
    const hint = waitForHint(hints.onSettled, stackId)
    try {
      const stack = await store.stack(stackId)
      if (stack === undefined) throw new Error(`the child stack ${stackId} is gone`)
      if (stack.status !== 'IN_PROGRESS') return stack
      await Promise.race([hint.arrived, rest(site, lookAgainMs)])
      if (site.signal.aborted) throw new Aborted(String(site.signal.reason))
    } finally {
      hint.stop()
    }
  }
}

/** One waiter among many for one listener: hints are fanned out by stack. */
const waiters = new WeakMap<object, Map<string, Set<() => void>>>()

function waitForHint(
  onSettled: Site['parts']['hints']['onSettled'],
  stackId: string,
): { arrived: Promise<void>; stop: () => void } {
  const byStack = waitersOf(onSettled)
  const { promise, resolve } = Promise.withResolvers<void>()
  const mine = byStack.get(stackId) ?? new Set()
  byStack.set(stackId, mine.add(resolve))
  const stop = () => {
    mine.delete(resolve)
    if (mine.size === 0) byStack.delete(stackId)
  }
  return { arrived: promise, stop }
}

function waitersOf(onSettled: Site['parts']['hints']['onSettled']): Map<string, Set<() => void>> {
  const known = waiters.get(onSettled)
  if (known !== undefined) return known
  const byStack = new Map<string, Set<() => void>>()
  waiters.set(onSettled, byStack)
  onSettled((stackId) => {
    for (const wake of byStack.get(stackId) ?? []) wake()
  })
  return byStack
}
