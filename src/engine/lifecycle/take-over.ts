import type { JsonMap } from '../../base/json.ts'
import type { AnyNested, AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import { evaluateProperties } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { homeOf } from './clients.ts'
import { adoptChild } from './nested.ts'
import { presentProperties, resolveNames } from './properties.ts'
import { remember } from './remember.ts'
import { rememberChild } from './remember-child.ts'
import { adoptedSecret } from './seeds.ts'
import type { Hold } from './site.ts'
import { underWay } from './state.ts'
import { holdsHidden, type Made, type Wanted } from './wanted.ts'
import { worldOf } from './world.ts'

/** Whether a resource is to be taken over from an abandoned stack, before anything else can be done to it. */
export function isToBeTakenOver({ site, row }: Hold): boolean {
  if (row.external) return false
  if (site.stack.action === 'ADOPT') return row.action !== 'ADOPT' || row.status !== 'COMPLETE'
  return row.action === 'INIT' && (row.physicalId !== null || adoptedSecret in row.secrets)
}

/**
 * Takes over a resource as the template says that was adopted. What an update wants of one that the adoption did not come to
 * is done to it after that.
 */
export async function takeOverAsItWas(hold: Hold, wanted: Wanted): Promise<Made> {
  const before = asItWas(hold, wanted)
  return before.type.is === 'nested'
    ? await takeOverNested(hold, before as Wanted<AnyNested>)
    : await takeOver(hold, before as Wanted<AnyResource>)
}

function asItWas({ site, row }: Hold, wanted: Wanted): Wanted {
  const former = site.former.get(row.templateId)
  const resource = former?.resources.get(row.name)
  const type = former && resource && typeOf(former, resource, site.parts.registry)
  if (former === undefined || resource === undefined || type === undefined) return wanted
  const values = presentProperties(type, row.name, evaluateProperties(former, row.name, worldOf(site.rows)))
  return { ...wanted, type, resource, values, needs: former.needs.get(row.name) ?? [] }
}

/** Takes the object that an abandoned stack had for a resource: it must be there, and is taken to be as the template says. */
async function takeOver(hold: Hold, wanted: Wanted<AnyResource>): Promise<Made> {
  const { type, values } = wanted
  const { physicalId } = hold.row
  hold.jot(begun(hold, wanted))
  if (physicalId === null) throw new Error('Resource ID was not provided.')
  const live = await homeOf(hold, type)?.get(physicalId)
  const resolved = await resolveNames(hold.site, type.properties as Shape, values, true)
  const remembered = await remember(hold, { ...wanted, values: resolved }, live)
  hold.jot({ ...remembered, status: 'COMPLETE' })
  return { row: hold.row }
}

/** Adopts the child stack of a nested resource. */
async function takeOverNested(hold: Hold, wanted: Wanted<AnyNested>): Promise<Made> {
  hold.jot(begun(hold, wanted))
  await adoptChild(hold, wanted)
  const remembered = await rememberChild(hold, wanted)
  hold.jot({ ...remembered, status: 'COMPLETE' })
  return { row: hold.row }
}

function begun(hold: Hold, wanted: Wanted): Partial<Hold['row']> {
  const { resource, values, needs } = wanted
  return {
    ...underWay('ADOPT'),
    type: resource.type,
    properties: values as JsonMap,
    deletionPolicy: resource.deletionPolicy,
    sealed: holdsHidden(hold, wanted),
    needs,
  }
}
