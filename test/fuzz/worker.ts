// Takes one case after another, from a seed on, and says before each which it is: should it never end, that is known.
import { parentPort, workerData } from 'node:worker_threads'
import { caseOf } from './case.ts'
import { takeAll } from './take-all.ts'

const { first, until } = workerData as { readonly first: number; readonly until: number }

for (let seed = first; Date.now() < until; seed++) {
  parentPort?.postMessage({ seed })
  const since = performance.now()
  try {
    takeAll(caseOf(seed))
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort?.postMessage({ seed, fault: words })
  }
  parentPort?.postMessage({ seed, ms: performance.now() - since })
}
