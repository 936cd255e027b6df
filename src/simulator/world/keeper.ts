import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Clock } from '../../base/clock.ts'
import type { Snapshot, World } from './world.ts'

const pause = 200

/** Keeps a file equal to the world, a moment after each change and at the end. */
export interface Keeper {
  close(): void
}

/** Takes up what a file says of the world, if there is one; says whether there was. */
export function takeUp(world: World, file: string): boolean {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
  world.restore(JSON.parse(text) as Snapshot)
  return true
}

/** Writes the world to a file from now on. A burst of changes is written once. */
export function keep(world: World, file: string, clock: Clock): Keeper {
  const closed = new AbortController()
  let dirty = true
  let planned = false

  function save(): void {
    if (!dirty) return
    const beside = `${file}.${process.pid}.new`
    writeFileSync(beside, JSON.stringify(world.snapshot()), { mode: 0o600 })
    renameSync(beside, file)
    dirty = false
  }

  function plan(): void {
    dirty = true
    if (planned) return
    planned = true
    clock.sleep(pause, closed.signal).then(
      () => {
        planned = false
        saveLaterIfNotNow()
      },
      () => undefined,
    )
  }

  /** A disk that is full now may have room at the next change; whoever closes the cloud is told of it. */
  function saveLaterIfNotNow(): void {
    try {
      save()
    } catch {
      dirty = true
    }
  }

  world.onChange = plan
  plan()
  return {
    close() {
      closed.abort()
      world.onChange = () => {}
      save()
    },
  }
}
