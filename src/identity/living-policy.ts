import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import { odditiesIn, type Policy, policy } from './policy.ts'
import { type PolicyPlaces, policyFilesIn, policyStamp, readPolicy } from './policy-files.ts'

interface Parts {
  readonly places: PolicyPlaces
  readonly enforceNewDefaults: boolean
  readonly clock: Clock
  readonly log: Log
}

/** How often the files are looked at, at most. */
const pauseMs = 1000

/**
 * A policy that is what its files say, also when they change. They are looked at when somebody asks, and at most once in a second.
 * Throws `PolicyInvalid` if they can't be used; if that comes later it is logged, and what they said before goes on counting. So it
 * does when a file is gone, for whoever takes one away by mistake would open doors.
 */
export function livingPolicy({ places, enforceNewDefaults, clock, log }: Parts): Policy {
  let present = read()
  let counted = policyFilesIn(places)
  let stamp = policyStamp(places)
  let seen = stamp
  let lookedAt = clock.now()

  function read(): Policy {
    const options = { rules: readPolicy(places), enforceNewDefaults }
    const made = policy(options)
    for (const oddity of odditiesIn(options)) log.warn({}, `Of the policy: ${oddity}`)
    return made
  }

  function current(): Policy {
    const now = clock.now()
    if (Math.abs(now - lookedAt) < pauseMs) return present
    lookedAt = now
    try {
      const before = seen
      seen = policyStamp(places)
      // A file that is another at each look is still being written.
      if (seen !== stamp && seen === before) readAnew()
    } catch (error) {
      log.error({ problem: messageOf(error) }, "The policy can't be read anew: what it said goes on counting")
    }
    return present
  }

  function readAnew(): void {
    stamp = seen
    const files = policyFilesIn(places)
    const gone = counted.filter((file) => policyStamp({ files: [file], directories: [] }) === '')
    if (gone.length > 0) {
      log.error({ gone }, 'Files of the policy are gone: what they said goes on counting until a restart')
      return
    }
    present = read()
    counted = files
    log.info({ files }, 'The policy was read anew')
  }

  return {
    allowed: (rule, caller, target) => current().allowed(rule, caller, target),
    demand: (rule, caller, target) => current().demand(rule, caller, target),
    allowedType: (type, caller) => current().allowedType(type, caller),
    demandType: (type, caller) => current().demandType(type, caller),
  }
}
