import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type AnyResource, type AnyType, physicalName, requestOf } from '../../src/plugin/index.ts'
import { allTypes } from '../../src/resources/index.ts'
import { constraintsOf, type Field, read, type Shape, UNKNOWN } from '../../src/schema/index.ts'
import { rehearse } from '../../src/testing/rehearsal.ts'
import { differences } from './differences.ts'
import { type PropertyFact, type TypeFact, typeFacts } from './facts.ts'

for (const type of allTypes) {
  describe(type.type, () => {
    it('has the properties that Heat has', () => {
      assert.deepEqual(propertiesOf(type), expected(type))
    })

    it('has the attributes that Heat has', () => {
      const { show: _everyTypeHasIt, ...attributes } = factOf(type).attributes
      assert.deepEqual(attributesOf(type), attributes)
    })

    it('has been there as long, needs the same service and is supported as much', () => {
      const { since, status, service } = factOf(type)
      assert.deepEqual({ since: type.since ?? null, status: type.support ?? 'SUPPORTED' }, { since, status })
      // What Heat keeps itself it asks itself for, over its own API.
      const isOwn = service === 'heat' && Object.keys(type.is === 'resource' ? type.uses : {}).length === 0
      if (service !== null && !isOwn && type.is === 'resource')
        assert.ok(servicesOf(type).includes(service), `uses ${service}`)
    })

    it('describes itself, its properties and its attributes', () => {
      const undescribed = everyField({ ...type.properties, ...type.attributes })
        .filter(([, { description }]) => !/^\S.*[.…]$/.test(description))
        .map(([name]) => name)
      assert.deepEqual(undescribed, [])
      assert.match(type.summary, /^\S.*\.$/)
    })

    it('has defaults that meet its own constraints, and older spellings of what there is', () => {
      for (const [name, field] of everyField(type.properties)) {
        if ('default' in field.options && field.options.default !== physicalName) {
          assert.deepEqual(read({ [name]: field }, { [name]: field.options.default }).faults, [], name)
        }
      }
      const lost = Object.entries(type.properties as Shape).filter(
        ([, { options }]) => options.spells && !(options.spells in type.properties),
      )
      assert.deepEqual(lost, [])
    })

    it('can be looked at while none of its values is known yet', () => {
      const unknown = Object.fromEntries(Object.keys(type.properties).map((name) => [name, UNKNOWN]))
      assert.deepEqual(type.validate?.(unknown, 'thing') ?? [], [])
      const self = { name: 'thing', type: type.type, props: unknown, needs: [] }
      const alike = { ...self, name: 'other' }
      assert.deepEqual(type.needs?.(self, { get: () => undefined, ofType: () => [alike] }) ?? [], [])
    })

    if (type.is === 'resource' && type.lives !== undefined) requests(type)
  })
}

function requests(type: AnyResource): void {
  it('makes a request of its defaults', () => {
    const { value } = read(type.properties as Shape, {})
    const body = requestOf(type, value)
    assert.doesNotThrow(() => JSON.stringify(body))
  })

  for (const [name, field] of removable(type)) {
    const { ownCall, live } = field.options
    if (ownCall && (field.kind === 'list' || field.kind === 'map')) {
      it(`calls for ${name} to be emptied when it is taken away`, async () => {
        const trial = rehearse(type, sampleOf(type))
        const before = {
          ...trial.context().props,
          [name]: field.kind === 'list' ? ['something'] : { some: 'thing' },
        }
        // A handler may look first at what is there, and the recorder has nothing to show it.
        await type.sync?.(trial.context({ changed: { [name]: null }, before }))?.catch(() => {})
        assert.notEqual(trial.requests.length, 0)
      })
    } else if (!ownCall && live !== false && type.update === undefined && type.steps === undefined) {
      it(`tells the cloud when ${name} is taken away`, () => {
        const body = requestOf(type, { [name]: null }, { [name]: 'something' }) as Readonly<
          Record<string, unknown>
        >
        assert.equal(Object.keys(body).length, 1)
        assert.notEqual(Object.values(body)[0], undefined)
        if (field.kind === 'list') assert.deepEqual(Object.values(body), [[]])
      })
    }
  }
}

/** The properties that an update can take away, so that they have no value at all any more. */
function removable(type: AnyType): readonly [string, Field][] {
  return Object.entries(type.properties as Shape).filter(
    ([, { options }]) => options.updatable && !options.required && !('default' in options) && !options.spells,
  )
}

/** Something for each property that must be given. */
function sampleOf({ properties }: AnyType): Readonly<Record<string, unknown>> {
  const required = Object.entries(properties as Shape).filter(([, { options }]) => options.required)
  return Object.fromEntries(
    required.map(([name, field]) => [name, field.options.oneOf?.[0] ?? samples[field.kind]]),
  )
}

const samples = {
  string: 'http://some.thing',
  integer: 1,
  number: 1,
  boolean: true,
  list: [],
  map: {},
  any: 'some',
}

function factOf({ type }: AnyType): TypeFact {
  const fact = typeFacts[type]
  assert.ok(fact, `${type} is no type of Heat`)
  return fact
}

const servicesOf = (type: AnyResource): readonly string[] =>
  Object.values(type.uses as Readonly<Record<string, { readonly name: string }>>).map(({ name }) => name)

const propertiesOf = ({ properties }: AnyType) => mapValues(properties as Shape, said)

const attributesOf = ({ attributes }: AnyType) =>
  mapValues(attributes as Shape, ({ kind }) => (kind === 'any' ? null : capital(kind)))

/** A declaration in the facts' notation. */
function said(field: Field): PropertyFact {
  const { kind, options, item, fields } = field
  const constraints = constraintsOf(field).map((constraint) => tidy(without(constraint, 'description')))
  return {
    type: capital(kind) as PropertyFact['type'],
    ...(options.required && { required: true }),
    ...(options.updatable && { updatable: true }),
    ...(options.immutable && { immutable: true }),
    ...('default' in options && options.default !== physicalName && { default: options.default }),
    ...(constraints.length > 0 && { constraints }),
    ...(item && { items: said(item) }),
    ...(fields && { schema: mapValues(fields, said) }),
    ...(options.since !== undefined && { since: options.since }),
    ...(options.support !== undefined && { support: options.support as 'HIDDEN' }),
    ...(options.implemented === false && { implemented: false }),
  }
}

/** The facts, with what is different on purpose. */
function expected(type: AnyType): Readonly<Record<string, PropertyFact>> {
  const facts = factOf(type).properties
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, meant(fact, `${type.type}.${name}`)]),
  )
}

function meant(fact: PropertyFact, path: string): PropertyFact {
  const difference = differences.find(({ property }) => property === path)
  if (difference) {
    assert.notDeepEqual({ ...fact, ...difference.says }, fact, `${path} is no difference any more`)
    used.add(path)
  }
  return {
    ...fact,
    ...(fact.constraints && { constraints: fact.constraints.map(tidy) }),
    ...(fact.items && { items: meant(fact.items, `${path}.*`) }),
    ...(fact.schema && { schema: mapValues(fact.schema, (inner, name) => meant(inner, `${path}.${name}`)) }),
    ...difference?.says,
  }
}

const used = new Set<string>()

it('knows no difference of types that are not there', () => {
  const names = new Set(allTypes.map(({ type }) => type))
  const present = differences.filter(({ property }) => names.has(property.split('.')[0] ?? ''))
  assert.deepEqual(
    present.map(({ property }) => property).filter((property) => !used.has(property)),
    [],
  )
})

/** The order of allowed values says nothing. */
function tidy(constraint: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { allowed_values: values } = constraint
  return Array.isArray(values)
    ? { allowed_values: values.toSorted((a, b) => (String(a) < String(b) ? -1 : 1)) }
    : constraint
}

function everyField(shape: Shape, prefix = ''): readonly [string, Field][] {
  return Object.entries(shape).flatMap(([name, field]): [string, Field][] => {
    const path = `${prefix}${name}`
    const inside = field.fields ?? field.item?.fields
    return [[path, field], ...(inside ? everyField(inside, `${path}.`) : [])]
  })
}

const without = (record: object, left: string) =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== left))

const capital = (kind: string): string => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  change: (value: V, key: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]))
}
