import { type JsonMap, sameJson } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { AnyNested, ChildTemplate } from '../../plugin/index.ts'
import type { ResourceRow, StackRow, TemplateRow } from '../../store/rows.ts'
import { childEnvironment, evaluateUpdatePolicy } from '../../template/index.ts'
import { standingRows } from '../plan/standing.ts'
import { childAt } from './child.ts'
import { selfOf } from './context.ts'
import { ChangeRefused } from './failure.ts'
import type { Values } from './properties.ts'
import type { Hold, Site } from './site.ts'
import { unhealthyIn } from './unhealthy.ts'
import type { Wanted } from './wanted.ts'
import { worldOf } from './world.ts'

/** What a nested resource's child stack is to become, and what it is. */
export interface Aim {
  readonly ask: ChildTemplate
  readonly template: TemplateRow
  readonly child: StackRow | undefined
  /** The child already is, or is becoming, just this. */
  readonly same: boolean
  /** Nothing inside the child was found unhealthy; what was, an update replaces. */
  readonly healthy: boolean
  /** The child changes bit by bit, so that one part must be there before the next is begun. */
  readonly bitByBit: boolean
}

/** As much of what is wanted of a nested resource as its child is made of. */
export type Aiming = Pick<Wanted<AnyNested>, 'type' | 'resource' | 'values' | 'metadata'>

/** Works out what the child stack of a nested resource is to become next. */
export async function aimOf(hold: Hold, wanted: Aiming): Promise<Aim> {
  return await aimBy(hold, wanted, await lookAt(hold, wanted))
}

/**
 * As `aimOf`, but what the child will be in the end, however many steps that takes. `abandoned` are the resources that it had,
 * where it is to be adopted.
 */
export async function lastAimOf(hold: Hold, wanted: Aiming, abandoned: readonly string[] = []): Promise<Aim> {
  const seen = await lookAt(hold, wanted, abandoned)
  const aim = await aimBy(hold, wanted, seen)
  let { ask } = aim
  let { notes } = seen.context
  for (let steps = 0; ask.more !== undefined && steps < mostSteps; steps++) {
    notes = { ...notes, ...notesOfAim(hold, ask) }
    // It comes to the same in the end if the rest is made at once.
    ask = nextOf(hold, wanted, { ...seen.context, before: ask.template, updatePolicy: {}, notes })
  }
  const template = { ...aim.template, template: ask.template as JsonMap }
  return { ...aim, ask, template, same: aim.same && aim.ask === ask }
}

/** What is there of a child, and what its next template is made of. */
interface Seen {
  readonly child: StackRow | undefined
  readonly present: TemplateRow | undefined
  readonly context: Context
}

async function lookAt(hold: Hold, wanted: Aiming, abandoned: readonly string[] = []): Promise<Seen> {
  const { site, row } = hold
  const child = await childAt(site.parts, row)
  const present = child && (await site.parts.store.template(child.templateId))
  const updatePolicy = evaluateUpdatePolicy(site.definition, row.name, worldOf(site.rows)) as JsonMap
  const fetched = await fetchedFor(hold, wanted)
  const rows = child && present ? await rowsOf(site, child, present) : []
  const context = {
    before: present?.template,
    members: child === undefined ? new Map(abandoned.map((name) => [name, name])) : membersIn(rows),
    failed: failedIn(rows),
    updatePolicy,
    notes: row.notes,
    ...(fetched !== undefined && { fetched }),
  }
  return { child, present, context }
}

async function aimBy(hold: Hold, wanted: Aiming, { child, present, context }: Seen): Promise<Aim> {
  const { updatePolicy } = context
  const ask = nextOf(hold, wanted, context)
  const template = templateOf(hold, wanted, { ask, child, updatePolicy })
  const same = present !== undefined && saysTheSame(present, template)
  const bitByBit = wanted.type.updatePolicy !== undefined && Object.keys(updatePolicy).length > 0
  const healthy = child === undefined || !(await unhealthyIn(hold.site)).has(child.id)
  return { ask, template, child, same, healthy, bitByBit }
}

/** What the child of a nested resource that nothing is there of yet would be made of in the end. */
export async function firstAimOf(hold: Hold, wanted: Aiming): Promise<TemplateRow> {
  const { site, row } = hold
  const updatePolicy = evaluateUpdatePolicy(site.definition, row.name, worldOf(site.rows)) as JsonMap
  const fetched = await fetchedFor(hold, wanted)
  const nothing = {
    before: undefined,
    members: new Map(),
    failed: new Set<string>(),
    updatePolicy: {},
    notes: {},
  }
  const ask = nextOf(hold, wanted, { ...nothing, ...(fetched !== undefined && { fetched }) })
  return templateOf(hold, wanted, { ask, child: undefined, updatePolicy })
}

const mostSteps = 10_000

/** Under which note it is kept for which action a child last got a template. */
const aimedAtNote = 'aimed_at'

/** What a resource notes when its child gets a template. */
export const notesOfAim = (
  { site, row }: Hold,
  { notes }: ChildTemplate,
): Readonly<Record<string, string>> => ({
  ...row.notes,
  ...notes,
  [aimedAtNote]: String(site.askedAt),
})

/** The text that a type makes its child of, from where it is. */
async function fetchedFor({ site }: Hold, { type, values }: Aiming): Promise<string | undefined> {
  const address = type.fetches?.(values)
  if (address === undefined) return undefined
  try {
    return await site.parts.fetchText(address)
  } catch (error) {
    throw new ChangeRefused('ValueError', `Could not fetch remote template '${address}': ${messageOf(error)}`)
  }
}

interface Context {
  readonly fetched?: string
  readonly before: Values | undefined
  readonly members: ReadonlyMap<string, string>
  readonly failed: ReadonlySet<string>
  readonly updatePolicy: JsonMap
  readonly notes: Readonly<Record<string, string>>
}

function nextOf(hold: Hold, { type, values }: Aiming, { notes, ...context }: Context): ChildTemplate {
  const { deadline, askedAt, parts } = hold.site
  const most = parts.options.maxResourcesPerStack
  return type.next({
    props: values,
    applied: hold.row.properties ?? {},
    self: selfOf(type, hold),
    notes: { get: (key) => notes[key] },
    again: notes[aimedAtNote] === String(askedAt),
    timeoutSeconds: (deadline - askedAt) / 1000,
    mostMembers: most < 0 ? Number.POSITIVE_INFINITY : most,
    ...context,
  })
}

/** Whether the child has come to the template that it is to have, and does not sleep. */
export const isThere = ({ child, same }: Aim): boolean =>
  same && child?.status === 'COMPLETE' && child.action !== 'SUSPEND'

/** Whether the child is as it should be, so that there is nothing to do. */
export const isReached = (aim: Aim): boolean => isThere(aim) && aim.healthy && aim.ask.more === undefined

/** The row of each resource of a child. */
async function rowsOf(
  { parts }: Site,
  stack: StackRow,
  template: TemplateRow,
): Promise<readonly ResourceRow[]> {
  const definition = parts.definitions.of(stack, template)
  const rows = await parts.store.resources(stack.id)
  return [...standingRows(parts, { stack, definition, rows }).values()]
}

/** What each resource of a child is referred to by. */
const membersIn = (rows: readonly ResourceRow[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ name, reference, physicalId }) => [name, reference ?? physicalId ?? name]))

const failedIn = (rows: readonly ResourceRow[]): ReadonlySet<string> =>
  new Set(rows.filter(({ status }) => status === 'FAILED').map(({ name }) => name))

interface Content {
  readonly ask: ChildTemplate
  readonly child: StackRow | undefined
  readonly updatePolicy: JsonMap
}

function templateOf({ site }: Hold, wanted: Aiming, { ask, child, updatePolicy }: Content): TemplateRow {
  const { definition, parts } = site
  const { name, type, deletionPolicy } = wanted.resource
  const parameters = (ask.parameters ?? {}) as JsonMap
  return {
    id: parts.newId(),
    stackId: child?.id ?? parts.newId(),
    template: ask.template as JsonMap,
    environment: childEnvironment(definition.environment, { resource: name, type, parameters }).toJson(),
    files: definition.files,
    facade: {
      metadata: wanted.metadata,
      deletion_policy: deletionPolicy,
      update_policy: updatePolicy,
      // What is hidden out here is a plain value inside.
      ...(definition.usesHidden(name) && { hidden: true }),
    },
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
