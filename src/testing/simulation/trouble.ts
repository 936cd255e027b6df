import type { Clock } from '../../base/clock.ts'
import type { Ask } from '../../cloud/index.ts'
import { unavailable } from '../../store/database.ts'
import type { DatabaseTrouble } from '../mortal.ts'
import { type Interference, lostAnswer, refusal, resourceIn, unreachable, type Yard } from '../yard.ts'
import type { Faults } from './faults.ts'

/** No request to the cloud is on its way for longer: engines look that long for what one may have made. */
const longestWayMs = 2000

interface Cloud {
  readonly clock: Clock
  readonly yard: Yard
}

/** A cloud that makes every kind of trouble, now and then. */
export function cloudTrouble(faults: Faults, { clock, yard }: Cloud): Interference {
  return async (ask, act) => {
    if (ask.method === 'POST' && faults.comes('object in error')) spoilNext(yard, ask)
    if (faults.comes('token expired')) await renewal(faults, clock)
    if (faults.comes('cloud slow')) await clock.sleep(faults.chance('cloud slow').below(longestWayMs))
    if (faults.comes('cloud unreachable')) throw unreachable()
    if (faults.comes('cloud busy')) throw refusal('Slow down.', { kind: 'rate-limited', status: 429 })
    if (faults.comes('cloud refusing')) throw refusalOf(faults)
    if (ask.method === 'GET') return await act()
    return await change(faults, clock, { ask, act })
  }
}

/** The object that is asked for comes out wrong, once it is made. */
function spoilNext({ failing }: Yard, { body }: Ask): void {
  const { thing } = body as { thing: { name?: string; other?: string } }
  // The second of a pair is never looked at.
  if (thing.other !== undefined || (thing.name !== undefined && Object.keys(thing).length === 1)) return
  const resource = resourceIn(thing.name ?? '')
  failing.set(resource, (failing.get(resource) ?? 0) + 1)
}

async function renewal(faults: Faults, clock: Clock): Promise<void> {
  const chance = faults.chance('token expired')
  await clock.sleep(chance.below(500))
  if (chance.is(0.2)) throw refusal("The identity service can't be reached.", { kind: 'unavailable' })
}

function refusalOf(faults: Faults): Error {
  const kinds = [
    ['bad-request', 400],
    ['forbidden', 403],
    ['conflict', 409],
    ['over-limit', 413],
  ] as const
  const [kind, status] = faults.chance('cloud refusing').one(kinds)
  return refusal('Not now.', { kind, status })
}

type Asked = { readonly ask: Ask; readonly act: Parameters<Interference>[1] }

/** What may befall a request that changes something. */
async function change(faults: Faults, clock: Clock, { act }: Asked): ReturnType<Interference> {
  if (faults.comes('cloud failing')) {
    const failure = { kind: 'unavailable', status: 500, doubtful: true } as const
    if (faults.chance('cloud failing').is(0.5)) await act()
    throw refusal('Something broke.', failure)
  }
  if (faults.comes('request lost')) throw lostAnswer()
  if (faults.comes('answer lost')) {
    await act()
    if (faults.chance('answer lost').is(0.3)) await clock.sleep(longestWayMs)
    throw lostAnswer()
  }
  if (faults.comes('request late')) {
    const late = clock.sleep(faults.chance('request late').below(longestWayMs / 2)).then(act)
    late.catch(() => {})
    throw lostAnswer()
  }
  return await act()
}

/** A database that can't always be reached. */
export function databaseTrouble(faults: Faults, clock: Clock): DatabaseTrouble {
  async function anyUse(): Promise<void> {
    if (faults.comes('database slow')) await clock.sleep(faults.chance('database slow').below(1500))
    if (!faults.comes('database away')) return
    await clock.sleep(faults.chance('database away').below(3000))
    throw unavailable(new Error('connection refused'))
  }
  return {
    reading: anyUse,
    async writing() {
      await anyUse()
      if (faults.comes('transaction broken')) return 'broken'
      return faults.comes('commit unanswered') ? 'unanswered' : 'well'
    },
  }
}

/** How hints are carried from one engine to another. */
export function hintTrouble(faults: Faults, clock: Clock): (deliver: () => void) => void {
  return (deliver) => {
    if (faults.comes('hint lost')) return
    const times = faults.comes('hint doubled') ? 2 : 1
    for (let i = 0; i < times; i++) {
      if (faults.comes('hint late')) void clock.sleep(faults.chance('hint late').below(5000)).then(deliver)
      else queueMicrotask(deliver)
    }
  }
}
