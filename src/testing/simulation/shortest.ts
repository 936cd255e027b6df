import type { FaultKind } from './faults.ts'
import { type Simulated, type SimulationOptions, simulate } from './simulate.ts'

type Play = (seed: number, options: SimulationOptions) => Promise<Simulated>

/** Of a story that breaks a law, the fewest first steps that still do, and the kinds of trouble that it takes none of. */
export async function shortest(seed: number, play: Play = simulate): Promise<SimulationOptions> {
  const whole = await play(seed, {})
  const steps = await fewestSteps(whole, play)
  let without: ReadonlySet<FaultKind> = new Set()
  for (const kind of whole.faults.keys()) {
    const fewer = new Set([...without, kind])
    const { broken } = await play(seed, { steps, without: fewer })
    if (broken.length > 0) without = fewer
  }
  return { steps, without }
}

async function fewestSteps({ seed, steps: all }: Simulated, play: Play): Promise<number> {
  for (let steps = 1; steps < all; steps++) {
    const { broken } = await play(seed, { steps })
    if (broken.length > 0) return steps
  }
  return all
}
