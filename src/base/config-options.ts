import {
  choice,
  flag,
  list,
  numbers,
  optionalText,
  optionalWhole,
  seconds,
  text,
  whole,
} from './config-kinds.ts'

const megabyte = 1024 * 1024

/** How a user of this service itself is known to Keystone: the same options in every section that names one. */
const account = {
  auth_type: optionalText('How the user proves who it is: `password` or `v3applicationcredential`.', {
    also: ['auth_plugin'],
  }),
  auth_url: optionalText("Keystone's address, as this service reaches it."),
  username: optionalText("The user's name.", { also: ['user_name'] }),
  user_id: optionalText("The user's ID, instead of its name."),
  password: optionalText("The user's password.", { secret: true }),
  user_domain_name: optionalText('The domain of the user.'),
  user_domain_id: optionalText('The same, by ID.'),
  project_name: optionalText('The project that the user works in.', { also: ['tenant_name'] }),
  project_id: optionalText('The same, by ID.', { also: ['tenant_id'] }),
  project_domain_name: optionalText('The domain of the project.'),
  project_domain_id: optionalText('The same, by ID.'),
  application_credential_id: optionalText('An application credential, instead of user and project.'),
  application_credential_name: optionalText('The same, by name and user.'),
  application_credential_secret: optionalText('Its secret.', { secret: true }),
}

const sides = ['public', 'internal', 'admin', 'publicURL', 'internalURL', 'adminURL'] as const

/** Every option, by section and name. The names are those of `heat.conf` wherever it has the option. */
export const options = {
  DEFAULT: {
    transport_url: text(
      'memory://',
      'How the processes of the service talk to each other: `rabbit://user:password@host:5672/vhost` (several hosts between commas), or `memory://` where all is one process.',
      { secret: true },
    ),
    rpc_response_timeout: seconds(60, 'How long the API waits for the answer of an engine.'),
    max_resources_per_stack: whole(
      1000,
      'How many resources a stack may have, those of its nested stacks included; -1: any number.',
      { min: -1 },
    ),
    max_stacks_per_tenant: whole(512, 'How many stacks a project may have; -1: any number.', { min: -1 }),
    max_nested_stack_depth: whole(5, 'How deep stacks may be nested.'),
    max_snapshots_per_stack: whole(32, 'How many snapshots a stack may have; -1: any number.', { min: -1 }),
    max_software_configs_per_tenant: whole(
      4096,
      'How many software configs a project may have; -1: any number.',
      { min: -1 },
    ),
    max_software_deployments_per_tenant: whole(
      4096,
      'How many software deployments a project may have; -1: any number.',
      { min: -1 },
    ),
    max_template_size: whole(megabyte / 2, 'How long a template may be, in bytes.'),
    max_json_body_size: whole(
      megabyte,
      'How long the body of a request may be, in bytes. Templates come in it together with their files.',
    ),
    max_server_name_length: whole(
      53,
      'How long the names of servers are that get their name from their resource.',
      { min: 4, max: 53 },
    ),
    default_user_data_format: choice(
      ['HEAT_CFNTOOLS', 'RAW', 'SOFTWARE_CONFIG'],
      'HEAT_CFNTOOLS',
      'How `user_data` reaches servers whose template does not say it.',
    ),
    observe_on_update: flag(
      false,
      'Whether every update compares resources with what is really there, as `converge` has it for one.',
    ),
    environment_dir: text(
      '/etc/heat/environment.d',
      'The directory of environment files whose `resource_registry` counts for all stacks.',
    ),
    template_fetch_timeout: seconds(60, 'How long to wait for a template that is to be fetched from a URL.'),
    stack_action_timeout: seconds(
      3600,
      'How long an action on a stack may take that was given no time of its own.',
    ),
    action_retry_limit: whole(5, 'How often a resource is tried again that could not be created or deleted.'),
    client_retry_limit: whole(
      2,
      'How often a request to a cloud is sent again that failed for a passing reason.',
    ),
    max_events_per_stack: whole(1000, 'How many events a stack keeps; 0: all.'),
    event_purge_batch_size: whole(
      200,
      'How many more events a stack may have while it is deployed: so many are dropped at a time.',
      {
        min: 1,
      },
    ),
    auth_encryption_key: optionalText(
      'What secrets are encrypted with in the database: 32 characters. Whoever loses it loses them.',
      { secret: true },
    ),
    deferred_auth_method: choice(
      ['trusts', 'password'],
      'trusts',
      "How to act later in a user's name: by a trust, or by the password that comes in the header `X-Auth-Key` of requests that make or change stacks, and is kept encrypted.",
    ),
    trusts_delegated_roles: list("The roles that a user's trust passes on; none: all of the user's."),
    stack_user_domain_id: optionalText(
      "The domain in Keystone for the users that stacks make for those who signal them. Without a domain they are in their owners' projects, and owners need the right to make users.",
    ),
    stack_user_domain_name: optionalText('The same, by name.'),
    stack_domain_admin: optionalText('The user, of that domain, who may make projects and users in it.'),
    stack_domain_admin_password: optionalText("This user's password.", { secret: true }),
    heat_stack_user_role: text('heat_stack_user', 'The role of the users that stacks make.'),
    region_name_for_services: optionalText('The region whose services this service itself uses.'),
    hidden_stack_tags: list('Stacks with one of these tags are not listed unless asked for.'),
    enable_stack_abandon: flag(
      false,
      'Whether stacks may be abandoned and exported. Their documents hold all that a stack knows, hidden parameters too.',
    ),
    enable_stack_adopt: flag(false, 'Whether stacks may be made of the documents of abandoned ones.'),
    control_exchange: text('heat', 'The exchange on the message bus that notifications go to.'),
    default_notification_level: choice(
      ['INFO', 'ERROR', 'info', 'error'],
      'INFO',
      'How important a notification is where nothing failed.',
    ),
    default_publisher_id: optionalText(
      'What notifications call the one who sends them; by default `orchestration.` and the name of the machine.',
    ),
    host: optionalText(
      "The name of this machine, as the list of engines shows it; the machine's own by default.",
    ),
    debug: flag(false, 'Whether to log everything.'),
  },
  database: {
    connection: optionalText(
      'Where the database is: `mysql+pymysql://user:password@host/name`, `postgresql://user:password@host/name` or `sqlite:////path`; by default a file in the state directory.',
      { secret: true },
    ),
  },
  heat_api: {
    bind_host: text('0.0.0.0', 'The address that the REST API listens on.'),
    bind_port: whole(8004, 'The port that the REST API listens on.', { max: 65_535 }),
    cert_file: optionalText('The same as that of `[ssl]`.'),
    key_file: optionalText('The same as that of `[ssl]`.'),
    workers: whole(
      0,
      'Without effect: one process of the API serves with all its strength; start more of them for more.',
    ),
  },
  ssl: {
    cert_file: optionalText(
      'A file with the certificate of the API, and those between it and its authority: it then speaks TLS itself. It is read anew when it changes, and on SIGHUP.',
    ),
    key_file: optionalText('The file with the key of it.'),
    ca_file: optionalText(
      'A file with the certificates of authorities: only clients that have a certificate by one of them are served.',
    ),
  },
  oslo_messaging_notifications: {
    driver: list(
      'How to tell others on the message bus that the state of a stack changed: `messagingv2`, as oslo.messaging writes it now, or `messaging`, as it did before; none: not at all.',
    ),
    topics: list('The topics to tell it on; by default `notifications`.'),
    transport_url: optionalText('The broker that is told; by default that of `[DEFAULT] transport_url`.', {
      secret: true,
    }),
  },
  oslo_messaging_rabbit: {
    amqp_durable_queues: flag(
      false,
      'Whether exchange and queues of notifications are made to outlive a restart of the broker, where nobody made them before.',
      { also: ['rabbit_durable_queues'] },
    ),
  },
  keystone_authtoken: {
    ...account,
    www_authenticate_uri: optionalText("Keystone's address, as users are told it.", { also: ['auth_uri'] }),
    region_name: optionalText("The region of Keystone's endpoint."),
    interface: choice(sides, 'internal', "Which of Keystone's endpoints to use."),
    cafile: optionalText('A file with certificates to trust besides the machine’s.'),
    certfile: optionalText('A file with a certificate to show to a Keystone that asks for one.'),
    keyfile: optionalText('The file with its key; by default it is in the same.'),
    insecure: flag(false, 'Whether to take any certificate.'),
  },
  trustee: { ...account },
  clients: {
    endpoint_type: choice(sides, 'publicURL', 'Which endpoints of the clouds to use.'),
    ca_file: optionalText('A file with certificates to trust besides the machine’s.'),
    cert_file: optionalText('A file with a certificate to show to services that ask for one.'),
    key_file: optionalText('The file with its key; by default it is in the same.'),
    insecure: flag(false, 'Whether to take any certificate.'),
  },
  oslo_policy: {
    policy_file: optionalText(
      'A file with rules of who may do what, over those that are built in; by default `policy.yaml` beside the configuration, or `policy.json`, if there is one. It is read anew when it changes.',
    ),
    policy_dirs: list(
      'Directories of such files, which count over that one in the order of their names; by default `policy.d` beside the configuration.',
    ),
    enforce_new_defaults: flag(
      false,
      'Whether the built-in rules are only those for the roles member and reader.',
    ),
  },
  oslo_middleware: {
    enable_proxy_headers_parsing: flag(
      false,
      'Whether to believe what a proxy says of the address that a request was sent to.',
    ),
  },
  healthcheck: {
    disable_by_file_path: optionalText(
      'As long as there is this file, `/healthcheck` answers 503, so that a proxy takes this API out.',
    ),
  },
  cors: {
    allowed_origin: list('The origins whose pages may ask the API; `*` for any.'),
    allow_credentials: flag(
      true,
      'Whether their requests may come with what a browser keeps for this service.',
    ),
    expose_headers: list(
      'The headers of answers that they may read; by default those of tokens and request IDs.',
    ),
    max_age: whole(3600, 'For how many seconds a browser may remember what it was told; 0: not at all.'),
    allow_methods: list('The methods that they may use; by default GET, PUT, POST, DELETE, PATCH.'),
    allow_headers: list(
      'The headers that they may send, besides the simple ones; by default those of the original.',
    ),
  },
  rate_limit: {
    changes_per_minute: whole(
      0,
      'How many requests that may change something (all but GET) each API lets a project make in a minute; 0: any number.',
    ),
    changes_burst: whole(20, 'How many of them at once, after a quiet time.', { min: 1 }),
    reads_per_minute: whole(
      0,
      'How many requests that only read each API lets a project make in a minute; 0: any number.',
    ),
    reads_burst: whole(200, 'How many of them at once, after a quiet time.', { min: 1 }),
    unauthenticated_per_minute: whole(
      0,
      'How many requests without a good token each API answers to an address in a minute; 0: any number. After that only tokens that are known to be good are taken from it for a while, and Keystone is asked about no others.',
    ),
    unauthenticated_burst: whole(20, 'How many of them at once, after a quiet time.', { min: 1 }),
  },
  audit_middleware_notifications: {
    driver: list(
      'Where each request that may change something is told of on the message bus, as CADF in `audit.http.response`: `messagingv2` or `messaging`; none: nowhere.',
    ),
    topics: list('The topics to tell it on; by default those of `[oslo_messaging_notifications]`.'),
    transport_url: optionalText(
      'The broker that is told; by default that of `[oslo_messaging_notifications]`.',
      { secret: true },
    ),
  },
  revision: {
    heat_revision: text('unknown', 'What the service says of its own revision.'),
  },
  yaql: {
    limit_iterators: whole(
      200,
      'How many items a collection in a YAQL expression may have; -1: any number.',
      {
        min: -1,
      },
    ),
    memory_quota: whole(
      10_000,
      'How many bytes a value in a YAQL expression may take, as Python counts them; 0: any number that is not beyond reason.',
    ),
  },
  hearth: {
    state_dir: text('.hearth', 'Where to keep what no other place is named for.'),
    monitor_port: optionalWhole(
      'The port on which a process tells Prometheus what it measures (`/metrics`), and whether it lives (`/healthz`) and is ready (`/readyz`); none: nowhere. Each process needs one of its own: `--monitor-port` says it for one.',
      { max: 65_535 },
    ),
    monitor_host: text('127.0.0.1', 'The address that it listens on there. Nobody is asked who they are.'),
    api_root: optionalText(
      'The address of the API up to and including `/v1`, as links give it; by default the one that was asked.',
    ),
    template_url_schemes: list(
      'How templates are fetched that are named by address (`template_url`): `http`, `https`; by default both.',
    ),
    template_url_hosts: list(
      'The only hosts that they are fetched from, such as `*.example.org`; by default all that are public.',
    ),
    template_url_private_hosts: list(
      "Hosts, and networks such as `10.1.0.0/16`, that they are fetched from though they are not public: of this machine, a site's own network, a cloud's metadata. `*`: any, which lets everybody who has a project send this service anywhere.",
    ),
    audit_log: flag(
      true,
      'Whether each request that may change something is told to the log of the API, as CADF: who asked what from where, and what came of it.',
    ),
    heartbeat_seconds: seconds(1, 'How often an engine says that it is alive.'),
    dead_after_seconds: seconds(
      5,
      'An engine that has not said so for this long is dead, and others take its work.',
    ),
    drain_seconds: seconds(
      60,
      'How long an engine that stops lets requests to clouds end that are under way, before others go on without it.',
    ),
    api_drain_seconds: seconds(
      1,
      'How long an API that stops still answers, while `/healthcheck` says 503: as long as it takes whoever spreads the requests to see that.',
    ),
    doubt_seconds: seconds(15, 'For how long a request that a dead engine sent may still reach a cloud.'),
    first_poll_seconds: seconds(
      0.2,
      'The first pause before asking a cloud whether something is ready; each is longer than the one before.',
    ),
    last_poll_seconds: seconds(5, 'The longest such pause.'),
    concurrency: numbers(
      'How many requests each service of a cloud gets at once, by service type: `compute:16,network:32`.',
    ),
  },
} as const

/** Sections of other libraries and of parts of Heat that Hearth has no need of: nothing is said about what is in them. */
export const ignoredSections =
  /^(oslo_.*|profiler|cache|audit|eventlet_opts|wsgi|paste_deploy|heat_api_cfn|heat_api_cloudwatch|heat_all|clients_.*|noauth|auth_password|ec2authtoken|resource_finder_cache|constraint_validation_cache|service_extension_cache|volumes|database|cors)$/

/** Options of Heat and its libraries that mean nothing here, and are no mistake. */
export const ignoredOptions: ReadonlySet<string> = new Set(
  `
  allow_trusts_redelegation auth_uri auth_version conn_pool_min_size conn_pool_ttl convergence_engine
  cloud_backend default_deployment_signal_transport default_log_levels
  default_software_config_transport delay_auth_decision
  encrypt_parameters_and_properties engine_life_check_timeout error_wait_time executor_thread_pool_size
  fatal_deprecations heat_metadata_server_url heat_waitcondition_server_url
  http_connect_timeout http_request_max_retries include_service_catalog interface instance_connection_https_validate_certificates
  instance_connection_is_secure instance_format instance_uuid_format keystone_backend loadbalancer_template log_color
  log_config_append log_date_format log_dir log_file log_options log_rotate_interval log_rotate_interval_type
  log_rotation_type logging_context_format_string logging_debug_format_suffix logging_default_format_string
  logging_exception_prefix logging_user_identity_format max_interface_check_attempts max_ironic_api_microversion
  max_logfile_count max_logfile_size_mb max_nova_api_microversion
  memcache_security_strategy memcache_secret_key
  memcached_servers metadata_put_timeout num_engine_workers onready periodic_interval ping_end_point
  plugin_dirs publish_errors rate_limit_burst rate_limit_except_level rate_limit_interval reauthentication_auth_method
  region_name_for_shared_services rpc_backend rpc_conn_pool_size rpc_ping_enabled run_external_periodic_tasks
  server_keystone_endpoint_type service_token_roles service_token_roles_required service_type shared_services_types
  signing_dir stack_scheduler_hints
  state_path syslog_log_facility template_dir tcp_keepidle token_cache_time use_eventlog
  use_journal use_json use_stderr use_syslog watch_log_file
  `
    .trim()
    .split(/\s+/),
)
