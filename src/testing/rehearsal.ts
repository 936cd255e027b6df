import { sameJson } from '../base/json.ts'
import type { Collection, Found } from '../cloud/service.ts'
import {
  type AnyResource,
  type Notes,
  type OwnUser,
  physicalName,
  physicalNameOf,
  requestOf,
  type Self,
  type SoftwareConfig,
  type SoftwareConfigs,
} from '../plugin/index.ts'
import { read } from '../schema/index.ts'
import { type Answers, type Request, recorder } from './recorder.ts'

type Values = Readonly<Record<string, unknown>>

/** All that any handler of a type is given. */
type ContextOf<R extends AnyResource> = Parameters<NonNullable<R['sync']>>[0] & { readonly since: Date }

/** A resource type's handlers, called as the engine calls them, over a recorder in place of its clouds. */
export interface Rehearsal<R extends AnyResource = AnyResource> {
  /** What was asked of the clouds, as `neutron.networks.create`. `hush` forgets it. */
  readonly requests: Request[]
  readonly self: Self
  readonly notes: Notes
  /** Creates the object and sets what takes calls of its own; the ID is what the recorder answered, else `id-1`. */
  create(): Promise<string>
  /** Changes the object to what these properties say instead, in place. */
  update(given: object): Promise<void>
  delete(): Promise<void>
  /** What a handler is given now. */
  context(more?: Partial<ContextOf<R>>): ContextOf<R>
  hush(): void
}

/** Prepares to play the life of one resource of these properties. `answers` are the clouds' (see `recorder`). */
export function rehearse<R extends AnyResource>(
  type: R,
  given: object = {},
  answers: Answers = {},
): Rehearsal<R> {
  // What is played is the same for every type; only what its handlers are given has the type's own types.
  return play(type, given, answers) as unknown as Rehearsal<R>
}

function play(type: AnyResource, given: object, answers: Answers): Rehearsal {
  const { client: clouds, requests } = recorder<Readonly<Record<string, unknown>>>(answers)
  const clients = Object.fromEntries(Object.keys(type.uses).map((key) => [key, clouds[key]]))
  const notes = memoryNotes()
  const configs = memoryConfigs()
  const self = selfOf(type)
  const signal = new AbortController().signal
  let props = propsOf(type, given, self)
  const lives: Collection<Found> | undefined = type.lives && collectionOf(type, clients, props)
  let id = 'id-1'

  const context = (more: Values = {}): ContextOf<AnyResource> => {
    return {
      ...clients,
      props,
      self,
      notes,
      user: ownUser,
      configs,
      signals: { of: async () => [], forget: async () => {} },
      signal,
      inherited: (parameters: Values) => ({ files: {}, environment: { parameters } }),
      id,
      changed: {},
      before: {},
      since: new Date(0),
      ...more,
    }
  }

  async function create(): Promise<string> {
    const made = type.create ? await type.create(context()) : await lives?.create(requestOf(type, props))
    id = made?.id ?? id
    await type.sync?.(context({ changed: updatable(type, props), before: {} }))
    return id
  }

  async function update(next: object): Promise<void> {
    const before = props
    props = propsOf(type, next, self)
    const changed = changesOf(type, before, props)
    const now = context({ changed, before })
    if (type.steps) {
      for (const step of type.steps) if (step.on.some((name) => name in changed)) await step.apply(now)
    } else if (type.update) await type.update(now)
    else {
      const body = requestOf(type, changed, before)
      if (Object.keys(body).length > 0) await lives?.update(id, body)
    }
    await type.sync?.(now)
  }

  return {
    requests,
    self,
    notes,
    create,
    update,
    delete: async () => void (type.delete ? await type.delete(context()) : await lives?.delete(id)),
    context,
    hush: () => void requests.splice(0),
  }
}

/** A user that is there, whatever is asked of it. */
const ownUser: OwnUser = {
  ensure: async () => ({ id: 'user-1', name: 'user', password: 'secret', projectId: 'stack-project' }),
  token: async () => 'token-1',
  setEnabled: async () => {},
  remove: async () => {},
  world: async () => ({
    ...{ authUrl: 'http://keystone/v3', region: undefined, domainId: 'heat', insecure: false },
    signalUrl: 'http://hearth/v1/stack-project/stacks/stack/s/resources/thing/signal',
  }),
}

function selfOf(type: AnyResource): Self {
  const uuid = '11111111-1111-4111-8111-111111111111'
  return {
    name: 'thing',
    uuid,
    type: type.type,
    stack: {
      id: '22222222-2222-4222-8222-222222222222',
      name: 'stack',
      projectId: '33333333333343338333333333333333',
    },
    physicalName: physicalNameOf('stack', 'thing', uuid, type.nameLimit),
  }
}

/** The clouds' clients are known by service name in `lives`, and by the key under which the type uses them. */
function collectionOf(type: AnyResource, clients: Values, props: Values): Collection<Found> {
  const key = Object.keys(type.uses).find((name) => type.uses[name]?.name === type.lives?.service)
  return type.lives?.open(clients[key ?? ''], props) as Collection<Found>
}

/** Properties as handlers see them: defaults filled in, the physical name with them. Throws what is wrong with them. */
export function propsOf(type: AnyResource, given: object, self: Self = selfOf(type)): Values {
  const { value, faults } = read(type.properties, given)
  if (faults.length > 0)
    throw new Error(faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  return Object.fromEntries(
    Object.entries(value as Values).map(([name, one]) => [
      name,
      one === physicalName ? self.physicalName : one,
    ]),
  )
}

const updatable = (type: AnyResource, props: Values): Values =>
  Object.fromEntries(Object.entries(props).filter(([name]) => type.properties[name]?.options.updatable))

function changesOf(type: AnyResource, before: Values, after: Values): Values {
  const names = Object.keys(type.properties).filter((name) => type.properties[name]?.options.updatable)
  const changed = names.filter((name) => !sameJson(before[name], after[name]))
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]))
}

/** Notes that last as long as the test. */
export function memoryNotes(): Notes {
  const kept = new Map<string, string>()
  return {
    get: (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
    async ensure(key, { make }) {
      const known = kept.get(key) ?? (await make())
      kept.set(key, known)
      return known
    },
  }
}

/** Software configs that last as long as the test: the resource's own is `config-1`. */
export function memoryConfigs(others: Readonly<Record<string, SoftwareConfig>> = {}): SoftwareConfigs {
  const kept = new Map<string, SoftwareConfig>(Object.entries(others))
  return {
    async keep({ group, config, inputs = [], outputs = [], options = {} }) {
      kept.set('config-1', { group: group ?? null, config, inputs, outputs, options } as SoftwareConfig)
      return { id: 'config-1' }
    },
    of: async (id) => kept.get(id),
    async shown(id) {
      const found = kept.get(id)
      return found && { id, ...found }
    },
    forget: async () => void kept.delete('config-1'),
  }
}
