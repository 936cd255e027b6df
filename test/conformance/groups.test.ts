import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ResourceGroup } from '../../src/resources/heat/resource-group.ts'
import { read } from '../../src/schema/index.ts'
import stories from './facts/groups.json' with { type: 'json' }

interface Update {
  readonly props: Readonly<Record<string, unknown>>
  readonly policy?: object
  /** The stack's time, in minutes. */
  readonly timeout?: number
  readonly templates: readonly string[]
  readonly removed: string
  readonly error?: string
}

type Template = Readonly<Record<string, unknown>>

/** A group as the engine knows it between updates. */
interface Group {
  applied: Readonly<Record<string, unknown>>
  before: Template | undefined
  notes: Readonly<Record<string, string>>
}

const self = { name: 'g', uuid: '', type: '', stack: { id: '', name: '', projectId: '' }, physicalName: '' }

const membersIn = (template: Template | undefined) =>
  Object.entries((template?.resources ?? {}) as Readonly<Record<string, { properties: { v: unknown } }>>)

const toldOf = (template: Template): string =>
  membersIn(template)
    .map(([name, { properties }]) => `${name}:${String(properties.v)}`)
    .join(' ')

/** Gives a group one template after the other until it asks for no more, and tells of each that is another one. */
function become(group: Group, { props, policy = {}, timeout = 60 }: Update): readonly string[] {
  const { value, faults } = read(ResourceGroup.properties, props)
  assert.deepEqual(faults, [])
  const course: string[] = []
  for (let more = true; more; ) {
    const members = new Map(membersIn(group.before).map(([name]) => [name, `ref-${name}`]))
    const next = ResourceGroup.next({
      props: value,
      self,
      applied: group.applied,
      again: course.length > 0,
      notes: { get: (key) => group.notes[key] },
      updatePolicy: { ...policy },
      timeoutSeconds: timeout * 60,
      mostMembers: 100,
      members,
      failed: new Set<string>(),
      before: group.before,
    })
    group.before = next.template
    group.notes = { ...group.notes, ...next.notes }
    const told = toldOf(next.template)
    if (course.at(-1) !== told) course.push(told)
    more = next.more !== undefined
  }
  group.applied = value
  return course
}

describe('a group goes from one template to the next as in Heat', () => {
  for (const [number, story] of (stories as readonly (readonly Update[])[]).entries()) {
    it(`in story ${number}`, () => {
      const group: Group = { applied: {}, before: undefined, notes: {} }
      for (const update of story) {
        const { templates, removed, error } = update
        if (error !== undefined) {
          assert.throws(() => become(group, update), { message: error })
          continue
        }
        assert.deepEqual(
          [become(group, update), group.notes.name_blacklist ?? ''],
          [templates, removed],
          JSON.stringify(update),
        )
      }
    })
  }
})
