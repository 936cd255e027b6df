import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { usualCrossOrigin } from '../api/index.ts'
import {
  type Configuration,
  ConfigurationInvalid,
  environmentName,
  readConfiguration,
} from '../base/config.ts'
import { defaultOptions, type EngineOptions } from '../engine/index.ts'
import { accessFrom } from '../identity/index.ts'
import { defaultYaqlLimits } from '../template/index.ts'
import { auditSettings, notificationSettings } from './announcing.ts'
import type { Settings } from './settings.ts'
import { stackDomainOf } from './stack-domain.ts'

/** What a process has of itself when no file says it. */
export type Embedded = Pick<Settings, 'database' | 'encryptionKey' | 'own'>

interface Sources {
  /** Its user and its cloud count, whatever the files say; the rest counts where the files say nothing. */
  readonly embedded?: Embedded
  /** The process is one of several, and this is the part it plays. */
  readonly part?: 'api' | 'engine'
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** The file that is read where none is named. */
const usualFile = '/etc/hearth/hearth.conf'

/** The configuration files that a command line names, or else `HEARTH_CONFIG_FILE`; commas stand between several. */
export function namedFiles(named: string | undefined, env: Sources['env'] = process.env): readonly string[] {
  const said = named ?? env.HEARTH_CONFIG_FILE ?? ''
  return said
    .split(',')
    .map((file) => file.trim())
    .filter((file) => file !== '')
}

/** The same; where none is named, the usual one, if it is there. */
export function siteFiles(named: string | undefined): readonly string[] {
  const files = namedFiles(named)
  return files.length === 0 && existsSync(usualFile) ? [usualFile] : files
}

/** What the original encrypts with, unless it is told a key: its databases can be read, by anybody. */
export const everybodysKey = 'notgood but just long enough i t'

const noKey = 'auth_encryption_key is not set: secrets in the database are as good as not encrypted'

/** The settings of a process, from its configuration files and the environment. Throws `ConfigurationInvalid`. */
export function readSettings(
  files: readonly string[],
  { embedded, part, env = process.env }: Sources = {},
): Settings {
  const { configuration, warnings } = readConfiguration({ files, env })
  if (part !== undefined) demand(configuration, part, files)
  const { DEFAULT, database, hearth, oslo_policy: policy, yaql } = configuration
  const encryptionKey = DEFAULT.auth_encryption_key ?? embedded?.encryptionKey
  const notifications = notificationSettings(configuration)
  const auditNotifications = auditSettings(configuration)
  const reached = embedded
    ? { own: embedded.own, trustee: embedded.own }
    : accesses(configuration, whereIn(files))
  const { stackDomainAdmin, stackUserRole, warnings: ofDomain } = stackDomainOf(configuration, reached.own)
  const needsKey = part !== 'api' && encryptionKey === undefined
  return {
    debug: DEFAULT.debug,
    warnings: [...warnings, ...(needsKey ? [noKey] : []), ...(embedded || part === 'api' ? [] : ofDomain)],
    database: database.connection ?? embedded?.database ?? `sqlite:///${join(hearth.state_dir, 'hearth.db')}`,
    encryptionKey: encryptionKey ?? everybodysKey,
    ...reached,
    transportUrl: DEFAULT.transport_url,
    delegatedRoles: DEFAULT.trusts_delegated_roles,
    deferredBy: DEFAULT.deferred_auth_method,
    ...(stackDomainAdmin && { stackDomainAdmin }),
    stackUserRole,
    policy: policyPlaces(policy, files),
    enforceNewDefaults: policy.enforce_new_defaults,
    environmentDirectory: DEFAULT.environment_dir,
    yaql: { ...defaultYaqlLimits, iterators: yaql.limit_iterators, memory: yaql.memory_quota },
    engine: engineOptions(configuration),
    types: {
      server: {
        nameLength: DEFAULT.max_server_name_length,
        userDataFormat: DEFAULT.default_user_data_format,
      },
    },
    events: { mostPerStack: DEFAULT.max_events_per_stack, purgeBatch: DEFAULT.event_purge_batch_size },
    ...(notifications && { notifications }),
    ...(auditNotifications && { auditNotifications }),
    auditLog: hearth.audit_log,
    ...(hearth.monitor_port !== undefined && {
      monitor: { host: hearth.monitor_host, port: hearth.monitor_port },
    }),
    api: apiOptions(configuration),
    ...tlsOf(configuration),
    limits: hearth.concurrency,
    tries: DEFAULT.client_retry_limit + 1,
    apiDrainMs: hearth.api_drain_seconds * 1000,
    rpcTimeoutMs: DEFAULT.rpc_response_timeout * 1000,
  }
}

/** By the original's names beside the configuration, unless it says otherwise. */
function policyPlaces(
  { policy_file, policy_dirs }: Configuration['oslo_policy'],
  configuration: readonly string[],
): Settings['policy'] {
  const beside = configuration.at(-1)
  const at = (path: string) => resolve(dirname(beside ?? '.'), path)
  const usual = { files: ['policy.yaml', 'policy.json'], directories: ['policy.d'] }
  const named = {
    ...(policy_file !== undefined && { files: [policy_file] }),
    ...(policy_dirs.length > 0 && { directories: policy_dirs }),
  }
  const { files, directories } = {
    ...(beside === undefined ? { files: [], directories: [] } : usual),
    ...named,
  }
  return { files: files.map(at), directories: directories.map(at) }
}

const whereIn = (files: readonly string[]): string =>
  files.length === 0 ? 'the environment' : files.join(', ')

/** Several processes must be told where they meet; a default for each would be a place of its own. */
function demand(
  { DEFAULT, database, keystone_authtoken: own, trustee }: Configuration,
  part: 'api' | 'engine',
  files: readonly string[],
): void {
  const problems = [
    ...(DEFAULT.transport_url.startsWith('memory:')
      ? [
          '[DEFAULT] transport_url must say where the API and the engines meet, such as rabbit://user:password@host:5672/',
        ]
      : []),
    ...(part === 'engine' && database.connection === undefined
      ? [
          '[database] connection must say where all engines keep their stacks, such as mysql+pymysql://user:password@host/hearth',
        ]
      : []),
    ...(own.auth_url === undefined && trustee.auth_url === undefined
      ? [
          "[keystone_authtoken] must say how to reach Keystone as the service's user: auth_url, username, password, project_name, user_domain_name, project_domain_name",
        ]
      : []),
  ]
  const advice =
    files.length === 0
      ? 'no configuration file was read: name one with --config-file'
      : `set it in ${whereIn(files)}, or in the environment as ${environmentName('section', 'option')}`
  if (problems.length > 0) throw ConfigurationInvalid({ problems: [...problems, advice] })
}

/**
 * The user that checks tokens is also the trustee, unless another is named; where only a trustee is named, it checks
 * tokens too.
 */
function accesses(
  { DEFAULT, keystone_authtoken: own, trustee, clients }: Configuration,
  where: string,
): Pick<Settings, 'own' | 'trustee'> {
  const { www_authenticate_uri: _, cafile, insecure, interface: side, region_name, ...rest } = own
  const { certfile, keyfile, ...account } = rest
  const region = region_name ?? DEFAULT.region_name_for_services
  const hasOwn = own.auth_url !== undefined || trustee.auth_url === undefined
  const hasTrustee = trustee.username !== undefined || trustee.user_id !== undefined
  const section = (name: string) => `[${name}] of ${where}`
  const ownAccount = hasOwn
    ? ([account, section('keystone_authtoken')] as const)
    : ([trustee, section('trustee')] as const)
  const trusted = hasTrustee
    ? ([{ ...trustee, auth_url: trustee.auth_url ?? account.auth_url }, section('trustee')] as const)
    : ownAccount
  const asOwn = {
    interface: side,
    insecure: String(insecure),
    region_name: region,
    cacert: cafile ?? clients.ca_file,
    cert: certfile,
    key: keyfile,
  }
  const asTrustee = {
    interface: clients.endpoint_type,
    insecure: String(clients.insecure),
    region_name: DEFAULT.region_name_for_services ?? region_name,
    cacert: clients.ca_file ?? cafile,
    cert: clients.cert_file,
    key: clients.key_file,
  }
  return {
    own: accessFrom({ ...ownAccount[0], ...asOwn }, ownAccount[1]),
    trustee: accessFrom({ ...trusted[0], ...asTrustee }, trusted[1]),
  }
}

function engineOptions({ DEFAULT, hearth, revision }: Configuration): EngineOptions {
  return {
    ...defaultOptions,
    host: DEFAULT.host ?? hostname(),
    maxResourcesPerStack: DEFAULT.max_resources_per_stack,
    maxStacksPerTenant: DEFAULT.max_stacks_per_tenant,
    maxNestedStackDepth: DEFAULT.max_nested_stack_depth,
    maxSnapshotsPerStack: DEFAULT.max_snapshots_per_stack,
    maxSoftwareConfigsPerTenant: DEFAULT.max_software_configs_per_tenant,
    maxSoftwareDeploymentsPerTenant: DEFAULT.max_software_deployments_per_tenant,
    maxTemplateSize: DEFAULT.max_template_size,
    maxJsonBodySize: DEFAULT.max_json_body_size,
    stackActionTimeoutSeconds: DEFAULT.stack_action_timeout,
    actionRetryLimit: DEFAULT.action_retry_limit,
    observeOnUpdate: DEFAULT.observe_on_update,
    hiddenStackTags: DEFAULT.hidden_stack_tags,
    stackUserRole: DEFAULT.heat_stack_user_role,
    enableStackAbandon: DEFAULT.enable_stack_abandon,
    enableStackAdopt: DEFAULT.enable_stack_adopt,
    heartbeatMs: hearth.heartbeat_seconds * 1000,
    deadAfterMs: hearth.dead_after_seconds * 1000,
    drainMs: hearth.drain_seconds * 1000,
    doubtMs: hearth.doubt_seconds * 1000,
    pollMs: { first: hearth.first_poll_seconds * 1000, last: hearth.last_poll_seconds * 1000 },
    revision: revision.heat_revision,
  }
}

/** The API's own certificate, by the names of the original or of oslo.service. */
function tlsOf({ heat_api: api, ssl }: Configuration): Pick<Settings, 'tls'> {
  const [cert, key] = [api.cert_file ?? ssl.cert_file, api.key_file ?? ssl.key_file]
  if (cert === undefined && key === undefined && ssl.ca_file === undefined) return {}
  if (cert === undefined || key === undefined)
    throw ConfigurationInvalid({ problems: ['[ssl] cert_file and key_file belong together'] })
  return { tls: { cert, key, ...(ssl.ca_file !== undefined && { ca: ssl.ca_file }) } }
}

/** Lists that nothing is said of are the original's. */
function crossOrigin(cors: Configuration['cors']): NonNullable<Settings['api']['crossOrigin']> {
  const { exposeHeaders, allowMethods, allowHeaders } = usualCrossOrigin
  const or = (said: readonly string[], usual: readonly string[]) => (said.length === 0 ? usual : said)
  return {
    allowedOrigins: cors.allowed_origin,
    allowCredentials: cors.allow_credentials,
    exposeHeaders: or(cors.expose_headers, exposeHeaders),
    maxAgeSeconds: cors.max_age,
    allowMethods: or(cors.allow_methods, allowMethods),
    allowHeaders: or(cors.allow_headers, allowHeaders),
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
    rate_limit: rates,
    healthcheck,
    revision,
  } = configuration
  const keystoneUrl = own.www_authenticate_uri ?? own.auth_url
  return {
    host: api.bind_host,
    port: api.bind_port,
    maxJsonBodySize: DEFAULT.max_json_body_size,
    maxTemplateSize: DEFAULT.max_template_size,
    templateFetchTimeoutMs: DEFAULT.template_fetch_timeout * 1000,
    reachable: {
      schemes: hearth.template_url_schemes,
      hosts: hearth.template_url_hosts,
      privateHosts: hearth.template_url_private_hosts,
    },
    believeProxy: middleware.enable_proxy_headers_parsing,
    takesPasswords: DEFAULT.deferred_auth_method === 'password',
    crossOrigin: crossOrigin(cors),
    revision: revision.heat_revision,
    rates: {
      changes: { perMinute: rates.changes_per_minute, burst: rates.changes_burst },
      reads: { perMinute: rates.reads_per_minute, burst: rates.reads_burst },
      strangers: { perMinute: rates.unauthenticated_per_minute, burst: rates.unauthenticated_burst },
    },
    ...(healthcheck.disable_by_file_path !== undefined && {
      disablingFile: healthcheck.disable_by_file_path,
    }),
    ...(hearth.api_root !== undefined && { apiRoot: hearth.api_root }),
    ...(keystoneUrl !== undefined && { keystoneUrl }),
  }
}
