import { hostname } from 'node:os'
import type { ApiParts } from '../api/index.ts'
import { systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Meter } from '../base/metrics.ts'
import type { Tracer } from '../base/tracing.ts'
import { transport } from '../cloud/index.ts'
import {
  type CloudAccess,
  type Delegation,
  delegation,
  livingPolicy,
  type OwnSession,
  ownSession,
  type Policy,
  type StackUsers,
  stackUsers,
  tokenValidator,
} from '../identity/index.ts'
import { trustOf } from './certificates.ts'
import type { Settings } from './settings.ts'

/** How a process reaches clouds and knows its callers. */
export interface Reach {
  readonly own: OwnSession
  readonly delegation: Delegation
  readonly users: StackUsers
  close(): Promise<void>
}

interface Watched {
  readonly meter: Meter
  readonly tracer: Tracer
}

export function reachClouds(settings: Settings, log: Log, { meter, tracer }: Watched): Reach {
  const { own, trustee, delegatedRoles: roles, limits, tries, stackDomainAdmin } = settings
  const inspector = open(own)
  const acting = trustee === own ? inspector : open(trustee)
  const administrator = stackDomainAdmin && open(stackDomainAdmin)
  const { apiRoot } = settings.api
  const opened = [...new Set([inspector, acting, ...(administrator ? [administrator] : [])])]
  return {
    own: inspector.session,
    users: stackUsers({
      ...{ own: inspector.session, role: settings.stackUserRole, insecure: !trustee.verify },
      ...(administrator && { admin: administrator.session }),
      ...(apiRoot !== undefined && { apiRoot }),
    }),
    delegation: delegation({
      ...{ own: acting.session, inspector: inspector.session, roles, log },
      ...{ site: siteOf(settings), by: settings.deferredBy },
    }),
    close: async () => void (await Promise.all(opened.map(({ carrier }) => carrier.close()))),
  }

  function open(access: CloudAccess) {
    const { authUrl, credential, region, interface: side } = access
    const carrier = transport({ log, meter, tracer, limits, tries, ...trustOf(access) })
    const place = region === undefined ? {} : { region }
    return {
      carrier,
      session: ownSession({ transport: carrier, authUrl, credential, interface: side, ...place }),
    }
  }
}

/** Hosts that are another one for each machine. */
const isHere = (host: string): boolean => /^(localhost|127\..*|\[::1\]|)$/.test(host)

/** What tells a site from others that have the same service user: where it keeps its stacks, and with which key. */
function siteOf({ database, encryptionKey, own: { region = '' } }: Settings): string {
  const { host = '', hostname: machine = '', pathname = database } = URL.parse(database) ?? {}
  const place = isHere(machine) ? hostname() : ''
  return JSON.stringify([encryptionKey, region, place, host, pathname])
}

/** Who may do what: the default rules, and the operator's. */
export function policyOf({ policy: places, enforceNewDefaults }: Settings, log: Log): Policy {
  return livingPolicy({ places, enforceNewDefaults, clock: systemClock, log })
}

/** Who may ask what of the API. */
export function gatekeepers(
  settings: Settings,
  { own }: Reach,
  log: Log,
): Pick<ApiParts, 'identity' | 'policy'> {
  const validator = tokenValidator({ own, clock: systemClock, log })
  const judge = policyOf(settings, log)
  return {
    identity: {
      knows: validator.knows,
      async authenticate(token) {
        const caller = await validator.validate(token)
        return { ...caller, isAdmin: judge.allowed('context_is_admin', caller) }
      },
    },
    policy: { check: (rule, caller, target) => judge.demand(rule, caller, target) },
  }
}
