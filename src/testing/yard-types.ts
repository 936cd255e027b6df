import { isMap } from '../base/json.ts'
import {
  type ClientOf,
  type Collection,
  collection,
  lookUp,
  type Session,
  service,
  unlessGone,
} from '../cloud/index.ts'
import { type AnyType, type Notes, nextNumber, physicalName, resource, type Self } from '../plugin/index.ts'
import { anyList, boolean, integer, list, map, string } from '../schema/index.ts'
import type { Thing } from './yard.ts'

/** The service of a yard: things, and how they are found by name. */
export const yardService = service('yard', ['yard'], {
  connect: (session) => ({ things: thingsIn(session) }),
  find: {
    async thing(session, nameOrId) {
      const things = thingsIn(session)
      const ways = { byId: (id: string) => things.get(id), byName: (name: string) => things.list({ name }) }
      return (await lookUp(nameOrId, { entity: 'Thing', service: 'yard', ...ways })).id
    },
  },
})

function thingsIn(session: Session): Collection<Thing> {
  const form = {
    ...{ service: ['yard'], path: '/things', one: 'thing', many: 'things' },
    ...({ update: 'PATCH', some: 'newest' } as const),
  }
  return collection<Thing>(session, form)
}

const standsOn = list(string('', { finds: yardService.find.thing }), 'The things it stands on.', {
  updatable: true,
})

type Status = Thing['status']
const built: { on: 'status'; ready: Status[]; busy: Status[]; failed: Status[] } = {
  on: 'status',
  ready: ['ACTIVE'],
  busy: ['BUILD', 'DELETING', 'DOZING', 'WAKING'],
  failed: ['ERROR'],
}

/** A thing with a bit of everything: what can be changed in place, what replaces, what may never change. */
export const ThingType = resource('Test::Thing', {
  summary: 'A thing in the yard.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: {
    name: string('Its name.', { default: physicalName, updatable: true }),
    size: integer('Its size; it can be changed.', { updatable: true }),
    color: string('Its color; another color takes another thing.'),
    origin: string('Where it comes from: that never changes.', { immutable: true }),
    base: standsOn,
    follows: list(string(''), 'The resources it comes after, by name; only the yard looks at that.', {
      updatable: true,
    }),
    labels: map('Words about it; they are set by a call of their own.', { updatable: true, ownCall: true }),
    secret: string('A secret.', { updatable: true, secret: true }),
  },
  attributes: {
    size: integer('Its size.'),
    status: string('How far it has come.'),
    title: string('Its name and size.'),
  },
  settles: built,
  async sync({ yard, id, changed: { labels } }) {
    if (labels !== undefined) await yard.things.update(id, { labels })
  },
  snapshotThenDelete: ({ yard, id }) => yard.things.delete(id),
  snapshot: {
    as: 'copy_id',
    async begin({ yard, id, self, mark }) {
      const { color } = await yard.things.get(id)
      return (await yard.things.create({ name: `copy ${self.name}`, color, mark })).id
    },
    find: async ({ yard, mark }) => (await yard.things.list()).find((one) => one.mark === mark)?.id,
    async isKept({ yard, kept }) {
      const { status } = await yard.things.get(kept)
      if (status === 'ERROR') throw new Error('the copy failed')
      return status === 'ACTIVE'
    },
    remove: ({ yard, kept }) => yard.things.delete(kept),
    isBusy: async ({ yard, kept }) => (await yard.things.get(kept)).status === 'BUILD',
    restored: (properties, kept) => ({ ...properties, color: `as ${kept}` }),
  },
  suspend: {
    async begin({ yard, id }) {
      const { status } = await yard.things.get(id)
      if (status === 'ACTIVE') await yard.things.update(id, { doze: true })
    },
    settles: { on: 'status', ready: ['ASLEEP'], busy: ['ACTIVE', 'DOZING'], failed: ['ERROR'] },
  },
  resume: {
    async begin({ yard, id }) {
      const { status } = await yard.things.get(id)
      if (status === 'ASLEEP') await yard.things.update(id, { doze: false })
    },
  },
  replaces: ({ changed }) => (changed.size === 13 ? 'thirteen takes another thing' : undefined),
  compute: {
    async title({ yard, id }) {
      const { name, size } = await yard.things.get(id)
      return `${name}:${String(size)}`
    },
  },
})

/** A thing that has no name by which it could be known again. */
export const NamelessType = resource('Test::Nameless', {
  summary: 'A thing without a name.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: { size: integer('Its size.', { updatable: true }), base: standsOn },
  attributes: { size: integer('Its size.') },
  settles: built,
})

/** A thing that is there at once, and gets its labels by a call of their own. */
export const LabelledType = resource('Test::Labelled', {
  summary: 'A thing with labels.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: {
    name: string('Its name.', { default: physicalName, updatable: true }),
    labels: map('Its labels.', { updatable: true, ownCall: true }),
  },
  attributes: { labels: map('Its labels.') },
  async sync({ yard, id, changed: { labels } }) {
    if (labels !== undefined) await yard.things.update(id, { labels })
  },
})

/** A thing in a place that only one can have: the old one must leave it before its replacement can come. */
export const HolderType = resource('Test::Holder', {
  summary: 'A thing that holds a place.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: {
    name: string('Its name.', { default: physicalName, updatable: true }),
    place: string('The place.', { updatable: true }),
    color: string('Its color; another color takes another thing.'),
    base: standsOn,
  },
  attributes: {},
  settles: built,
  async beforeReplaced({ yard, id, notes }) {
    const { place } = await yard.things.get(id)
    if (place === null) return
    await notes.set('place', String(place))
    await yard.things.update(id, { place: null })
  },
  async replacementUndone({ yard, id, notes, props }) {
    if (notes.get('place') === undefined) return
    // Another place than the one that was given up may be wanted by now.
    await yard.things.update(id, { place: props.place ?? null })
    await notes.delete('place')
  },
})

/** A thing changed in two steps, and one of two objects: the second is made with the first. */
export const PairType = resource('Test::Pair', {
  summary: 'Two things that belong together.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: {
    name: string('Its name.', { default: physicalName }),
    size: integer('Its size.', { updatable: true }),
    weight: integer('Its weight.', { updatable: true }),
  },
  attributes: {},
  settles: built,
  steps: [
    { on: ['size'], apply: ({ yard, id, changed }) => yard.things.update(id, { size: changed.size }) },
    { on: ['weight'], apply: ({ yard, id, changed }) => yard.things.update(id, { weight: changed.weight }) },
  ],
  async create({ yard, props, self, notes }) {
    const second = `${self.physicalName}2`
    const other = await notes.ensure('second', {
      make: async () => (await yard.things.create({ name: second })).id,
      find: async () => (await yard.things.list({ name: second }))[0]?.id,
    })
    return await yard.things.create({ name: props.name, size: props.size, weight: props.weight, other })
  },
  abandon: (context) => deleteSecond(context),
  async delete(context) {
    await deleteSecond(context)
    await context.yard.things.delete(context.id)
  },
})

/** It may be there though no note tells its ID; and one that was taken over has another name. */
async function deleteSecond({ yard, self, notes }: Second): Promise<void> {
  const named = await yard.things.list({ name: `${self.physicalName}2` })
  const ids = new Set([notes.get('second'), ...named.map(({ id }) => id)])
  for (const id of ids) if (id !== undefined) await unlessGone(yard.things.delete(id))
  if (notes.get('second') !== undefined) await notes.delete('second')
}

interface Second {
  readonly yard: Yards
  readonly self: Self
  readonly notes: Notes
}

type Yards = ClientOf<typeof yardService>

/** A thing that is ready only when it was told so as often as it takes: `{id, good, says}`, where bad news makes it fail. */
export const ListenerType = resource('Test::Listener', {
  summary: 'A thing that waits to be told something.',
  uses: { yard: yardService },
  lives: yardService.collection('things'),
  properties: {
    name: string('Its name.', { default: physicalName }),
    count: integer('How often it must be told.', { default: 1, updatable: true }),
    patience: integer('For how many seconds it waits.', { default: 600 }),
  },
  attributes: { told: map('What it was told.') },
  settles: built,
  update: async () => {},
  create: ({ yard, props }) => yard.things.create({ name: props.name }),
  signal({ details, told }) {
    if (!isMap(details)) return { is: 'done' }
    if (details.nothing === true) return { is: 'ignored' }
    if (typeof details.good !== 'boolean') return { is: 'refused', reason: 'It must be good or bad' }
    const id = details.id === undefined ? String(nextNumber(told)) : String(details.id)
    const news = details.good ? 'good news' : undefined
    const says = typeof details.says === 'string' ? details.says : news
    const content = { good: details.good }
    return { is: 'kept', signal: { id, content }, replaces: details.id !== undefined, ...(says && { says }) }
  },
  awaits: {
    seconds: ({ props }) => props.patience,
    until({ props, told, isLate }) {
      if (isLate) throw new Error(`told ${told.length} times`)
      if (told.some(({ content }) => content.good === false)) throw new Error('told bad news')
      return told.length >= props.count
    },
  },
  compute: {
    async told({ signals }) {
      return Object.fromEntries((await signals.of()).map(({ id, content }) => [id, content.good]))
    },
  },
})

/** A thing that needs every other thing of its stack that is marked, without the template saying so. */
export const NeedyType = resource('Test::Needy', {
  summary: 'Something that needs what is marked.',
  uses: {},
  properties: {
    mark: boolean('Whether it is marked.', { default: false, updatable: true }),
    more: anyList('Anything.'),
  },
  attributes: {},
  needs: (self, siblings) =>
    siblings
      .ofType(self.type)
      .flatMap(({ name, props }) => (props.mark === true && name !== self.name ? [name] : [])),
})

/** The types of a yard. */
export const yardTypes: readonly AnyType[] = [
  ThingType,
  NamelessType,
  LabelledType,
  HolderType,
  ListenerType,
  PairType,
  NeedyType,
]
