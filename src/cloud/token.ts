import { isMap } from '../base/json.ts'
import { type Catalog, readCatalog } from './catalog.ts'

/** A user or a project, with the domain it is of. */
export interface Named {
  readonly id: string
  readonly name: string
  readonly domainId: string | undefined
}

/** What Keystone says of a token. */
export interface Token {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  readonly issuedAt: number
  readonly user: Named
  /** `undefined` when the token is of a domain or of nothing. */
  readonly project: Named | undefined
  /** The ID of the domain that it is of, if it is of one. */
  readonly domainId: string | undefined
  /** It is of the whole cloud. */
  readonly isOfSystem: boolean
  /** Names. */
  readonly roles: readonly string[]
  readonly catalog: Catalog
  /** The trust it was got through. */
  readonly trustId: string | undefined
  /** Whether an admin role in this project counts as one in the cloud. It does unless Keystone says it does not. */
  readonly isAdminProject: boolean
  /** How its owner proved who they are: `password`, `token`, `application_credential`, … */
  readonly methods: readonly string[]
}

/** Reads the answer of Keystone's `/v3/auth/tokens`; `undefined` if it is none. */
export function readToken(id: string, body: unknown): Token | undefined {
  const token = isMap(body) ? body.token : undefined
  if (!isMap(token)) return undefined
  const user = readNamed(token.user)
  const expiresAt = Date.parse(String(token.expires_at))
  if (user === undefined || Number.isNaN(expiresAt)) return undefined
  const issuedAt = Date.parse(String(token.issued_at))
  const trust = token['OS-TRUST:trust']
  return {
    id,
    expiresAt,
    issuedAt: Number.isNaN(issuedAt) ? expiresAt - 3_600_000 : issuedAt,
    user,
    project: readNamed(token.project),
    domainId: isMap(token.domain) && typeof token.domain.id === 'string' ? token.domain.id : undefined,
    isOfSystem: isMap(token.system) && token.system.all === true,
    roles: arrayOf(token.roles).flatMap((role) =>
      isMap(role) && typeof role.name === 'string' ? [role.name] : [],
    ),
    catalog: readCatalog(token.catalog),
    trustId: isMap(trust) && typeof trust.id === 'string' ? trust.id : undefined,
    isAdminProject: token.is_admin_project !== false,
    methods: arrayOf(token.methods).map(String),
  }
}

function readNamed(part: unknown): Named | undefined {
  if (!isMap(part) || typeof part.id !== 'string') return undefined
  const domainId = isMap(part.domain) && typeof part.domain.id === 'string' ? part.domain.id : undefined
  return { id: part.id, name: typeof part.name === 'string' ? part.name : '', domainId }
}

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
