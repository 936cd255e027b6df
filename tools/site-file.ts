/** What differs between the configuration files of sites whose processes are apart. */
export interface SiteFile {
  readonly transportUrl: string
  readonly database: string
  /** The user as whom the service itself asks Keystone, in the service's project. */
  readonly service: {
    readonly authUrl: string | undefined
    readonly username: string | undefined
    readonly password: string | undefined
    readonly projectName: string | undefined
  }
  /** Where the API listens, if its command line does not say that. */
  readonly port?: number
  /** More lines for the section `[DEFAULT]`. */
  readonly limits?: readonly string[]
  /** Lines for the section `[hearth]`. */
  readonly settings?: readonly string[]
}

/** The service's own user in a simulated cloud. */
export const simulatedService = (authUrl: string): SiteFile['service'] => ({
  authUrl,
  username: 'hearth',
  password: 'pw',
  projectName: 'service',
})

/** The configuration file of a site with a broker and a database, which is reached from this machine only. */
export function siteFile({
  transportUrl,
  database,
  service,
  port,
  limits = [],
  settings = [],
}: SiteFile): string {
  return [
    '[DEFAULT]',
    `transport_url = ${transportUrl}`,
    `auth_encryption_key = ${'k'.repeat(32)}`,
    ...limits,
    '[database]',
    // A dollar sign would begin a reference to another option.
    `connection = ${database.replaceAll('$', () => '$$')}`,
    '[heat_api]',
    'bind_host = 127.0.0.1',
    ...(port === undefined ? [] : [`bind_port = ${port}`]),
    '[keystone_authtoken]',
    'auth_type = password',
    `auth_url = ${service.authUrl}`,
    `username = ${service.username}`,
    `password = ${service.password}`,
    `project_name = ${service.projectName}`,
    'user_domain_name = Default',
    'project_domain_name = Default',
    '[hearth]',
    ...settings,
    '',
  ].join('\n')
}
