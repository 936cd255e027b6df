import type { Worker } from '../scenario.ts'
import { type Interference, lostAnswer, refusal, unreachable } from '../yard.ts'
import { type CarryOut, type Phrase, stackOf, type Telling } from './telling.ts'

const times: Readonly<Record<string, number>> = { once: 1, twice: 2, 'three times': 3, always: 1000 }

/** The next so many requests of a method meet with this; all others pass. */
function meet({ play }: Telling, method: string, count: number, with_: Interference): void {
  const { yard } = play
  const before = yard.interfere
  let left = count
  yard.interfere = (ask, act) => {
    if (left === 0 || ask.method !== method) return before(ask, act)
    left--
    return with_(ask, act)
  }
}

const statuses: Readonly<
  Record<string, 'bad-request' | 'forbidden' | 'conflict' | 'rate-limited' | 'over-limit'>
> = {
  400: 'bad-request',
  403: 'forbidden',
  409: 'conflict',
  413: 'over-limit',
  429: 'rate-limited',
}

const refuse: CarryOut = (telling, { method = '', count = 'once', status = '403', words = 'No.' }) =>
  meet(telling, method, times[count] ?? 1, async () => {
    throw refusal(words, { kind: statuses[status] ?? 'bad-request', status: Number(status) })
  })

const lose: CarryOut = (telling, { method = '', count = 'once', done }) =>
  meet(telling, method, times[count] ?? 1, async (_ask, act) => {
    if (done !== undefined) await act()
    throw lostAnswer()
  })

const late: CarryOut = (telling, { method = '', seconds = '1' }) =>
  meet(telling, method, 1, async (_ask, act) => {
    const arrival = telling.play.clock.sleep(Number(seconds) * 1000).then(act)
    arrival.catch(() => {})
    throw lostAnswer()
  })

const away: CarryOut = ({ play: { yard, clock } }, { seconds = '1' }) => {
  const before = yard.interfere
  const until = clock.now() + Number(seconds) * 1000
  yard.interfere = (ask, act) => {
    if (clock.now() >= until) return before(ask, act)
    throw unreachable()
  }
}

const pace: CarryOut = ({ play: { yard } }, { seconds = '0', what }) => {
  yard.pace[what === 'be built' ? 'buildMs' : 'deleteMs'] = Number(seconds) * 1000
}

function engineOf(telling: Telling, stack: string): Worker {
  const { id } = stackOf(telling, stack)
  const engine = telling.engines.find((one) => !one.life.isOver && one.deployer.stacks.includes(id))
  if (engine === undefined) throw new Error(`No engine is at ${stack}.`)
  return engine
}

const start: CarryOut = async ({ play, engines }) => {
  engines.push(await play.worker())
}

const die: CarryOut = (telling, { stack = '' }) => engineOf(telling, stack).life.end()

const freeze: CarryOut = (telling, { stack = '', seconds = '1' }) => {
  const { life } = engineOf(telling, stack)
  life.freeze()
  void telling.play.clock.sleep(Number(seconds) * 1000).then(() => life.thaw())
}

const silence: CarryOut = ({ play: { hints } }) => {
  hints.deaf = true
}

/** What befalls clouds and engines. */
export const befalling: readonly Phrase[] = [
  [/^things take (?<seconds>\d+) s to (?<what>be built|go)$/, pace],
  [
    /^(?<resource>\w+) comes out in error (?<count>once|twice|three times|always)$/,
    ({ play }, { resource = '', count = 'once' }) => void play.yard.failing.set(resource, times[count] ?? 1),
  ],
  [
    /^the cloud refuses (?<method>[A-Z]+) (?<count>once|twice|three times|always) with (?<status>\d+): (?<words>.*)$/,
    refuse,
  ],
  [/^the cloud loses (?<method>[A-Z]+) (?<count>once|twice|three times)$/, lose],
  [
    /^the cloud does (?<done>what) it is asked by (?<method>[A-Z]+), and its answer is lost (?<count>once|twice|three times)$/,
    lose,
  ],
  [/^the next (?<method>[A-Z]+) arrives (?<seconds>\d+) s after it is given up$/, late],
  [/^the cloud is away for (?<seconds>\d+) s$/, away],
  [/^an engine starts$/, start],
  [/^the engine of (?<stack>\w+) dies$/, die],
  [/^the engine of (?<stack>\w+) is frozen for (?<seconds>\d+) s$/, freeze],
  [/^messages are lost$/, silence],
  [/^after (?<seconds>\d+) s$/, ({ play }, { seconds = '0' }) => play.clock.pass(Number(seconds) * 1000)],
]
