import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isMap } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import { accessFrom, type CloudAccess, type CloudSettings, CloudSettingsInvalid } from './cloud-settings.ts'
import { readYaml } from './yaml.ts'

/** Where to look; by default this process's own surroundings. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly directory?: string
  readonly home?: string
}

/**
 * How to reach a cloud of clouds.yaml by its name, or, with the name `env`, the one that the OS_* variables say. Looks
 * where OpenStack's own tools do: the file of OS_CLIENT_CONFIG_FILE, this directory, the user's and the machine's.
 */
export async function readCloud(name: string, surroundings: Surroundings = {}): Promise<CloudAccess> {
  const { settings, where } = await readCloudSettings(name, surroundings)
  return accessFrom(settings, where)
}

/** The name of the cloud that is meant if nobody says one: the only one there is in clouds.yaml. */
export async function onlyCloud(surroundings: Surroundings = {}): Promise<string | undefined> {
  const { env, folders } = placesOf(surroundings)
  const clouds = await readFirst(pathsOf('clouds', env.OS_CLIENT_CONFIG_FILE, folders))
  const names = clouds === undefined ? [] : Object.keys(cloudsIn(clouds))
  return names.length === 1 ? names[0] : undefined
}

function placesOf({ env = process.env, directory = process.cwd(), home = homedir() }: Surroundings) {
  return { env, folders: [directory, join(home, '.config', 'openstack'), '/etc/openstack'] }
}

/** As `readCloud`, as it is written: flat, by the names of clouds.yaml; `where` says where it was found. */
export async function readCloudSettings(
  name: string,
  surroundings: Surroundings = {},
): Promise<{ readonly settings: CloudSettings; readonly where: string }> {
  const { env, folders } = placesOf(surroundings)
  if (name === 'env') return { settings: settingsOfEnvironment(env), where: 'The OS_* variables' }
  const clouds = await readFirst(pathsOf('clouds', env.OS_CLIENT_CONFIG_FILE, folders))
  if (clouds === undefined) {
    const reason = `there is no clouds.yaml in ${folders.join(', ')}; write one, or set OS_* variables and use the name "env"`
    throw CloudSettingsInvalid({ where: `Cloud "${name}"`, reason })
  }
  const secure = await readFirst(pathsOf('secure', env.OS_CLIENT_SECURE_FILE, folders))
  const here = cloudIn(clouds, name)
  if (here === undefined) {
    const names = Object.keys(cloudsIn(clouds)).join(', ')
    throw CloudSettingsInvalid({
      where: clouds.path,
      reason: `it has no cloud "${name}"; it has: ${names || 'none'}`,
    })
  }
  const secrets = secure === undefined ? {} : (cloudIn(secure, name) ?? {})
  const where = `Cloud "${name}" of ${clouds.path}`
  const shared = await profileOf(here, { folders, where })
  return { settings: { ...flat(shared), ...flat(here), ...flat(secrets) }, where }
}

/** What a cloud has in common with others: the part of clouds-public.yaml that its `profile` names. */
async function profileOf(
  { profile }: { readonly [key: string]: unknown },
  { folders, where }: { readonly folders: readonly string[]; readonly where: string },
): Promise<{ readonly [key: string]: unknown }> {
  if (typeof profile !== 'string') return {}
  const file = await readFirst(pathsOf('clouds-public', undefined, folders))
  const found = file === undefined ? undefined : cloudIn(file, profile, 'public-clouds')
  if (found !== undefined) return found
  const reason = `there is no profile "${profile}" under public-clouds in a clouds-public.yaml in ${folders.join(', ')}`
  throw CloudSettingsInvalid({ where, reason })
}

/** The OS_* variables under the names that clouds.yaml has for them. An empty one counts as not set. */
function settingsOfEnvironment(env: Readonly<Record<string, string | undefined>>): CloudSettings {
  const named = Object.entries(env)
    .filter(([key, value]) => key.startsWith('OS_') && value !== undefined && value !== '')
    .map(([key, value]) => [key.slice(3).toLowerCase(), value])
  return withUsualNames(Object.fromEntries(named))
}

/** Old names that tools still take. */
function withUsualNames(settings: CloudSettings): CloudSettings {
  const { tenant_id, tenant_name, auth_token, user_name, user_domain, project_domain } = settings
  const old = {
    project_id: tenant_id,
    project_name: tenant_name,
    token: auth_token,
    username: user_name,
    user_domain_name: user_domain,
    project_domain_name: project_domain,
  }
  const said = Object.entries(old).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(said), ...settings }
}

interface SettingsFile {
  readonly path: string
  readonly document: unknown
}

function pathsOf(stem: string, given: string | undefined, folders: readonly string[]): readonly string[] {
  const usual = folders.flatMap((folder) =>
    ['yaml', 'yml', 'json'].map((end) => join(folder, `${stem}.${end}`)),
  )
  return given === undefined || given === '' ? usual : [given, ...usual]
}

async function readFirst(paths: readonly string[]): Promise<SettingsFile | undefined> {
  for (const path of paths) {
    const document = await readSettings(path)
    if (document !== undefined) return { path, document }
  }
  return undefined
}

async function readSettings(path: string): Promise<unknown> {
  try {
    return readYaml(await readFile(path, 'utf8'))
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw CloudSettingsInvalid({ where: path, reason: `it can't be read: ${messageOf(error)}` }, error)
  }
}

function cloudsIn({ document }: SettingsFile, section = 'clouds'): { readonly [key: string]: unknown } {
  const clouds = isMap(document) ? document[section] : undefined
  return isMap(clouds) ? clouds : {}
}

function cloudIn(
  file: SettingsFile,
  name: string,
  section?: string,
): { readonly [key: string]: unknown } | undefined {
  const clouds = cloudsIn(file, section)
  const cloud = Object.hasOwn(clouds, name) ? clouds[name] : undefined
  return isMap(cloud) ? cloud : undefined
}

/** Who one is may stand under `auth` or beside it. Of several regions the first counts. */
function flat(cloud: { readonly [key: string]: unknown }): CloudSettings {
  const { auth, regions, ...beside } = cloud
  const first: unknown = Array.isArray(regions) ? regions[0] : undefined
  const region = isMap(first) ? first.name : first
  const all = {
    ...(region !== undefined && { region_name: region }),
    ...beside,
    ...(isMap(auth) ? auth : {}),
  }
  const said = Object.entries(all).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  )
  return withUsualNames(Object.fromEntries(said.map(([key, value]) => [key, String(value)])))
}
