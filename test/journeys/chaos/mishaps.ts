import { setTimeout as pause } from 'node:timers/promises'
import type { Fleet } from '../fleet.ts'

/** Something that happens to a site, and is over when it resolves; all of it is well again then. */
export interface Mishap {
  readonly name: string
  happen(fleet: Fleet, random: () => number): Promise<void>
}

const one = <T>(list: readonly T[], random: () => number): T => {
  const chosen = list[Math.floor(random() * list.length)]
  if (chosen === undefined) throw new Error('there is nothing to choose from')
  return chosen
}

/** What may happen to processes; what is often in life is named more than once. */
export const toProcesses: readonly Mishap[] = [
  { name: 'engine killed', happen: (fleet, random) => killed(fleet, one(fleet.engines, random), random) },
  { name: 'engine killed', happen: (fleet, random) => killed(fleet, one(fleet.engines, random), random) },
  {
    name: 'all engines killed',
    happen: async (fleet, random) =>
      void (await Promise.all(fleet.engines.map((engine) => killed(fleet, engine, random)))),
  },
  { name: 'API killed', happen: (fleet, random) => killed(fleet, one(fleet.apis, random), random) },
  {
    name: 'engine frozen past its lease',
    async happen(fleet, random) {
      const engine = one(fleet.engines, random)
      fleet.signal(engine, 'SIGSTOP')
      await pause(7000 + random() * 3000)
      fleet.signal(engine, 'SIGCONT')
    },
  },
  {
    name: 'engine restarted in order',
    async happen(fleet, random) {
      const engine = one(fleet.engines, random)
      await fleet.end(engine, 'SIGTERM')
      await fleet.start(engine)
    },
  },
]

/** What may happen to servers and to the network, at the same time. */
export const toServers: readonly Mishap[] = [
  {
    name: 'engine cut off from the broker',
    async happen(fleet, random) {
      const { wire } = fleet.member(one(fleet.engines, random))
      wire?.cut()
      await pause(3000 + random() * 30_000)
      wire?.mend()
    },
  },
  { name: 'broker restarted', happen: (fleet, random) => restarted(fleet.broker, random) },
  { name: 'database restarted', happen: (fleet, random) => restarted(fleet.mariadb, random) },
]

async function killed(fleet: Fleet, name: string, random: () => number): Promise<void> {
  await fleet.end(name, 'SIGKILL')
  await pause(random() * 4000)
  await fleet.start(name)
}

async function restarted(
  service: { kill(): Promise<void>; start(): Promise<void> },
  random: () => number,
): Promise<void> {
  await service.kill()
  await pause(random() * 3000)
  await service.start()
}
