import type { FastifyRequest } from 'fastify'
import type { Clock } from '../base/clock.ts'
import type { Meter } from '../base/metrics.ts'
import { type Pace, pacer } from '../base/pacer.ts'
import { TooManyRequests } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import type { Settings } from './surroundings.ts'
import { clientAddress, networkOf } from './visitor.ts'

/** How many requests are answered; all of it is without limits unless a site says otherwise. */
export interface RateOptions {
  /** Of one project, that may change something: all but GET. */
  readonly changes: Pace
  /** Of one project, that only read. */
  readonly reads: Pace
  /** From one address, without a good token. */
  readonly strangers: Pace
}

const unlimited: Pace = { perMinute: 0, burst: 0 }

/** No limits. */
export const noRates: RateOptions = { changes: unlimited, reads: unlimited, strangers: unlimited }

/** Counts requests, and refuses those that are too many. */
export interface RateLimits {
  /** Problem 429 if the project has asked too much. */
  ofProject(request: FastifyRequest, caller: Caller): void
  /** Problem 429 if the address was without a good token too often; else it was once more. */
  ofStranger(request: FastifyRequest): void
  /** Problem 429 if the address was without a good token too often, and this one is not known to be good. */
  toBeAsked(request: FastifyRequest, isKnown: () => boolean): void
}

interface Parts {
  readonly settings: Settings
  readonly clock: Clock
  readonly meter: Meter
}

/** The limits of a server. */
export function rateLimits({ settings, clock, meter }: Parts): RateLimits {
  const { changes, reads, strangers } = settings.rates
  const [ofChanges, ofReads, ofStrangers] = [changes, reads, strangers].map((pace) => pacer(pace, clock)) as [
    ReturnType<typeof pacer>,
    ReturnType<typeof pacer>,
    ReturnType<typeof pacer>,
  ]
  const network = (request: FastifyRequest) => networkOf(clientAddress(request, settings))

  function refuseFor(seconds: number, kind: 'change' | 'read' | 'stranger'): void {
    if (seconds === 0) return
    meter.count('hearth_api_too_many_total', { kind })
    throw TooManyRequests({ retryAfter: seconds })
  }

  return {
    ofProject({ method }, { projectId }) {
      const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      refuseFor((isRead ? ofReads : ofChanges).take(projectId), isRead ? 'read' : 'change')
    },
    ofStranger: (request) => refuseFor(ofStrangers.take(network(request)), 'stranger'),
    toBeAsked(request, isKnown) {
      if (strangers.perMinute > 0 && !isKnown()) refuseFor(ofStrangers.wait(network(request)), 'stranger')
    },
  }
}
