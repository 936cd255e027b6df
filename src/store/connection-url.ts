/** Where the database is, in the driver's terms. */
export type Connection =
  | { readonly kind: 'sqlite'; readonly path: string | undefined }
  | { readonly kind: 'postgres' | 'mysql'; readonly server: Server }

export interface Server {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string
  /** The directory (PostgreSQL) or file (MySQL) of a local socket, instead of a host. */
  readonly socket: string | undefined
  readonly tls: Tls | undefined
}

export interface Tls {
  readonly verify: boolean
  readonly ca: string | undefined
  readonly cert: string | undefined
  readonly key: string | undefined
}

/**
 * Reads a connection as OpenStack services write it: `sqlite:///relative`, `sqlite:////absolute`, `sqlite://` (in
 * memory), `postgresql://user:password@host/name`, `mysql+pymysql://user:password@host/name?charset=utf8`.
 * Throws an error that names no password.
 */
export function readConnection(text: string): Connection {
  const parts = /^([a-z0-9]+)(?:\+[a-z0-9_]+)?:\/\/(.*)$/is.exec(text.trim())
  const [, scheme = '', rest = ''] = parts ?? []
  switch (scheme.toLowerCase()) {
    case 'sqlite':
      return { kind: 'sqlite', path: sqlitePath(rest) }
    case 'postgresql':
    case 'postgres':
      return { kind: 'postgres', server: readServer(rest, 'postgresql') }
    case 'mysql':
    case 'mariadb':
      return { kind: 'mysql', server: readServer(rest, 'mysql') }
    default:
      throw new Error(
        `the database connection must begin with sqlite://, postgresql:// or mysql+pymysql://${scheme === '' ? '' : `, not ${scheme}://`}`,
      )
  }
}

/** A third slash is the separator; what follows it is the path, so that an absolute one begins with a fourth. */
function sqlitePath(rest: string): string | undefined {
  const path = rest.replace(/\?.*$/s, '')
  if (path === '' || path === '/' || path === '/:memory:') return undefined
  if (!path.startsWith('/')) {
    throw new Error(
      'a SQLite connection has no host: write sqlite:///relative/path or sqlite:////absolute/path',
    )
  }
  return decodeURIComponent(path.slice(1))
}

/** A password may hold anything but `@`, encoded or not. */
const serverForm =
  /^(?:([^:/@]*)(?::([^@]*))?@)?(?:\[([^\]]*)\]|([^/:?]*))(?::(\d+))?(?:\/([^?]*))?(?:\?(.*))?$/s

function readServer(rest: string, scheme: string): Server {
  const parts = serverForm.exec(rest)
  if (parts === null) {
    throw new Error(`the database connection is not of the form ${scheme}://user:password@host:port/name`)
  }
  const [, user, password, ipv6, host, port, database, query] = parts
  if (!database)
    throw new Error(`the database connection names no database: ${scheme}://user:password@host/name`)
  const options = new URLSearchParams(query)
  const option = (name: string) => options.get(name) ?? undefined
  const hostOption = option('host')
  const socket = option('unix_socket') ?? (hostOption?.startsWith('/') ? hostOption : undefined)
  return {
    host: socket === undefined ? (hostOption ?? ipv6 ?? (host || 'localhost')) : undefined,
    port: port === undefined ? undefined : Number(port),
    user: decoded(user),
    password: decoded(password),
    database: decodeURIComponent(database),
    socket,
    tls: readTls(option),
  }
}

function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function readTls(option: (name: string) => string | undefined): Tls | undefined {
  const mode = option('sslmode')
  const ca = option('ssl_ca') ?? option('sslrootcert')
  if (mode === 'disable' || (mode === undefined && ca === undefined)) return undefined
  return {
    verify: ca !== undefined || mode === 'verify-ca' || mode === 'verify-full',
    ca,
    cert: option('ssl_cert') ?? option('sslcert'),
    key: option('ssl_key') ?? option('sslkey'),
  }
}
