import { misc } from '../contract/rest/index.ts'
import { answer, type Route } from './route.ts'

/** Tells the revisions of this process and of an engine. */
export const buildInfo: Route = answer(misc.buildInfo, async ({ caller, engine, settings }) => {
  const { revision } = await engine.buildInfo(caller, {})
  return { api: { revision: settings.revision }, engine: { revision } }
})
