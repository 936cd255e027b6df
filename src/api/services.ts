import { isoMicros } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import { Unavailable } from '../contract/problems.ts'
import { misc, type ServicesReply } from '../contract/rest/index.ts'
import type { ServiceView } from '../contract/views.ts'
import { answer, type Route } from './route.ts'

/** Lists the engines. */
export const listServices: Route = answer(misc.listServices, async ({ caller, engine }) => {
  try {
    return { services: (await engine.listServices(caller, {})).map(serviceReply) }
  } catch (error) {
    if (!Unavailable.is(error)) throw error
    throw new Problem('HTTPServiceUnavailable', 'All heat engines are down.', { status: 503, cause: error })
  }
})

/** An engine in the words that programs know: it is the original's that they look for. */
const serviceReply = (one: ServiceView): ServicesReply['services'][number] => ({
  id: one.id,
  engine_id: one.id,
  binary: 'heat-engine',
  host: one.host,
  hostname: one.host,
  topic: 'engine',
  report_interval: one.reportSeconds,
  created_at: isoMicros(one.startedAt),
  updated_at: isoMicros(one.seenAt),
  deleted_at: null,
  status: one.isUp ? 'up' : 'down',
})
