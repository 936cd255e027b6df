import { getCACertificates } from 'node:tls'
import { Agent, buildConnector } from 'undici'
import { type Clock, systemClock } from '../base/clock.ts'
import { type Limiter, limiter } from '../base/limiter.ts'
import { type Log, silent } from '../base/log.ts'
import { type Meter, unmeasured } from '../base/metrics.ts'
import { type Tracer, untraced } from '../base/tracing.ts'
import { abortable } from './abortable.ts'
import { type Call, exchange, type Outcome } from './exchange.ts'
import { errorOf, factsOf, kindOf, mayBeDone, mayRepeat, spanFacts, succeeded } from './outcome.ts'
import { retryAfterOf } from './refusal.ts'
import type { Reply } from './service.ts'

/** What all sessions of a process share: connections, the limits on requests at once, the log and the clock. */
export interface Transport {
  readonly clock: Clock
  readonly log: Log
  /** Sends a request as often as is safe and sensible; what is not a success is a `CloudError`. */
  send(call: Call): Promise<Reply>
  /** One object for each cloud and region, so that what is known of it can be kept with it. */
  cloudOf(name: string): object
  /** The same with connections and limits of their own, for a cloud that others must not have to wait for. */
  apart(cloud: string, trust: Pick<TransportOptions, 'certificates' | 'verify'>): Transport
  /** Ends the connections; requests under way are let finish. */
  close(): Promise<void>
}

/** How a site wants its clouds to be treated. Each has a default. */
export interface TransportOptions {
  readonly clock?: Clock
  readonly log?: Log
  readonly meter?: Meter
  readonly tracer?: Tracer
  /** Requests at once, by official service type: `{ compute: 16 }`. */
  readonly limits?: Readonly<Record<string, number>>
  readonly connectSeconds?: number
  /** How long a service may think before it begins to answer. */
  readonly answerSeconds?: number
  /** How long the answer may stand still. */
  readonly bodySeconds?: number
  /** How often a request is sent at most. */
  readonly tries?: number
  /** The longest pause before another try; a service that asks for a longer one is not asked again. */
  readonly longestPauseSeconds?: number
  readonly connectionsPerHost?: number
  readonly largestAnswerBytes?: number
  /** Certificates to trust besides the machine's, in PEM. */
  readonly certificates?: string
  /** `false` takes any certificate. */
  readonly verify?: boolean
  /** What to show to a cloud that asks who we are, in PEM; never to the cloud of another site. */
  readonly ownCertificate?: { readonly cert: string; readonly key: string }
  /** From 0 to 1: spreads the pauses of many requests that failed at once. */
  readonly random?: () => number
}

const defaultLimits: Readonly<Record<string, number>> = {
  compute: 16,
  network: 32,
  'block-storage': 16,
  image: 8,
  identity: 16,
}
const otherLimit = 16

/** How many other clouds connections are kept to. */
const mostApart = 64

/** Opens what sessions need to reach clouds; `close` it at the end of the process. */
export function transport(options: TransportOptions = {}): Transport {
  const {
    clock = systemClock,
    log = silent,
    meter = unmeasured,
    tracer = untraced,
    random = Math.random,
    tries = 5,
    longestPauseSeconds = 30,
  } = options
  const agent = agentFor(options)
  const limiterFor = limitersBy({ ...defaultLimits, ...options.limits })
  const clouds = new Map<string, object>()
  const others = transportsApart(options)

  async function send(call: Call): Promise<Reply> {
    let doubtful = false
    for (let tried = 1; ; tried++) {
      const outcome = await attempt(call)
      if (succeeded(outcome)) return outcome.reply
      doubtful ||= mayBeDone(call, outcome)
      const pause = tried < tries ? pauseBeforeNext(call, outcome, tried) : undefined
      if (pause === undefined) throw errorOf(call, outcome, doubtful)
      log.warn(
        { ...factsOf(call, outcome), tried, pauseMs: Math.round(pause) },
        'a cloud request failed and is tried again',
      )
      meter.count('hearth_cloud_retries_total', { service: call.service })
      await clock.sleep(pause, call.signal)
    }
  }

  async function attempt(call: Call): Promise<Outcome> {
    const outcome = await abortable(
      limiterFor(call.service).run(async () => {
        const begun = clock.now()
        const outcome = await followed(agent, tracer, call)
        const ms = clock.now() - begun
        meter.observe('hearth_cloud_request_seconds', labelsOf(call, outcome), ms / 1000)
        log.debug({ ...factsOf(call, outcome), ms }, 'cloud request')
        return outcome
      }),
      call.signal,
    )
    return outcome
  }

  /** Milliseconds until the request may be sent again; `undefined` if it may not. */
  function pauseBeforeNext(call: Call, outcome: Outcome, tried: number): number | undefined {
    if (!mayRepeat(call, outcome)) return undefined
    const asked = outcome.is === 'answered' ? (retryAfterOf(outcome.reply, clock.now()) ?? 0) : 0
    if (asked > longestPauseSeconds) return undefined
    const usual = Math.min(longestPauseSeconds, 0.25 * 2 ** tried)
    return 1000 * Math.max(asked, usual * (0.5 + random() / 2))
  }

  function cloudOf(name: string): object {
    const known = clouds.get(name)
    if (known !== undefined) return known
    const made = Object.freeze({ name })
    clouds.set(name, made)
    return made
  }

  const close = async () => void (await Promise.all([agent.close(), others.close()]))
  return { clock, log, send, cloudOf, apart: others.of, close }
}

/** The limiter of each service, by its type. */
function limitersBy(limits: Readonly<Record<string, number>>): (service: string) => Limiter {
  const limiters = new Map<string, Limiter>()
  return (service) => {
    const known = limiters.get(service)
    if (known !== undefined) return known
    const made = limiter(limits[service] ?? otherLimit)
    limiters.set(service, made)
    return made
  }
}

/** Sends a request once, and tells the cloud whose request it is for. */
function followed(agent: Agent, tracer: Tracer, call: Call): Promise<Outcome> {
  return tracer.span(`${call.method} ${call.service}`, { as: 'client' }, async (note) => {
    const headers = { ...originHeaders(tracer), ...call.headers }
    const outcome = await exchange(agent, { ...call, headers })
    note(spanFacts(call, outcome))
    return outcome
  })
}

const labelsOf = ({ service, method }: Call, outcome: Outcome) => ({
  ...{ service, method, outcome: kindOf(outcome) },
})

/** Clouds log these, so that what they did for a request of ours can be found there. */
function originHeaders(tracer: Tracer): Readonly<Record<string, string>> {
  const origin = tracer.origin()
  if (origin === undefined) return {}
  const { requestId, traceparent } = origin
  return { 'x-openstack-request-id': requestId, ...(traceparent !== undefined && { traceparent }) }
}

/** Transports for single clouds. Only so many are kept: the oldest is closed when what it does is done. */
function transportsApart({
  ownCertificate: _,
  ...options
}: TransportOptions): Pick<Transport, 'close'> & { of: Transport['apart'] } {
  const kept = new Map<string, Transport>()
  return {
    of(cloud, trust) {
      const key = JSON.stringify([cloud, trust])
      const known = kept.get(key) ?? transport({ ...options, ...trust })
      kept.delete(key)
      kept.set(key, known)
      const [oldest] = kept
      if (kept.size > mostApart && oldest !== undefined) {
        kept.delete(oldest[0])
        void oldest[1].close()
      }
      return known
    },
    close: async () => void (await Promise.all([...kept.values()].map((one) => one.close()))),
  }
}

/** Idle connections are kept shorter than the servers in use keep them, for one that closes under a request leaves doubt. */
function agentFor(options: TransportOptions): Agent {
  const { connectSeconds = 10, answerSeconds = 120, bodySeconds = 60 } = options
  const { connectionsPerHost = 128, largestAnswerBytes = 64 * 1024 * 1024 } = options
  return new Agent({
    connections: connectionsPerHost,
    headersTimeout: answerSeconds * 1000,
    bodyTimeout: bodySeconds * 1000,
    keepAliveTimeout: 4000,
    maxResponseSize: largestAnswerBytes,
    allowH2: false,
    connect: connectorFor(connectSeconds * 1000, options),
  })
}

/** The machine's certificates take a while to read, so they are only when a cloud is reached by https. */
function connectorFor(
  timeout: number,
  { certificates, verify = true, ownCertificate }: TransportOptions,
): buildConnector.connector {
  const plain = buildConnector({ timeout, allowH2: false })
  let secure: buildConnector.connector | undefined
  return (options, callback) => {
    if (options.protocol !== 'https:') return plain(options, callback)
    secure ??= buildConnector({
      timeout,
      allowH2: false,
      rejectUnauthorized: verify,
      ...ownCertificate,
      ca: [
        ...getCACertificates('default'),
        ...getCACertificates('system'),
        ...(certificates === undefined ? [] : [certificates]),
      ],
    })
    return secure(options, callback)
  }
}
