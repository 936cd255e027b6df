import type { JsonMap } from '../../base/json.ts'
import {
  type AnyResource,
  type AnyType,
  type Existing,
  type Inherited,
  type Notes,
  physicalNameOf,
  type Self,
} from '../../plugin/index.ts'
import { childEnvironment } from '../../template/index.ts'
import { clientsOf } from './clients.ts'
import { ownUserOf } from './own-user.ts'
import { type Values, withNames } from './properties.ts'
import { rest } from './rest.ts'
import { signalsFor } from './signals.ts'
import { type Hold, touchesCloud } from './site.ts'
import { softwareConfigsFor } from './software-configs.ts'

/** What handlers are given, as far as every one of them is given it. */
// biome-ignore lint/suspicious/noExplicitAny: the one alias for the context of a handler of whatever type
export type HandlerContext = Existing<any, any>

/** What a type's handlers work with, for one resource. Values have names already turned into IDs. */
export function contextOf(type: AnyResource, hold: Hold, values: Values): HandlerContext {
  const { site, row } = hold
  const self = selfOf(type, hold)
  return {
    ...clientsOf(site.session, type),
    props: withNames(type, values, self.physicalName),
    self,
    notes: notesOf(hold, touchesCloud(type)),
    signals: signalsFor(hold),
    user: ownUserOf(type, hold),
    configs: softwareConfigsFor(type, hold),
    metadata: row.metadata,
    signal: site.signal,
    inherited: (parameters: Values) => inherited(hold, type, parameters),
    // Handlers of what is still to be made are declared without an ID, and can't ask for it.
    id: row.physicalId ?? '',
  }
}

function inherited({ site, row }: Hold, { type }: AnyResource, parameters: Values): Inherited {
  const { environment, files } = site.definition
  const child = childEnvironment(environment, { resource: row.name, type, parameters: parameters as JsonMap })
  return { files, environment: child.toJson() }
}

export function selfOf(type: AnyType, { site: { stack }, row }: Hold): Self {
  return {
    name: row.name,
    uuid: row.id,
    type: row.type,
    stack: { id: stack.id, name: stack.name, projectId: stack.projectId },
    physicalName: physicalNameOf(
      stack.name,
      row.name,
      row.id,
      type.is === 'resource' ? type.nameLimit : undefined,
    ),
  }
}

/** A resource's notes. Where no cloud is touched nothing can be lost, and the notes wait for the next record. */
export function notesOf(hold: Hold, durable: boolean): Notes {
  const write = async (patch: Parameters<Hold['set']>[0]): Promise<void> => {
    if (durable) await hold.set(patch)
    else hold.note(patch)
  }
  const notes: Notes = {
    get: (key) => hold.row.notes[key] ?? hold.row.secrets[key],
    set: (key, value, options) =>
      options?.secret
        ? write({ secrets: { ...hold.row.secrets, [key]: value } })
        : write({ notes: { ...hold.row.notes, [key]: value } }),
    delete: (key) => write({ notes: without(hold.row.notes, key), secrets: without(hold.row.secrets, key) }),
    async ensure(key, how) {
      const known = notes.get(key)
      if (known !== undefined) return known
      const doubt = doubtKey(key)
      const askedAt = notes.get(doubt)
      const made = askedAt === undefined ? undefined : await lookAgain(hold, Number(askedAt), how.find)
      if (made === undefined) await notes.set(doubt, String(hold.site.parts.clock.now()))
      const id = made ?? (await how.make())
      await write({ notes: { ...without(hold.row.notes, doubt), [key]: id } })
      return id
    },
  }
  return notes
}

/** Looks for what a request may have made that was sent at that moment: it may still be on its way. */
async function lookAgain<T>(
  { site }: Hold,
  askedAt: number,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const { clock, options } = site.parts
  const until = askedAt + options.doubtMs
  for (let pause = 200; clock.now() < until; pause = Math.min(pause * 2, 2000)) {
    const found = await find()
    if (found !== undefined) return found
    await rest(site, pause)
  }
  return await find()
}

/** Under which key it is noted when an object was about to be made. */
export const doubtKey = (key: string): string => `${key}?`

/** A record without one of its keys. */
export const without = (record: Readonly<Record<string, string>>, key: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
