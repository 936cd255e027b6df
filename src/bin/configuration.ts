import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Configuration, readConfiguration } from '../base/config.ts'
import { defaultOptions, type EngineOptions } from '../engine/index.ts'
import { accessFrom, type CloudAccess } from '../identity/index.ts'
import type { Settings } from './settings.ts'

/** What a process has of itself when no file says it. */
export type Embedded = Pick<Settings, 'database' | 'encryptionKey' | 'own'>

interface Sources {
  /** Its user and its cloud count, whatever the file says; the rest counts where the file says nothing. */
  readonly embedded?: Embedded
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** What the original encrypts with, unless it is told a key: its databases can be read, by anybody. */
const everybodysKey = 'notgood but just long enough i t'

const noKey = 'auth_encryption_key is not set: secrets in the database are as good as not encrypted'

const noPasswords = 'deferred_auth_method = password has no effect: trusts are used, and no password is kept'

/** The settings of a process, from its configuration file and the environment. Throws `ConfigurationInvalid`. */
export function readSettings(
  configFile: string | undefined,
  { embedded, env = process.env }: Sources = {},
): Settings {
  const { configuration, warnings } = readConfiguration({
    files: configFile === undefined ? [] : [configFile],
    env,
  })
  const { DEFAULT, database, hearth, oslo_policy: policy } = configuration
  const encryptionKey = DEFAULT.auth_encryption_key ?? embedded?.encryptionKey
  return {
    debug: DEFAULT.debug,
    warnings: [
      ...warnings,
      ...(encryptionKey === undefined ? [noKey] : []),
      ...(DEFAULT.deferred_auth_method === 'password' ? [noPasswords] : []),
    ],
    database: database.connection ?? embedded?.database ?? `sqlite:///${join(hearth.state_dir, 'hearth.db')}`,
    encryptionKey: encryptionKey ?? everybodysKey,
    own: embedded?.own ?? ownAccess(configuration, configFile),
    transportUrl: DEFAULT.transport_url,
    delegatedRoles: DEFAULT.trusts_delegated_roles,
    ...(policy.policy_file !== undefined && {
      policyFile: resolve(configFile === undefined ? '.' : dirname(configFile), policy.policy_file),
    }),
    enforceNewDefaults: policy.enforce_new_defaults,
    engine: engineOptions(configuration),
    events: { mostPerStack: DEFAULT.max_events_per_stack, purgeBatch: DEFAULT.event_purge_batch_size },
    api: apiOptions(configuration),
    limits: hearth.concurrency,
    tries: DEFAULT.client_retry_limit + 1,
    rpcTimeoutMs: DEFAULT.rpc_response_timeout * 1000,
  }
}

/** The service's own user is the one that checks tokens; where only a trustee is named, the trustee. */
function ownAccess(configuration: Configuration, configFile: string | undefined): CloudAccess {
  const { DEFAULT, keystone_authtoken: own, trustee, clients } = configuration
  const section =
    own.auth_url === undefined && trustee.auth_url !== undefined ? 'trustee' : 'keystone_authtoken'
  const {
    www_authenticate_uri: _,
    cafile,
    insecure,
    ...account
  } = {
    ...own,
    ...(section === 'trustee' && trustee),
  }
  const region = DEFAULT.region_name_for_services ?? own.region_name
  const cacert = clients.ca_file ?? cafile
  return accessFrom(
    {
      ...account,
      interface: clients.endpoint_type,
      insecure: String(insecure || clients.insecure),
      region_name: region,
      cacert,
    },
    `[${section}] of ${configFile ?? 'the environment'}`,
  )
}

function engineOptions({ DEFAULT, hearth, revision }: Configuration): EngineOptions {
  return {
    ...defaultOptions,
    host: DEFAULT.host ?? hostname(),
    maxResourcesPerStack: DEFAULT.max_resources_per_stack,
    maxStacksPerTenant: DEFAULT.max_stacks_per_tenant,
    maxNestedStackDepth: DEFAULT.max_nested_stack_depth,
    maxTemplateSize: DEFAULT.max_template_size,
    stackActionTimeoutSeconds: DEFAULT.stack_action_timeout,
    actionRetryLimit: DEFAULT.action_retry_limit,
    maxServerNameLength: DEFAULT.max_server_name_length,
    hiddenStackTags: DEFAULT.hidden_stack_tags,
    heartbeatMs: hearth.heartbeat_seconds * 1000,
    deadAfterMs: hearth.dead_after_seconds * 1000,
    doubtMs: hearth.doubt_seconds * 1000,
    pollMs: { first: hearth.first_poll_seconds * 1000, last: hearth.last_poll_seconds * 1000 },
    revision: revision.heat_revision,
  }
}

function apiOptions(configuration: Configuration): Settings['api'] {
  const {
    DEFAULT,
    heat_api: api,
    keystone_authtoken: own,
    hearth,
    cors,
    oslo_middleware: middleware,
    revision,
  } = configuration
  const keystoneUrl = own.www_authenticate_uri ?? own.auth_url
  return {
    host: api.bind_host,
    port: api.bind_port,
    maxJsonBodySize: DEFAULT.max_json_body_size,
    maxTemplateSize: DEFAULT.max_template_size,
    templateFetchTimeoutMs: DEFAULT.template_fetch_timeout * 1000,
    believeProxy: middleware.enable_proxy_headers_parsing,
    allowedOrigins: cors.allowed_origin,
    revision: revision.heat_revision,
    ...(hearth.api_root !== undefined && { apiRoot: hearth.api_root }),
    ...(keystoneUrl !== undefined && { keystoneUrl }),
  }
}
