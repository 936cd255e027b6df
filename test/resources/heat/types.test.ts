import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { Delay } from '../../../src/resources/heat/delay.ts'
import { RandomString } from '../../../src/resources/heat/random-string.ts'
import { TestResource } from '../../../src/resources/heat/test-resource.ts'
import { Value } from '../../../src/resources/heat/value.ts'
import { hasUnknown, UNKNOWN } from '../../../src/schema/index.ts'
import { type Rehearsal, rehearse } from '../../../src/testing/rehearsal.ts'

/** What a random text of these properties looks like, ten times over. */
async function texts(given: object): Promise<readonly string[]> {
  const drawn: string[] = []
  for (let i = 0; i < 10; i++) {
    const one = rehearse(RandomString, given)
    await one.create()
    drawn.push(one.notes.get('value') ?? '')
  }
  return drawn
}

describe('OS::Heat::RandomString', () => {
  it('is as long as asked, of the characters that were asked for, and another each time', async () => {
    for (const text of await texts({})) assert.match(text, /^[A-Za-z0-9]{32}$/)
    for (const text of await texts({ length: 6, sequence: 'octdigits' })) assert.match(text, /^[0-7]{6}$/)
    assert.equal(new Set(await texts({})).size, 10)
  })

  it('has as many of each set as it must have, not in the order of the sets', async () => {
    const given = {
      length: 12,
      character_classes: [
        { class: 'digits', min: 4 },
        { class: 'uppercase', min: 4 },
      ],
      character_sequences: [{ sequence: '_', min: 2 }],
    }
    const drawn = await texts(given)
    for (const text of drawn) {
      assert.match(text, /^[0-9A-Z_]{12}$/)
      const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
      assert.ok(count(/\d/g) >= 4 && count(/[A-Z]/g) >= 4 && count(/_/g) >= 2, text)
    }
    assert.ok(drawn.some((text) => !/^\d{4}[A-Z]{4}/.test(text)))
  })

  it('refuses to be shorter than the sets demand', () => {
    const refused =
      RandomString.validate?.({ length: 3, character_classes: [{ class: 'digits', min: 4 }] }, 'r') ?? []
    assert.deepEqual(
      refused.map(({ path }) => path),
      [['length']],
    )
    assert.deepEqual(RandomString.validate?.({ length: UNKNOWN as never }, 'r'), [])
    assert.ok(hasUnknown(UNKNOWN))
  })

  it('gives its text as its attribute and as its reference', async () => {
    const one = rehearse(RandomString, { length: 5 })
    await one.create()
    const text = one.notes.get('value')
    const { id, self, props, notes } = one.context()
    assert.equal(RandomString.reference?.({ id, self, props, notes }), text)
    assert.equal(await RandomString.compute?.value?.(one.context()), text)
  })
})

describe('OS::Heat::Value', () => {
  const worthOf = async (given: JsonMap): Promise<unknown> => {
    const one: Rehearsal<typeof Value> = rehearse(Value, given)
    return await Value.compute?.value?.(one.context())
  }

  it('is what it was given', async () => {
    for (const value of ['x', 1, [1, 'a'], { k: 1 }, false]) assert.deepEqual(await worthOf({ value }), value)
  })

  it('is of the type that was asked for', async () => {
    assert.equal(await worthOf({ type: 'number', value: '3' }), 3)
    assert.equal(await worthOf({ type: 'string', value: 3 }), '3')
    assert.equal(await worthOf({ type: 'boolean', value: 'true' }), true)
    assert.deepEqual(await worthOf({ type: 'comma_delimited_list', value: 'a,b' }), ['a', 'b'])
    assert.deepEqual(await worthOf({ type: 'json', value: '{"k": [1]}' }), { k: [1] })
    assert.deepEqual(await worthOf({ type: 'json', value: [1] }), [1])
  })

  it('refuses what can not be of that type, but not what is not known yet', () => {
    const refused = (type: 'number' | 'json', value: unknown) =>
      (Value.validate?.({ type, value }, 'v') ?? []).map(({ path }) => path)
    assert.deepEqual(refused('number', 'many'), [['value']])
    assert.deepEqual(refused('json', '{'), [['value']])
    assert.deepEqual(refused('number', UNKNOWN), [])
  })
})

describe('OS::Heat::Delay', () => {
  const takes = (given: object, action: 'CREATE' | 'UPDATE' | 'DELETE') =>
    Delay.takes?.({ ...rehearse(Delay, given).context(), action })

  it('takes its time for the actions that it is of', () => {
    assert.equal(takes({ min_wait: 5 }, 'CREATE'), 5)
    assert.equal(takes({ min_wait: 5 }, 'DELETE'), 0)
    assert.equal(takes({ min_wait: 5, actions: ['DELETE'] }, 'DELETE'), 5)
  })

  it('takes by chance a little more', () => {
    for (let i = 0; i < 20; i++) {
      const seconds = takes({ min_wait: 5, max_jitter: 2, jitter_multiplier: 10 }, 'CREATE') ?? 0
      assert.ok(seconds >= 5 && seconds <= 25, String(seconds))
    }
  })
})

describe('OS::Heat::TestResource', () => {
  it('gives its value, and fails when told to', async () => {
    const one = rehearse(TestResource, { value: 'v' })
    await one.create()
    assert.equal(await TestResource.compute?.output?.(one.context()), 'v')
    const fails = { name: 'ValueError', message: 'Test Resource failed thing' }
    await assert.rejects(rehearse(TestResource, { fail: true }).create(), fails)
    await assert.rejects(one.update({ fail: true }), fails)
  })

  it('takes as long as it is told to', () => {
    const takes = (given: object, action: 'CREATE' | 'UPDATE' | 'DELETE') =>
      TestResource.takes?.({ ...rehearse(TestResource, given).context(), action })
    assert.equal(takes({ wait_secs: 3 }, 'UPDATE'), 3)
    assert.equal(takes({ wait_secs: 3, action_wait_secs: { create: 9 } }, 'CREATE'), 9)
    assert.equal(takes({ wait_secs: 3, action_wait_secs: { create: 9 } }, 'DELETE'), 3)
  })

  it('wants to be replaced when told to', () => {
    const { props } = rehearse(TestResource).context()
    const asked = (changed: object) => TestResource.replaces?.({ changed, props, before: {} })
    assert.equal(asked({ update_replace: true }), 'update_replace is set')
    assert.equal(asked({ update_replace: false }), undefined)
  })
})
