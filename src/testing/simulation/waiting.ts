import type { JsonMap } from '../../base/json.ts'
import { Problem } from '../../base/problem.ts'
import type { StackIdentity } from '../../contract/views.ts'
import { hookNames } from '../../engine/lifecycle/hooks.ts'
import type { ResourceRow, StackRow } from '../../store/index.ts'
import { anna, type Scenario } from '../scenario.ts'

/** What somebody may tell a resource. */
export interface Word {
  readonly stack: StackIdentity
  readonly resource: string
  readonly details: JsonMap
}

/** What clears the hooks at which something of a stack, or of one inside it, waits just now. */
export async function clearings({ store }: Scenario, stack: string): Promise<readonly Word[]> {
  const root = await store.stackByName('project', stack)
  const words: Word[] = []
  for (const one of root === undefined ? [] : await store.tree(root.id)) {
    const deployment = await store.deployment(one.id)
    if (deployment?.pending !== true) continue
    for (const { name, notes } of await store.resources(one.id)) {
      const hooks = hookNames.filter((hook) => notes[hook] === String(deployment.request))
      words.push(...hooks.map((hook) => wordTo(one, name, { unset_hook: hook })))
    }
  }
  return words
}

/** Tells good news to all of a stack that wait for news, turns bad news into good ones, and clears every hook. */
export async function encourage(play: Scenario, stack: string): Promise<void> {
  const { clock, calls } = play
  for (const word of [...(await goodNews(play, stack)), ...(await clearings(play, stack))]) {
    await clock.until(calls.signalResource(anna, word)).catch((error: unknown) => {
      // It may have gone on meanwhile, or sleep.
      if (!(error instanceof Problem)) throw error
    })
  }
}

async function goodNews({ store }: Scenario, stack: string): Promise<readonly Word[]> {
  const root = await store.stackByName('project', stack)
  if (root === undefined) return []
  const rows = await store.resources(root.id)
  const isAwaited = rows.some(({ notes }) => notes['waits since'] !== undefined)
  const listening = rows.filter(({ name, replacedBy }) => ['l', 'h'].includes(name) && replacedBy === null)
  const words: Word[] = []
  for (const row of listening) {
    const bad = (await store.signals(row.id)).filter(
      ({ content }) => content.good === false || content.status === 'FAILURE',
    )
    const ids = bad.map(({ id }) => ({ id: id.slice(id.indexOf(':') + 1) }))
    const news = isAwaited ? [...ids, {}] : ids
    words.push(...news.map((one) => wordTo(root, row.name, { ...one, ...newsFor(row, true) })))
  }
  return words
}

/** Good or bad news, in the words of who is told them. */
export const newsFor = ({ name }: Pick<ResourceRow, 'name'>, good: boolean): JsonMap =>
  name === 'h' ? { status: good ? 'SUCCESS' : 'FAILURE' } : { good }

const wordTo = ({ id, name, projectId }: StackRow, resource: string, details: JsonMap): Word => ({
  stack: { id, name, projectId },
  resource,
  details,
})
