import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'

/** How long it looks, and from which seed: `HEARTH_FUZZ_SEED=17 HEARTH_FUZZ_SECONDS=0` plays one case again. */
const seconds = Number(process.env.HEARTH_FUZZ_SECONDS ?? 60)
const first = Number(process.env.HEARTH_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31))

/** No request of a few kilobytes may keep a processor busy for longer, nor need more memory. */
const longestMs = 10_000
const mostMegabytes = 512
const mostFaults = 5

interface Said {
  readonly seed: number
  readonly fault?: string
  readonly ms?: number
}

interface Fuzzed {
  readonly faults: readonly string[]
  readonly cases: number
  readonly slowest: { readonly seed: number; readonly ms: number }
}

function fuzz(): Promise<Fuzzed> {
  const until = Date.now() + Math.max(1, seconds * 1000)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { first, until },
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  const faults: string[] = []
  let cases = 0
  let slowest = { seed: first, ms: 0 }
  let current = first
  return new Promise((resolve) => {
    let watch: NodeJS.Timeout | undefined
    const end = (): void => {
      clearTimeout(watch)
      void worker.terminate()
      resolve({ faults, cases, slowest })
    }
    worker.on('message', ({ seed, fault, ms }: Said) => {
      current = seed
      clearTimeout(watch)
      if (fault !== undefined && faults.push(`seed ${seed}: ${fault}`) >= mostFaults) end()
      if (ms === undefined) {
        watch = setTimeout(() => {
          faults.push(`seed ${seed}: it takes more than ${longestMs} ms`)
          end()
        }, longestMs)
      } else {
        cases++
        if (ms > slowest.ms) slowest = { seed, ms }
      }
    })
    worker.on('error', (error) => {
      faults.push(`seed ${current}: ${String(error)}`)
      end()
    })
    worker.on('exit', end)
  })
}

test('no template, environment or file does more than have problems', async (t) => {
  const { faults, cases, slowest } = await fuzz()
  t.diagnostic(
    `${cases} cases from seed ${first} on; the slowest, ${slowest.seed}, took ${slowest.ms.toFixed(0)} ms`,
  )
  assert.deepEqual(faults, [])
  assert.ok(cases > 0)
})
