import type { Origin } from '../../base/tracing.ts'
import { isLeftToNext } from '../lifecycle/failure.ts'
import type { Site } from '../lifecycle/site.ts'
import type { Command } from '../run/run.ts'

/** What a run has done to one resource. */
export type Step = Extract<Command, { do: 'make' | 'clear' | 'act' }>

interface Followed {
  readonly site: Site
  readonly step: Step
  /** The type of the resource. */
  readonly type: string | undefined
  /** The deployment that it is part of. */
  readonly of: Origin | undefined
}

/** Carries out a step, and says how long it took and what came of it. */
export async function followed<T>({ site, step, type, of }: Followed, work: () => Promise<T>): Promise<T> {
  const { clock, meter, tracer, registry } = site.parts
  const before = rowOf(site, step)
  const begunAt = clock.now()
  const known = typeLabels(registry, type)
  const labels = () => ({ ...known, action: actionOf(site, step, before) })
  return await tracer.span('resource', { of }, async (note) => {
    let outcome = 'failed'
    try {
      const value = await work()
      outcome = 'complete'
      return value
    } catch (error) {
      if (isLeftToNext(error, site.signal)) outcome = 'left'
      throw error
    } finally {
      const said = { ...labels(), outcome }
      meter.observe('hearth_step_seconds', said, (clock.now() - begunAt) / 1000)
      note(said)
    }
  })
}

/** Types that templates bring along have names that anybody may choose: they are all told as one. */
function typeLabels(
  registry: Site['parts']['registry'],
  name = '',
): { readonly type: string; readonly service: string } {
  const type = registry.find(name)
  if (type === undefined) return { type: 'template', service: 'heat' }
  const [service] = type.is === 'resource' ? Object.values(type.uses as Record<string, { name: string }>) : []
  return { type: type.type, service: service?.name ?? 'heat' }
}

const rowOf = ({ rows }: Site, step: Step) => (step.do === 'clear' ? undefined : rows.get(step.name))

function actionOf(site: Site, step: Step, before: ReturnType<typeof rowOf>): string {
  if (step.do === 'clear') return 'delete'
  if (step.do === 'act') return site.stack.action.toLowerCase()
  const row = rowOf(site, step)
  return row === before ? 'keep' : (row?.action ?? 'create').toLowerCase()
}
