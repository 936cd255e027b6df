import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ChildTemplate } from '../../../src/plugin/index.ts'
import { ResourceGroup } from '../../../src/resources/heat/resource-group.ts'
import { read } from '../../../src/schema/index.ts'

type Definitions = Readonly<
  Record<string, { readonly type: string; readonly properties: Readonly<Record<string, unknown>> }>
>

interface Story {
  readonly props: object
  readonly policy?: object
  readonly timeoutSeconds?: number
}

/** Plays what the engine does: the child is given one template after the other until the group asks for no more. */
class Played {
  before: Readonly<Record<string, unknown>> | undefined
  notes: Readonly<Record<string, string>> = {}
  applied: object = {}
  failed = new Set<string>()
  /** The templates that were asked for since the last call. */
  steps: ChildTemplate[] = []

  become({ props, policy = {}, timeoutSeconds = 3600 }: Story): this {
    this.steps = []
    const { value, faults } = read(ResourceGroup.properties, props)
    assert.deepEqual(faults, [])
    do {
      assert.ok(this.steps.length < 200, 'it goes on for ever')
      this.steps.push(this.#next(value as never, policy, timeoutSeconds))
    } while (this.steps.at(-1)?.more !== undefined)
    this.applied = value
    return this
  }

  #next(props: never, updatePolicy: object, timeoutSeconds: number): ChildTemplate {
    const self = {
      name: 'g',
      uuid: '',
      type: '',
      stack: { id: '', name: '', projectId: '' },
      physicalName: '',
    }
    const members = new Map(Object.keys(this.resources).map((name) => [name, `ref-${name}`]))
    const rest = {
      updatePolicy: { ...updatePolicy },
      timeoutSeconds,
      mostMembers: 100,
      members,
      failed: this.failed,
      before: this.before,
      applied: this.applied,
      again: this.steps.length > 0,
    }
    const next = ResourceGroup.next({ props, self, notes: { get: (key) => this.notes[key] }, ...rest })
    this.before = next.template
    this.notes = { ...this.notes, ...next.notes }
    return next
  }

  get resources(): Definitions {
    return (this.before?.resources ?? {}) as Definitions
  }

  get names(): readonly string[] {
    return Object.keys(this.resources)
  }

  /** For each template that was asked for, the members and what they say: `0:1 1:1 2:2`. */
  get course(): readonly string[] {
    return this.steps.map(({ template }) =>
      Object.entries(template.resources as Definitions)
        .map(([name, { properties }]) => `${name}:${String(properties.v)}`)
        .join(' '),
    )
  }
}

const of = (count: number, v: unknown = 1, more: object = {}): Story => ({
  props: { count, resource_def: { type: 'T', properties: { v } }, ...more },
})

const rolling = (size: number, min = 0, pause = 0) => ({
  rolling_update: { max_batch_size: size, min_in_service: min, pause_time: pause },
})

describe('a resource group', () => {
  it('has so many members, named by their index', () => {
    const group = new Played().become(of(3))
    assert.deepEqual(group.names, ['0', '1', '2'])
    assert.deepEqual(group.become(of(1)).names, ['0'])
    assert.deepEqual(group.become(of(0)).names, [])
    assert.deepEqual(group.become(of(2)).names, ['0', '1'])
  })

  it('puts the index into every text of the properties, and nowhere else', () => {
    const properties = { name: 'web-%index%', deep: [{ '%index%': '%index%/%index%' }], n: 1, none: null }
    const definition = { type: 'T%index%', properties, metadata: { k: '%index%' } }
    const group = new Played().become({ props: { count: 2, resource_def: definition } })
    assert.deepEqual(group.resources['1'], {
      type: 'T%index%',
      properties: { name: 'web-1', deep: [{ '%index%': '1/1' }], n: 1 },
      metadata: { k: '%index%' },
    })
    const own = new Played().become(
      of(1, 'x', { index_var: '{i}', resource_def: { type: 'T', properties: { v: '{i}%index%' } } }),
    )
    assert.deepEqual(own.course, ['0:0%index%'])
  })

  it('is refused, and not even written down, where it is larger than a stack may be', () => {
    assert.throws(() => new Played().become(of(1_000_000_000)), {
      name: 'RequestLimitExceeded',
      message: 'Request limit exceeded: Maximum resources per stack exceeded.',
    })
    assert.throws(() => new Played().become(of(90, 'x'.repeat(1_000_000))), {
      name: 'RequestLimitExceeded',
      message: /The definitions of 90 members are larger than \d+ characters/,
    })
  })

  describe('that loses members', () => {
    const without = (list: readonly unknown[], mode = 'append', count = 3) =>
      of(count, 1, { removal_policies: [{ resource_list: list }], removal_policies_mode: mode })

    it('removes those that are named, by name or reference, and never uses their names again', () => {
      const group = new Played().become(of(3))
      assert.deepEqual(group.become(without([1, 'ref-0', 'nobody'])).names, ['2', '3', '4'])
      assert.deepEqual(group.notes.name_blacklist, '0,1')
      assert.deepEqual(group.become(of(4)).names, ['2', '3', '4', '5'])
    })

    it('adds to those that were removed before, or takes their place', () => {
      const group = new Played().become(of(3)).become(without(['0']))
      assert.deepEqual(group.become(without(['1'])).names, ['2', '3', '4'])
      assert.deepEqual(group.become(without(['2'], 'update')).names, ['0', '1', '3'])
      assert.deepEqual(group.become(without([], 'update')).names, ['0', '1', '2'])
    })

    it('knows from its beginning which names it may not use', () => {
      assert.deepEqual(new Played().become(without(['0'])).names, ['1', '2', '3'])
    })
  })

  describe('that grows in batches', () => {
    it('makes so many at a time when it is created', () => {
      const group = new Played().become({
        ...of(5),
        policy: { batch_create: { max_batch_size: 2, pause_time: 7 } },
      })
      assert.deepEqual(group.course, ['0:1 1:1', '0:1 1:1 2:1 3:1', '0:1 1:1 2:1 3:1 4:1'])
      assert.deepEqual(
        group.steps.map(({ more }) => more?.pauseSeconds),
        [7, 7, undefined],
      )
      assert.deepEqual(
        group.become({ ...of(8), policy: { batch_create: { max_batch_size: 2 } } }).steps.length,
        1,
      )
    })
  })

  describe('that changes in batches', () => {
    it('changes so many at a time, the last first', () => {
      const group = new Played().become(of(3)).become({ ...of(3, 2), policy: rolling(1, 0, 5) })
      assert.deepEqual(group.course, ['0:1 1:1 2:2', '0:1 1:2 2:2', '0:2 1:2 2:2'])
      assert.deepEqual(
        group.steps.map(({ more }) => more?.pauseSeconds),
        [5, 5, undefined],
      )
    })

    it('changes what has failed before what serves (§9)', () => {
      const group = new Played().become(of(3))
      group.failed = new Set(['0'])
      group.become({ ...of(3, 2), policy: rolling(1) })
      assert.deepEqual(group.course, ['0:2 1:1 2:1', '0:2 1:1 2:2', '0:2 1:2 2:2'])
    })

    it('lends members so that enough stay in service, and takes them back', () => {
      const group = new Played().become(of(2)).become({ ...of(2, 2), policy: rolling(2, 2) })
      assert.deepEqual(group.course, ['0:1 1:1 2:2 3:2', '0:2 1:2 2:2 3:2', '0:2 1:2'])
    })

    it('changes all at once where nothing says otherwise, and what only grows', () => {
      assert.equal(new Played().become(of(3)).become(of(3, 2)).steps.length, 1)
      assert.equal(new Played().become(of(3)).become({ ...of(5), policy: rolling(1) }).steps.length, 1)
    })

    it('refuses to begin what would pause longer than the stack has time', () => {
      const group = new Played().become(of(4))
      assert.throws(() => group.become({ ...of(4, 2), policy: rolling(1, 0, 20), timeoutSeconds: 60 }), {
        name: 'ValueError',
        message: 'The current update policy will result in stack update timeout.',
      })
      assert.deepEqual(
        group.become({ ...of(4, 2), policy: rolling(1, 0, 20), timeoutSeconds: 61 }).names.length,
        4,
      )
    })

    it('ends with what is wanted, never with fewer in service, whatever it was', () => {
      const number = fc.integer({ min: 0, max: 6 })
      const size = fc.integer({ min: 1, max: 4 })
      const gone = fc.subarray(['0', '1', '2', '3'])
      fc.assert(
        fc.property(fc.record({ was: number, count: number, size, min: number, gone }), (drawn) => {
          const group = new Played().become(of(drawn.was))
          const removed = { removal_policies: [{ resource_list: drawn.gone }] }
          group.become({ ...of(drawn.count, 2, removed), policy: rolling(drawn.size, drawn.min) })
          assert.equal(group.names.length, drawn.count)
          assert.ok(Object.values(group.resources).every(({ properties }) => properties.v === 2))
          // Members that are to be removed do not count.
          const staying = drawn.was - drawn.gone.filter((name) => Number(name) < drawn.was).length
          const kept = Math.min(drawn.min, drawn.count, staying)
          for (const { template } of group.steps)
            assert.ok(Object.keys(template.resources as object).length >= kept)
        }),
        { numRuns: 300 },
      )
    })

    it('changes no more of its members at once than it may', () => {
      const number = fc.integer({ min: 1, max: 6 })
      fc.assert(
        fc.property(number, number, fc.integer({ min: 1, max: 3 }), number, (was, count, size, min) => {
          const group = new Played().become(of(was))
          let earlier: Definitions = group.resources
          group.become({ ...of(count, 2), policy: rolling(size, min) })
          for (const { template } of group.steps) {
            const now = template.resources as Definitions
            const changed = Object.keys(now).filter(
              (name) => earlier[name]?.properties.v === 1 && now[name]?.properties.v === 2,
            )
            assert.ok(changed.length <= size, `${changed.length} were changed at once`)
            earlier = now
          }
        }),
        { numRuns: 300 },
      )
    })
  })

  describe('gives as attributes', () => {
    const child = {
      id: 'child',
      arn: 'arn',
      output: () => null,
      outputOr: () => null,
      outputNames: () => [],
      members: () => ['0', '1'],
      reference: (member: string) => (Number(member) < 2 ? `ref-${member}` : undefined),
      attribute: async (member: string, path: readonly (string | number)[]) => `${member}.${path.join('.')}`,
    }
    const get = (...path: (string | number)[]) =>
      ResourceGroup.attribute({
        name: 'g',
        path,
        child,
        notes: { get: (key) => (key === 'name_blacklist' ? '3,5' : undefined) },
      })

    it('the references of its members', async () => {
      assert.deepEqual(await get('refs'), ['ref-0', 'ref-1'])
      assert.deepEqual(await get('refs', 1), 'ref-1')
      assert.deepEqual(await get('refs_map'), { 0: 'ref-0', 1: 'ref-1' })
      assert.deepEqual(await get('removed_rsrc_list'), ['3', '5'])
    })

    it('any attribute of all of its members', async () => {
      assert.deepEqual(await get('size'), ['0.size', '1.size'])
      assert.deepEqual(await get('networks', 'private', 0), ['0.networks.private.0', '1.networks.private.0'])
      assert.deepEqual(await get('attributes', 'size'), { 0: '0.size', 1: '1.size' })
    })

    it('what one of its members is', async () => {
      assert.deepEqual(await get('resource.1'), 'ref-1')
      assert.deepEqual(await get('resource.1', 'size'), '1.size')
      assert.deepEqual(await get('resource.1.size'), '1.size')
      await assert.rejects(get('resource.7'), {
        name: 'NotFound',
        message: "Member '7' not found in group resource 'g'.",
      })
    })
  })
})
