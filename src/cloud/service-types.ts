interface ServiceType {
  /** Other types under which catalogs list the same service. */
  readonly also?: readonly string[]
  /** The API version that clients here speak, as it stands in a versioned endpoint. */
  readonly version?: string
  /** The versioned endpoint goes on with the project's ID. */
  readonly perProject?: true
  /** How the service is called in microversion headers, if not by its type. */
  readonly microversionName?: string
  /** A header of its own for the microversion, besides the common one. */
  readonly microversionHeader?: string
}

const serviceTypes: Readonly<Record<string, ServiceType>> = {
  identity: { version: 'v3' },
  compute: { version: 'v2.1', microversionHeader: 'x-openstack-nova-api-version' },
  network: { version: 'v2.0' },
  image: { version: 'v2' },
  'block-storage': {
    also: ['volumev3', 'block-store'],
    version: 'v3',
    perProject: true,
    microversionName: 'volume',
  },
  placement: {},
  'object-store': {},
  orchestration: { version: 'v1', perProject: true },
  cloudformation: { version: 'v1' },
  'load-balancer': { version: 'v2' },
  dns: { version: 'v2' },
  'key-manager': { version: 'v1' },
  'shared-file-system': {
    also: ['sharev2', 'shared-file-systems'],
    version: 'v2',
    microversionHeader: 'x-openstack-manila-api-version',
  },
  alarm: { also: ['alarming'], version: 'v2' },
  metric: { version: 'v1' },
  message: { also: ['messaging'], version: 'v2' },
  workflow: { also: ['workflowv2'], version: 'v2' },
  'container-infrastructure-management': {
    also: ['container-infra', 'container-infrastructure'],
    version: 'v1',
  },
  reservation: { version: 'v1' },
  'resource-optimization': {},
}

const official = new Map(
  Object.entries(serviceTypes).flatMap(([type, { also = [] }]) =>
    [type, ...also].map((name) => [name, type]),
  ),
)

/** The one name for a service that catalogs may list under several types: `volumev3` is `block-storage`. */
export function officialType(types: readonly string[]): string {
  const first = types[0] ?? ''
  return official.get(first) ?? first
}

/** The types that a catalog may list a service under: those asked for, in their order, then their aliases. */
export function typesToTry(types: readonly string[]): readonly string[] {
  const aliases = types.flatMap((type) => {
    const name = official.get(type)
    return name === undefined ? [] : [name, ...(serviceTypes[name]?.also ?? [])]
  })
  return [...new Set([...types, ...aliases])]
}

const versionForm = /^v\d+(\.\d+)?$/

/**
 * The endpoint as requests need it: with the API version, which some catalogs leave out. Keystone's may still name
 * version 2.0, which no longer exists.
 */
export function versionedEndpoint(type: string, url: string, projectId: string): string {
  const bare = url.replace(/\/+$/, '')
  const { version, perProject } = serviceTypes[official.get(type) ?? type] ?? {}
  if (type === 'identity') return `${bare.replace(/\/v\d+(\.\d+)?$/, '')}/v3`
  if (version === undefined || bare.split('/').some((part) => versionForm.test(part))) return bare
  return perProject && projectId !== '' ? `${bare}/${version}/${projectId}` : `${bare}/${version}`
}

/** The root of an API version, above a project's ID: where a service says which microversions it has. */
export function versionRoot(endpoint: string): string {
  const parts = endpoint.split('/')
  const last = parts.findLastIndex((part) => versionForm.test(part))
  return last === -1 ? endpoint : parts.slice(0, last + 1).join('/')
}

/** The headers that ask for a microversion, given as `compute 2.79`. A bare `2.79` is of the service asked. */
export function microversionHeaders(
  types: readonly string[],
  microversion: string,
): Readonly<Record<string, string>> {
  const type = officialType(types)
  const { microversionName = type, microversionHeader } = serviceTypes[type] ?? {}
  const [name, version] = microversion.includes(' ')
    ? microversion.split(' ')
    : [microversionName, microversion]
  const common = { 'openstack-api-version': `${name} ${version}` }
  return microversionHeader === undefined || version === undefined
    ? common
    : { ...common, [microversionHeader]: version }
}
