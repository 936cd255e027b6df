import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ordinaryTimes } from '../../../src/simulator/times.ts'
import { Agenda, task } from '../../../src/simulator/world/agenda.ts'
import { kind } from '../../../src/simulator/world/table.ts'
import { World } from '../../../src/simulator/world/world.ts'
import { handClock } from '../cloud.ts'

test('appointments come in the order of their time, and of their making where the time is the same', () => {
  const agenda = new Agenda()
  const dues = [5, 3, 9, 3, 1, 7, 5]
  for (const [at, due] of dues.entries()) agenda.add(due, `${due}/${at}`, undefined)
  const taken = []
  for (let next = agenda.take(8); next !== undefined; next = agenda.take(8)) taken.push(next.task)
  assert.deepEqual(taken, ['1/4', '3/1', '3/3', '5/0', '5/6', '7/5'])
  assert.equal(agenda.take(9)?.task, '9/2')
})

test('the world keeps an appointment at the moment that it was due, although it is late', () => {
  const clock = handClock(0)
  const seen: number[] = []
  const again = task<number>('again', (world, left) => {
    seen.push(world.now())
    if (left > 0) world.later(100, again, left - 1)
  })
  const world = new World({ clock, times: ordinaryTimes, tokenTtlSeconds: 1, kinds: [], tasks: [again] })
  world.later(100, again, 2)
  clock.advance(1000)
  world.catchUp()
  assert.deepEqual(seen, [100, 200, 300])
  assert.equal(world.now(), 1000)
})

test('a world takes up what another put away', () => {
  const things = kind<{ id: string; colour: string }>('things', ['colour'])
  const paint = task<string>('paint', (world, id) => {
    world.of(things).change(id, { colour: 'red' })
  })
  const clock = handClock(0)
  const options = { clock, times: ordinaryTimes, tokenTtlSeconds: 1, kinds: [things], tasks: [paint] }
  const first = new World(options)
  first.of(things).add({ id: 'a', colour: 'blue' })
  first.later(50, paint, 'a')
  const second = new World(options)
  second.restore(JSON.parse(JSON.stringify(first.snapshot())))
  clock.advance(50)
  second.catchUp()
  assert.deepEqual(second.of(things).where('colour', 'red'), [{ id: 'a', colour: 'red' }])
  assert.deepEqual(second.of(things).where('colour', 'blue'), [])
  assert.equal(first.random.state, second.random.state)
})
