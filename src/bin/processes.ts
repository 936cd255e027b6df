import type { AddressInfo } from 'node:net'
import type { Server as SecureServer } from 'node:tls'
import { anywherePublic, createApi, fetchTemplate } from '../api/index.ts'
import { systemClock } from '../base/clock.ts'
import { uuid } from '../base/ids.ts'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import type { Bus } from '../bus/index.ts'
import { nova } from '../cloud/nova/index.ts'
import { type Contextual, leavable } from '../contract/call.ts'
import { type EngineCalls, engineCallNames, repeatableCalls } from '../contract/engine.ts'
import type { Caller } from '../contract/views.ts'
import { Announcer, createEngine, definitions, type EngineParts } from '../engine/index.ts'
import { registry } from '../plugin/index.ts'
import { typesOfSite } from '../resources/site-types.ts'
import { openStore } from '../store/index.ts'
import { accessBy } from './access.ts'
import { openAudit, openNotifications, sinkTypes } from './announcing.ts'
import { readServerTls, renewCertificates } from './certificates.ts'
import { gatekeepers, policyOf, type Reach } from './cloud.ts'
import { hintsOver } from './hints.ts'
import { finders } from './services.ts'
import type { Settings } from './settings.ts'
import { readSite } from './site.ts'
import type { Watch } from './watch/index.ts'

/** Something that runs until it is closed. */
export interface Running {
  /** Why it is of no use to others just now; `undefined`: it is. */
  whyNotReady(): Promise<string | undefined>
  close(): Promise<void>
}

interface Surroundings {
  readonly settings: Settings
  readonly bus: Bus
  readonly reach: Reach
  readonly watch: Pick<Watch, 'meter' | 'tracer'>
  readonly log: Log
}

/** Under which topic engines answer. */
const engineTopic = 'engine'

/** Starts an engine: it answers on the bus, and deploys. */
export async function startEngine({
  settings,
  bus,
  reach,
  watch: { meter, tracer },
  log,
}: Surroundings): Promise<Running & { readonly calls: Contextual<EngineCalls> }> {
  const store = await openStore({
    connection: settings.database,
    encryptionKey: settings.encryptionKey,
    log,
    meter,
    tracer,
    waits: true,
    maxEventsPerStack: settings.events.mostPerStack,
    eventPurgeBatchSize: settings.events.purgeBatch,
  })
  const types = registry(typesOfSite(settings.types))
  const site = await readSite(settings.environmentDirectory, log)
  const judge = policyOf(settings, log)
  const notifier = await openNotifications(settings, log)
  const parts: EngineParts = {
    id: uuid(),
    store,
    registry: types,
    finders,
    zones: (session) => nova.connect(session).availabilityZones(),
    fetchText: (address) =>
      fetchTemplate(address, {
        maxSize: settings.engine.maxTemplateSize,
        timeoutMs: settings.api.templateFetchTimeoutMs ?? 60_000,
        reachable: settings.api.reachable ?? anywherePublic,
      }),
    access: accessBy(reach.delegation),
    allowsType: judge.allowedType,
    users: reach.users,
    hints: hintsOver(bus),
    clock: systemClock,
    log,
    meter,
    tracer,
    random: Math.random,
    newId: uuid,
    options: settings.engine,
    definitions: definitions(types, log, { ...site, yaql: settings.yaql }),
  }
  const engine = createEngine(parts)
  const announcer = new Announcer(parts, {
    sinkTypes,
    ...(notifier && { notify: notifier.send }),
    ...(settings.notifications && { level: settings.notifications.level }),
  })
  announcer.start()
  const served = await bus.serve(engineTopic, engine.calls)
  await engine.deployer.start()
  return {
    calls: engine.calls,
    whyNotReady: async () => engine.deployer.whyNotReady(),
    async close() {
      await Promise.all([served.close(), engine.deployer.stop()])
      await announcer.stop()
      await notifier?.close()
      await store.close()
    },
  }
}

/** An engine that does not say within this time what it is, is of no use to whoever waits. */
const answerMs = 2000

/** How long it counts whether engines answer, for anybody may ask for that as often as they like. */
const knownMs = 1000

const nobody: Caller = {
  ...{ userId: '', userName: '', projectId: '', projectName: '', roles: [], isAdmin: false },
}

/** Tells why no engine answers on the bus; `undefined`: one does. */
function inquirer(bus: Bus): () => Promise<string | undefined> {
  const engines = bus.peer<Pick<EngineCalls, 'buildInfo'>>(engineTopic, ['buildInfo'], {
    timeoutMs: answerMs,
  })
  let known: { readonly at: number; readonly reason: Promise<string | undefined> } | undefined
  return async () => {
    const at = systemClock.now()
    if (known === undefined || Math.abs(at - known.at) > knownMs)
      known = { at, reason: engines.buildInfo(nobody, {}).then(() => undefined, messageOf) }
    return await known.reason
  }
}

/** Starts the REST API. `calls` are those of an engine in the same process; absent, engines are asked over the bus. */
export async function startApi(
  { settings, bus, reach, watch: { meter, tracer }, log }: Surroundings,
  calls?: Contextual<EngineCalls>,
): Promise<Running & { readonly port: number }> {
  const engine =
    calls === undefined
      ? bus.peer<EngineCalls>(engineTopic, engineCallNames, {
          timeoutMs: settings.rpcTimeoutMs,
          repeatable: repeatableCalls,
          origin: tracer.origin,
        })
      : leavable<EngineCalls>(calls)
  const { host, port, ...options } = settings.api
  const leaving = new AbortController()
  const whyNobodyAnswers = inquirer(bus)
  const guards = gatekeepers(settings, reach, log)
  const audit = await openAudit(settings, log)
  const api = createApi({
    ...{ engine, ...guards, options, log, meter, tracer },
    ...{ audit: audit.tell, leaving: leaving.signal },
    ...(settings.tls && { tls: readServerTls(settings.tls) }),
  })
  await api.listen({ host, port })
  const stopRenewing =
    settings.tls &&
    renewCertificates({
      // With TLS it is a server of that.
      server: api.server as unknown as SecureServer,
      ...{ files: settings.tls, clock: systemClock, log },
    })
  return {
    port: (api.server.address() as AddressInfo).port,
    async whyNotReady() {
      if (leaving.signal.aborted) return 'The API is stopping.'
      return calls === undefined ? await whyNobodyAnswers() : undefined
    },
    async close() {
      leaving.abort()
      // An engine of this process is asked by nobody else: there is no other place to go to.
      if (calls === undefined) await systemClock.sleep(settings.apiDrainMs)
      await api.close()
      await audit.close()
      stopRenewing?.()
    },
  }
}
